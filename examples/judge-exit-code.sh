#!/bin/sh
# Runs a job's program, and asks the service what its exit code means and whether to try again:
#   ERRATA=http://127.0.0.1:3000 examples/judge-exit-code.sh parse-scene node dist/examples/parse-scene.js scene.json
# It ends as the program ends; the verdict goes to standard output, as the service gives it.
set -u
: "${ERRATA:=http://127.0.0.1:3000}"

job_type=${1-}
case "$job_type" in
  '' | *[!A-Za-z0-9._-]*)
    echo "“$job_type” is no job type that can be asked about. Give one of letters, digits, dots, hyphens and underscores, then the command." >&2
    exit 2
    ;;
esac
shift

"$@" >&2
code=$?
[ "$code" -eq 0 ] && exit 0

curl --silent --show-error --fail-with-body --max-time 10 \
  --header 'Content-Type: application/json' \
  --data "{\"job_type_name\": \"$job_type\", \"exit_code\": $code}" \
  "$ERRATA/v6/errors/resolve" || echo "No verdict on exit code $code could be had of $ERRATA." >&2
exit "$code"
