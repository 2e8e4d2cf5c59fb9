import type { IncomingMessage } from 'node:http';
import pg from 'pg';
import { serve } from './serve.js';

/** How the page is made: of rows that are mapped here, or as JSON by PostgreSQL. */
export type PageMaker = 'rows' | 'json';

export interface HandWrittenListSettings {
  readonly databaseUrl: string;
  readonly maker: PageMaker;
}

interface Row {
  readonly created: number;
  readonly last_modified: number;
}

/** As many connections as the service has. */
const POOL_SIZE = 10;

const FIELDS = 'id, name, title, description, job_type_name, category, is_builtin, should_be_retried';
const PAGE = 'FROM error ORDER BY error.last_modified, error.id LIMIT $1';

const COUNT = { name: 'count', text: 'SELECT count(*)::int AS count FROM error' };
const ROWS = {
  name: 'rows',
  text: `SELECT ${FIELDS}, (extract(epoch from created) * 1000)::float8 AS created,
    (extract(epoch from last_modified) * 1000)::float8 AS last_modified ${PAGE}`,
};
const JSON_PAGE = {
  name: 'json',
  text: `SELECT (SELECT count(*)::int FROM error) AS count, coalesce(json_agg(page), '[]')::text AS results
    FROM (SELECT ${FIELDS}, ${isoTime('created')}, ${isoTime('last_modified')} ${PAGE}) AS page`,
};

function isoTime(column: string): string {
  return `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS ${column}`;
}

type MakePage = (pageSize: number, request: IncomingMessage) => Promise<string>;

function ofRows(pool: pg.Pool): MakePage {
  return async (pageSize, request) => {
    const [counted, page] = await Promise.all([
      pool.query<{ count: number }>(COUNT),
      pool.query<Row>({ ...ROWS, values: [pageSize] }),
    ]);
    const count = counted.rows[0]?.count ?? 0;
    return JSON.stringify({
      count,
      next: nextPage(count, pageSize, request),
      previous: null,
      results: page.rows.map((row) => ({
        ...row,
        created: new Date(row.created),
        last_modified: new Date(row.last_modified),
      })),
    });
  };
}

function ofJson(pool: pg.Pool): MakePage {
  return async (pageSize, request) => {
    const { rows } = await pool.query<{ count: number; results: string }>({ ...JSON_PAGE, values: [pageSize] });
    const { count = 0, results = '[]' } = rows[0] ?? {};
    const next = JSON.stringify(nextPage(count, pageSize, request));
    return `{"count":${count},"next":${next},"previous":null,"results":${results}}`;
  };
}

function nextPage(count: number, pageSize: number, { headers, url }: IncomingMessage): string | null {
  return count > pageSize ? `http://${headers.host}${url}&page=2` : null;
}

/** The first page of the list with the SQL that a person would write for it, and nothing else. */
await serve<HandWrittenListSettings>(({ databaseUrl, maker }) => {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: POOL_SIZE });
  const makePage = maker === 'rows' ? ofRows(pool) : ofJson(pool);
  return (request, response) => {
    const pageSize = Number(new URLSearchParams(request.url?.split('?')[1]).get('page_size'));
    makePage(pageSize, request).then(
      (body) => {
        response.writeHead(200, {
          'Content-Type': 'application/json; charset=utf-8',
          'Content-Length': Buffer.byteLength(body),
        });
        response.end(body);
      },
      (error: unknown) => {
        response.writeHead(500);
        response.end(String(error));
      },
    );
  };
});
