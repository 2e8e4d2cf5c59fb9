import {
  type ColumnOptions,
  type DataSourceOptions,
  EntitySchema,
  type EntitySchemaColumnOptions,
  getMetadataArgsStorage,
} from 'typeorm';
import { dialectOf, sqliteDialect } from './dialect.js';

/** A class decorated for TypeORM. */
type EntityClass = new () => object;

/**
 * Gives entities in the form that a database of this kind takes.
 *
 * Our classes are decorated in PostgreSQL's types, which TypeORM checks against the driver: `timestamptz` and an identity
 * exist nowhere else. Elsewhere the same decorators are read into an `EntitySchema` that keeps the class as its target, so
 * `getRepository(TheClass)` and `@InjectRepository(TheClass)` work on every database.
 */
export function entitiesFor(
  type: DataSourceOptions['type'],
  classes: readonly EntityClass[],
): (EntityClass | EntitySchema)[] {
  return dialectOf(type) === sqliteDialect ? classes.map(sqliteSchema) : [...classes];
}

function sqliteSchema(target: EntityClass): EntitySchema {
  const storage = getMetadataArgsStorage();
  const table = storage.tables.find((candidate) => candidate.target === target);
  if (table?.name === undefined) throw new Error(`${target.name} is no decorated entity with a table name.`);
  const columns = storage.filterColumns(target).map(({ propertyName, options }) => {
    const generated = storage.findGenerated(target, propertyName) ? { generated: 'increment' as const } : {};
    return [propertyName, { ...sqliteColumn(options), ...generated }];
  });
  return new EntitySchema({
    name: target.name,
    target,
    tableName: table.name,
    columns: Object.fromEntries(columns) as Record<string, EntitySchemaColumnOptions>,
    indices: storage.filterIndices(target).map(({ name, columns: properties, unique, synchronize }) => ({
      ...(name === undefined ? {} : { name }),
      ...(Array.isArray(properties) ? { columns: properties } : {}),
      ...(synchronize === undefined ? {} : { synchronize }),
      unique: unique ?? false,
    })),
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

function sqliteColumn({ type = 'text', precision, generated: _, ...rest }: ColumnOptions): EntitySchemaColumnOptions {
  const options = rest as Omit<EntitySchemaColumnOptions, 'type'>;
  if (type !== 'timestamptz') return { ...options, type, ...(precision == null ? {} : { precision }) };
  return {
    ...options,
    type: 'text',
    default: () => sqliteDialect.now,
    transformer: { to: timeToText, from: timeFromText },
  };
}

function timeToText(value: unknown): unknown {
  return value instanceof Date ? sqliteDialect.instantTo(value) : value;
}

function timeFromText(value: unknown): unknown {
  return typeof value === 'string' ? sqliteDialect.instantFrom(value) : value;
}
