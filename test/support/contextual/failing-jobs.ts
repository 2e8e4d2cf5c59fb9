import { readFile } from 'node:fs/promises';
import { Controller, Get, Injectable, Param, Query } from '@nestjs/common';

/** What fails, for each way to fail; the comments at the ends of lines are looked for by the tests. */
@Injectable()
export class Jobs {
  readonly queue = 'nightly';

  start(id: string, attempt: number): never {
    const label = `${id}#${attempt}`;
    throw new Error(`No such job: ${label}`); // @sync-throw
  }

  async load(id: string): Promise<string> {
    const before = [id, 'waiting'];
    await turn();
    const after = { id, steps: before.length };
    throw new TypeError(`Not loaded: ${after.steps}`); // @one-await-throw
  }

  async loadSlowly(id: string): Promise<string> {
    let steps = 0;
    for (; steps < 3; steps++) await turn();
    if (steps === 3) throw new RangeError(`Too slow: ${id}`); // @many-awaits-throw
    return id;
  }

  get state(): string {
    const known = new Map([['queue', this.queue]]);
    throw new Error(`No state: ${known.size}`); // @getter-throw
  }

  wrap(id: string): never {
    const wanted = { id };
    try {
      this.start(wanted.id, 7); // @wrap-inner
    } catch (reason) {
      throw new Error('The job could not be wrapped.', { cause: reason }); // @wrap-throw
    }
  }

  make(reason: string): Error {
    const made = new Error(reason); // @made
    return made;
  }
}

export const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

@Controller('fail')
export class FailingJobsController {
  private readonly jobs = new Jobs();

  @Get('sync/:id')
  sync(@Param('id') id: string): never {
    const attempt = 3;
    return this.jobs.start(id, attempt); // @sync-caller
  }

  @Get('one-await/:id')
  async oneAwait(@Param('id') id: string): Promise<string> {
    return await this.jobs.load(id); // @one-await-caller
  }

  @Get('many-awaits/:id')
  async manyAwaits(@Param('id') id: string): Promise<string> {
    await turn();
    return await this.jobs.loadSlowly(id); // @many-awaits-caller
  }

  @Get('rejected')
  rejected(): Promise<never> {
    const reason = new Error('Rejected.'); // @rejected
    return Promise.reject(reason);
  }

  @Get('getter')
  getter(): string {
    const { jobs } = this;
    return jobs.state; // @getter-caller
  }

  @Get('wrapped/:id')
  wrapped(@Param('id') id: string): never {
    return this.jobs.wrap(id);
  }

  @Get('aggregate')
  aggregate(): never {
    const reasons = ['first', 'second'].map((reason) => this.jobs.make(reason));
    throw new AggregateError(reasons, 'Several.'); // @aggregate-throw
  }

  @Get('aggregate-of-itself')
  aggregateOfItself(): never {
    const all = new AggregateError([], 'Itself.');
    all.errors.push(all);
    throw all;
  }

  @Get('string')
  string(@Query('kind') kind = 'plain'): never {
    const words = ['a', 'thrown', kind];
    throwText(words.join(' ')); // @string-caller
  }

  @Get('frozen')
  frozen(): never {
    const frozen: Error = Object.freeze(new Error('Frozen.')); // @frozen-maker
    throw frozen;
  }

  @Get('rethrown/:id')
  rethrown(@Param('id') id: string): never {
    const later = 'not what is shown';
    try {
      return this.jobs.start(id, later.length); // @rethrown-caller
    } catch (error) {
      throw error as Error;
    }
  }

  @Get('elsewhere')
  elsewhere(): never {
    const stored = this.jobs.make('Made elsewhere.'); // @elsewhere-maker
    const thrownHere = stored.message.length > 0;
    if (thrownHere) throw stored;
    throw new Error('Never.');
  }

  @Get('shared/:id')
  shared(@Param('id') id: string): never {
    const mine = `of ${id}`;
    if (mine.length > 0) throw SHARED; // @shared-throw
    throw new Error('Never.');
  }

  @Get('refused')
  refused(): never {
    const cause = Object.assign(new Error(`It is ${WORD} no longer.`), {
      code: '23505',
      detail: 'Key (id)=(7) already exists.',
      hint: undefined,
    });
    throw Object.assign(new Error('Refused.', { cause }), { query: 'INSERT INTO job', password: WORD });
  }

  @Get('guard')
  guard(): string {
    return 'Nobody comes here.';
  }

  @Get('pipe/:value')
  pipe(@Param('value') value: string): string {
    return value;
  }

  @Get('many')
  many(): never {
    throw new Error('One of many.'); // @many-throw
  }

  @Get('package')
  package(): unknown {
    const address = 'this is no address';
    return new URL(address);
  }

  @Get('outside')
  async outside(): Promise<string> {
    return await readFile('/nowhere/at/all', 'utf8');
  }
}

/** A password. */
const WORD = 'the-word-of-mouth';

/** Made once, and thrown ever again. */
const SHARED = new Error('Shared.');

/** Whatever is thrown, and not an error. */
function throwText(text: string): never {
  const thrown: unknown = text;
  throw thrown; // @string-throw
}
