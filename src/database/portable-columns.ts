import type { ColumnOptions, EntitySchemaColumnOptions } from 'typeorm';
import { sqliteDialect } from './dialect.js';

/** A column that is decorated in PostgreSQL's types, as SQLite has it. */
export function sqliteColumn({
  type = 'text',
  precision,
  generated: _,
  ...rest
}: ColumnOptions): EntitySchemaColumnOptions {
  const options = rest as Omit<EntitySchemaColumnOptions, 'type'>;
  switch (type) {
    case 'timestamptz':
      return {
        ...options,
        type: 'text',
        default: () => sqliteDialect.now,
        transformer: { to: timeToText, from: timeFromText },
      };
    case 'bigint':
      return { ...options, type: 'integer' };
    case 'jsonb':
      return { ...options, type: 'text', transformer: { to: jsonToText, from: jsonFromText } };
    case 'uuid':
      return { ...options, type: 'varchar', length: 36 };
    default:
      return { ...options, type, ...(precision == null ? {} : { precision }) };
  }
}

/** A column that is decorated in PostgreSQL's types, as MySQL and MariaDB have it. */
export function mysqlColumn({
  type = 'text',
  precision,
  generated: _,
  ...rest
}: ColumnOptions): EntitySchemaColumnOptions {
  const options = rest as Omit<EntitySchemaColumnOptions, 'type'>;
  switch (type) {
    case 'timestamptz':
      // Without a zone of its own: what is written and read there is UTC, which the DataSource has to be told of.
      return { ...options, type: 'datetime', precision: 3, default: () => 'utc_timestamp(3)' };
    case 'text':
      // A `text` of MySQL ends at 65,535 bytes.
      return { ...options, type: 'mediumtext' };
    case 'jsonb':
      return { ...options, type: 'json' };
    case 'uuid':
      return { ...options, type: 'char', length: 36 };
    case 'integer':
      return { ...options, type: 'int' };
    default:
      return { ...options, type, ...(precision == null ? {} : { precision }) };
  }
}

function timeToText(value: unknown): unknown {
  return value instanceof Date ? sqliteDialect.instantTo(value) : value;
}

function timeFromText(value: unknown): unknown {
  return typeof value === 'string' ? sqliteDialect.instantFrom(value) : value;
}

function jsonToText(value: unknown): unknown {
  return value == null ? value : JSON.stringify(value);
}

/** Other programs may have written what is no JSON: that is shown as the text it is. */
function jsonFromText(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
