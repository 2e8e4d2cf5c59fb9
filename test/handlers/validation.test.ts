import { describe, expect, test } from '@jest/globals';
import {
  Body,
  Controller,
  Get,
  type PipeTransform,
  Post,
  Query,
  StandardSchemaValidationPipe,
  ValidationPipe,
} from '@nestjs/common';
import { Type } from 'class-transformer';
import { IsInt, IsString, ValidateNested } from 'class-validator';
import {
  type ErrorModuleOptions,
  FieldValidationPipe,
  standardSchemaErrorFactory,
  validationErrorFactory,
} from '../../src/index.js';
import { adapters, startHost } from '../support/host.js';

class Step {
  @IsString({ message: 'A step has a name.' })
  name!: string;
}

class Job {
  @IsString({ message: 'A job has a title.' })
  title!: string;

  @ValidateNested({ each: true })
  @Type(() => Step)
  steps!: Step[];
}

class Page {
  @IsInt({ message: 'A page is a whole number.' })
  @Type(() => Number)
  page_size!: number;
}

interface Refusal {
  readonly status: number;
  readonly problem: Record<string, unknown>;
}

@Controller()
class JobsController {
  @Post('jobs')
  add(@Body() job: Job): unknown {
    return job;
  }

  @Get('jobs')
  list(@Query() page: Page): unknown {
    return page;
  }
}

const schema = {
  '~standard': {
    version: 1 as const,
    vendor: 'by-hand',
    validate: () => ({
      issues: [
        { message: 'A step has a name.', path: ['steps', 1, { key: 'na/me' }] },
        { message: 'Something is wrong.' },
      ],
    }),
  },
};

@Controller()
class SchemaController {
  @Post('jobs')
  add(@Body({ schema }) job: unknown): unknown {
    return job;
  }
}

const INVALID = JSON.stringify({ title: 7, steps: [{ name: 'a' }, { name: 7 }] });
const POINTED = [
  { pointer: '#/title', detail: 'A job has a title.' },
  { pointer: '#/steps/1/name', detail: 'A step has a name.' },
];

describe.each(adapters)('On %s', (adapter) => {
  async function refused(
    pipe: PipeTransform,
    path: string,
    body?: string,
    options: ErrorModuleOptions = {},
  ): Promise<Refusal> {
    const isSchema = pipe instanceof StandardSchemaValidationPipe;
    const host = await startHost(adapter, {
      controllers: [isSchema ? SchemaController : JobsController],
      options,
      prepare: (app) => app.useGlobalPipes(pipe),
    });
    const question = { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: body ?? '' };
    const answer = await host.ask(path, body === undefined ? {} : question);
    await host.close();
    return { status: answer.status, problem: JSON.parse(answer.body) as Record<string, unknown> };
  }

  test.each([
    ['the pipe that is given', new FieldValidationPipe()],
    ['Nest’s pipe with the factory', new ValidationPipe({ exceptionFactory: validationErrorFactory })],
  ])('%s points to the fields of a body', async (_name, pipe) => {
    const { status, problem } = await refused(pipe, '/jobs', INVALID);
    expect(status).toBe(400);
    expect(problem).toMatchObject({ status: 400, errors: POINTED });
  });

  test('the pipe that is given refuses what is nested too deep to make an object of a class of', async () => {
    const nested = (levels: number): string => `{"title":${'['.repeat(levels)}${']'.repeat(levels)},"steps":[]}`;
    const pipe = (): PipeTransform => new FieldValidationPipe({ transform: true });
    const { status, problem } = await refused(pipe(), '/jobs', nested(5_000));
    expect(status).toBe(400);
    const detail = expect.stringContaining('deeper than 256 levels') as unknown;
    expect(problem['errors']).toEqual([{ pointer: '#/title', detail }]);
    expect((await refused(pipe(), '/jobs', nested(256))).problem['errors']).toEqual([POINTED[0]]);
  });

  test('the pipe that is given names the parameters of a query', async () => {
    const { problem } = await refused(new FieldValidationPipe(), '/jobs?page_size=x');
    expect(problem['errors']).toEqual([{ parameter: 'page_size', detail: 'A page is a whole number.' }]);
  });

  test('Nest’s plain pipe gives sentences', async () => {
    const { status, problem } = await refused(new ValidationPipe(), '/jobs', INVALID);
    expect(status).toBe(400);
    expect(problem['errors']).toEqual([{ detail: 'A job has a title.' }, { detail: 'steps.1.A step has a name.' }]);
  });

  test.each([new FieldValidationPipe(), new ValidationPipe()])(
    'the status is 422 where that is wanted',
    async (pipe) => {
      const { status, problem } = await refused(pipe, '/jobs', INVALID, { validationStatus: 422 });
      expect([status, problem['status'], problem['title']]).toEqual([422, 422, 'Unprocessable Entity']);
      expect(problem['errors']).toHaveLength(2);
    },
  );

  test('a Standard Schema’s issues are pointed to', async () => {
    const pipe = new StandardSchemaValidationPipe({ exceptionFactory: standardSchemaErrorFactory });
    const { status, problem } = await refused(pipe, '/jobs', '{}');
    expect(status).toBe(400);
    expect(problem['errors']).toEqual([
      { pointer: '#/steps/1/na~1me', detail: 'A step has a name.' },
      { pointer: '#', detail: 'Something is wrong.' },
    ]);
  });
});
