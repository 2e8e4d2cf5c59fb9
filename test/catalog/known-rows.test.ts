import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { KnownRows } from '../../src/catalog/known-rows.js';
import { postgresDialect } from '../../src/database/dialect.js';
import { Statements } from '../../src/database/statements.js';
import { statementsOf } from '../support/counted-statements.js';
import { databaseKinds } from '../support/databases.js';
import { type Catalogue, openCatalogue } from '../support/service-on.js';

const PAGE = 'ORDER BY id LIMIT 5';

(databaseKinds.includes('postgres') ? describe : describe.skip)('A page on PostgreSQL', () => {
  let catalogue: Catalogue;
  /** What other programs write between the statements of one page. */
  let meanwhile: string[];
  let known: KnownRows;

  beforeEach(async () => {
    catalogue = await openCatalogue('postgres');
    meanwhile = [];
    const statements = new Statements(catalogue.dataSource, false);
    known = new KnownRows(postgresDialect, postgresDialect.rowVersion ?? '', async (statement, parameters) => {
      const rows = await statements.rows<never>(statement, parameters);
      const written = meanwhile.shift();
      if (written !== undefined) await catalogue.dataSource.query(written);
      return rows;
    });
  });
  afterEach(() => catalogue.close());

  const titles = async (): Promise<(string | null)[]> => (await known.find(PAGE, {})).map(({ title }) => title);
  const statementsOfPage = (): Promise<string[]> => statementsOf(catalogue.dataSource, () => known.find(PAGE, {}));

  test('reads its rows once, and then only which they are', async () => {
    const first = await known.find(PAGE, {});
    expect(await statementsOfPage()).toEqual([expect.stringContaining('string_agg')]);
    const second = await known.find(PAGE, {});
    expect(second).toHaveLength(5);
    second.forEach((error, index) => expect(error).toBe(first[index]));
  });

  test('reads the rows anew that others changed, and no others', async () => {
    const before = await known.find(PAGE, {});
    await catalogue.dataSource.query(`UPDATE error SET title = 'edited by hand' WHERE id = ${before[2]?.id}`);
    const after = await known.find(PAGE, {});
    expect(after[2]?.title).toBe('edited by hand');
    expect(after.filter((error, index) => error !== before[index])).toEqual([after[2]]);
  });

  test('reads a row anew that was changed twice in one transaction', async () => {
    await known.find(PAGE, {});
    await catalogue.dataSource.transaction(async (manager) => {
      await manager.query(`UPDATE error SET title = 'one' WHERE id = 1`);
      await manager.query(`UPDATE error SET title = 'two' WHERE id = 1`);
    });
    expect((await titles())[0]).toBe('two');
  });

  test('does not show what is not committed', async () => {
    const [before] = await titles();
    await catalogue.dataSource.transaction(async (manager) => {
      await manager.query(`UPDATE error SET title = 'not committed' WHERE id = 1`);
      expect((await titles())[0]).toBe(before);
    });
    expect((await titles())[0]).toBe('not committed');
  });

  test('shows one state of the table when a row is changed between its statements', async () => {
    meanwhile = [`UPDATE error SET title = 'changed meanwhile' WHERE id = 1`];
    expect((await titles())[0]).toBe('changed meanwhile');
  });

  test('shows one state of the table when a row is deleted between its statements', async () => {
    const [first] = await known.find(PAGE, {});
    await catalogue.dataSource.query(`UPDATE error SET title = 'to be read' WHERE id = ${first?.id}`);
    meanwhile = [`DELETE FROM error WHERE id = ${first?.id}`];
    const page = await known.find(PAGE, {});
    expect(page).toHaveLength(5);
    expect(page.map(({ id }) => id)).not.toContain(first?.id);
  });

  test('keeps its order, forwards and backwards', async () => {
    const ids = (await known.find('ORDER BY error.name, error.id LIMIT 20', {})).map(({ name }) => name);
    const backwards = await known.find('ORDER BY error.name DESC, error.id DESC', {});
    expect(
      backwards
        .map(({ name }) => name)
        .reverse()
        .slice(0, 20),
    ).toEqual(ids);
  });

  test('is empty where nothing is', async () => {
    expect(await known.find('WHERE false', {})).toEqual([]);
  });
});
