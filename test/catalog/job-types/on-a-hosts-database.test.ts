import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { DataSource } from 'typeorm';
import {
  ALL_BUILTIN_ERRORS,
  ErrorRepository,
  ErrorsService,
  InvalidErrorDefinition,
  JobErrorMapping,
} from '../../../src/catalog.js';
import { memoryDataSource } from '../../support/memory-database.js';

describe('On a SQLite DataSource of TypeORM’s own', () => {
  let dataSource: DataSource;
  let errors: ErrorsService;

  beforeAll(async () => {
    dataSource = await memoryDataSource();
    errors = new ErrorsService(new ErrorRepository(dataSource));
    await errors.seedBuiltinErrors(ALL_BUILTIN_ERRORS);
  });
  afterAll(() => dataSource.destroy());

  test('interfaces that are saved at once do not share their fate', async () => {
    const savings = Array.from({ length: 10 }, (_, number) =>
      new JobErrorMapping(errors, `job-${number}`, {
        exitCodes: { 1: { name: 'own' }, 2: number % 2 === 0 ? 'own' : 'nobody' },
      }).saveModels(),
    );
    const outcomes = await Promise.allSettled(savings);
    for (const [number, outcome] of outcomes.entries()) {
      const stored = await errors.getErrors({ jobTypeName: `job-${number}` });
      const mapped = await errors.getErrorInterface(`job-${number}`);
      const isRight = number % 2 === 0;
      expect([outcome.status, stored.length, mapped.length]).toEqual(
        isRight ? ['fulfilled', 1, 2] : ['rejected', 0, 0],
      );
      if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(InvalidErrorDefinition);
    }
  });

  test('an interface that is saved inside a transaction of the host’s is part of it', async () => {
    const undone = dataSource.transaction(async () => {
      await new JobErrorMapping(errors, 'inside', { exitCodes: { 1: { name: 'own' } } }).saveModels();
      throw new Error('Undone.');
    });
    await expect(undone).rejects.toThrow('Undone.');
    expect(await errors.getErrors({ jobTypeName: 'inside' })).toEqual([]);
  });
});
