import type { DataSourceOptions } from 'typeorm';

/** The databases whose SQL we speak. */
export type DatabaseKind = 'postgres' | 'sqlite' | 'mysql';

/** The kind of database behind a type of DataSource; null for one that we have no SQL for. */
export function databaseKindOf(type: DataSourceOptions['type']): DatabaseKind | null {
  switch (type) {
    case 'postgres':
    case 'aurora-postgres':
      return 'postgres';
    case 'better-sqlite3':
    case 'sqljs':
      return 'sqlite';
    case 'mysql':
    case 'mariadb':
    case 'aurora-mysql':
      return 'mysql';
    default:
      return null;
  }
}
