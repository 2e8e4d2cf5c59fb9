import type { ResultRow } from './result-row.js';

const COLUMNS: readonly (readonly [title: string, field: keyof ResultRow])[] = [
  ['bench', 'bench'],
  ['compared', 'compared'],
  ['ours', 'ours'],
  ['theirs', 'theirs'],
  ['ratio (rounds)', 'ratio'],
  ['target', 'target'],
];

/** The rows as a Markdown table, whose columns are also even in a terminal. */
export function formatTable(rows: readonly ResultRow[]): string {
  const cells = [COLUMNS.map(([title]) => title), ...rows.map((row) => COLUMNS.map(([, field]) => row[field]))];
  const widths = COLUMNS.map((_, column) => Math.max(3, ...cells.map((line) => line[column]?.length ?? 0)));
  const [head = '', ...body] = cells.map(
    (line) => `| ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`,
  );
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [head, rule, ...body].join('\n');
}
