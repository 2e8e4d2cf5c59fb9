import { LRUCache } from 'lru-cache';
import type { Dialect } from '../database/dialect.js';
import type { ErrorEntity } from './error.entity.js';
import { type ErrorRow, selectedColumns, toEntity } from './error-rows.js';

const MAX_ROWS = 10_000;

/**
 * How long a row is known, in milliseconds. The database gives the same version twice to one row only after 4 billion
 * transactions, or where it goes on from an older state, as after a failover that lost the last writes.
 */
const MAX_AGE = 60_000;

/** A row of `error` by its id and the version that the database keeps of it. */
interface VersionedRow extends ErrorRow {
  readonly row_version: string;
}

/** Runs a statement with named parameters. */
type RunStatement = <Row>(statement: string, parameters: Record<string, unknown>) => Promise<Row[]>;

/**
 * The rows that lists showed lately. The database is asked which rows a page has, and in which version; only those that are
 * not known in this version are read. A page is thus never older than the statement that asked for it.
 */
export class KnownRows {
  private readonly errors = new LRUCache<string, ErrorEntity>({ max: MAX_ROWS, ttl: MAX_AGE });
  private readonly selected: string;

  /** @param rowVersion the expression for the id and the version of a row. */
  constructor(
    private readonly dialect: Dialect,
    private readonly rowVersion: string,
    private readonly run: RunStatement,
  ) {
    this.selected = `${selectedColumns(dialect)}, ${rowVersion} AS row_version`;
  }

  /** @param rest what follows `FROM error`: condition, order and limits. */
  async find(rest: string, parameters: Record<string, unknown>): Promise<ErrorEntity[]> {
    const versions = await this.versions(rest, parameters);
    const page = versions.map((version) => this.errors.get(version));
    const ids = versions.filter((_, index) => page[index] === undefined).map(idOf);
    if (ids.length === 0) return page as ErrorEntity[];
    const read = await this.read('WHERE id = ANY(:ids)', { ids });
    const whole = versions.map((version, index) => page[index] ?? read.get(version));
    if (whole.every((error) => error !== undefined)) return whole;
    // A row was written between the two statements: one statement shows one state of the table.
    return [...(await this.read(rest, parameters)).values()];
  }

  private async versions(rest: string, parameters: Record<string, unknown>): Promise<readonly string[]> {
    const [row] = await this.run<{ versions: string | null }>(
      `SELECT string_agg(row_version, ' ') AS versions FROM (SELECT ${this.rowVersion} AS row_version FROM error ${rest}) AS page`,
      parameters,
    );
    return row?.versions?.split(' ') ?? [];
  }

  private async read(rest: string, parameters: Record<string, unknown>): Promise<Map<string, ErrorEntity>> {
    const rows = await this.run<VersionedRow>(`SELECT ${this.selected} FROM error ${rest}`, parameters);
    const read = new Map(rows.map((row) => [row.row_version, toEntity(row, this.dialect)]));
    for (const [version, error] of read) this.errors.set(version, error);
    return read;
  }
}

function idOf(version: string): number {
  return Number.parseInt(version, 10);
}
