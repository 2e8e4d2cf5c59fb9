import {
  type ColumnOptions,
  type DataSourceOptions,
  EntitySchema,
  type EntitySchemaColumnOptions,
  getMetadataArgsStorage,
} from 'typeorm';
import { databaseKindOf } from './database-kind.js';
import { mysqlColumn, sqliteColumn } from './portable-columns.js';

/** A class decorated for TypeORM. */
type EntityClass = new () => object;

/**
 * Gives entities in the form that a database of this kind takes.
 *
 * Our classes are decorated in PostgreSQL's types, which TypeORM checks against the driver: `timestamptz`, `jsonb` and an
 * identity exist nowhere else. Elsewhere the same decorators are read into an `EntitySchema` that keeps the class as its
 * target, so `getRepository(TheClass)` and `@InjectRepository(TheClass)` work on every database.
 * @throws Error for a kind of database that we have no SQL for.
 */
export function entitiesFor(
  type: DataSourceOptions['type'],
  classes: readonly EntityClass[],
): (EntityClass | EntitySchema)[] {
  switch (databaseKindOf(type)) {
    case 'postgres':
      return [...classes];
    case 'sqlite':
      return classes.map((target) => schemaOf(target, sqliteColumn));
    case 'mysql':
      return classes.map((target) => schemaOf(target, mysqlColumn, withoutCondition));
    default:
      throw new Error(
        `There are no tables for a database of type "${type}". ` +
          'Give a DataSource of type postgres, mysql, mariadb, better-sqlite3 or sqljs.',
      );
  }
}

type Indices = NonNullable<ConstructorParameters<typeof EntitySchema>[0]['indices']>;
type Index = Indices[number];

function schemaOf(
  target: EntityClass,
  toColumn: (options: ColumnOptions) => EntitySchemaColumnOptions,
  toIndex = (index: Index): Index => index,
): EntitySchema {
  const storage = getMetadataArgsStorage();
  const table = storage.tables.find((candidate) => candidate.target === target);
  if (table?.name === undefined) throw new Error(`${target.name} is no decorated entity with a table name.`);
  const identity = storage.filterColumns(target).find((column) => storage.findGenerated(target, column.propertyName));
  const columns = storage.filterColumns(target).map(({ propertyName, options }) => {
    const column = toColumn(options);
    if (propertyName === identity?.propertyName) return [propertyName, { ...column, generated: 'increment' as const }];
    // Only partitions need more in the primary key than the identity, and only PostgreSQL has them.
    return [propertyName, identity ? { ...column, primary: false } : column];
  });
  return new EntitySchema({
    name: target.name,
    target,
    tableName: table.name,
    columns: Object.fromEntries(columns) as Record<string, EntitySchemaColumnOptions>,
    indices: storage.filterIndices(target).map(({ name, columns: properties, unique, synchronize, where }) =>
      toIndex({
        ...(name === undefined ? {} : { name }),
        ...(Array.isArray(properties) ? { columns: properties } : {}),
        ...(synchronize === undefined ? {} : { synchronize }),
        ...(where === undefined ? {} : { where }),
        unique: unique ?? false,
      }),
    ),
    foreignKeys: storage
      .filterForeignKeys(target)
      .map(({ type, columnNames, referencedColumnNames, name, onDelete }) => ({
        target: type as EntityClass,
        columnNames: columnNames ?? [],
        referencedColumnNames: referencedColumnNames ?? [],
        ...(name === undefined ? {} : { name }),
        ...(onDelete === undefined ? {} : { onDelete }),
      })),
  });
}

/** MySQL has no indexes of some rows only. */
function withoutCondition({ where: _, ...index }: Index): Index {
  return index;
}
