import { randomUUID } from 'node:crypto';
import { TOKEN } from '../child-processes.js';
import { type Answer, Connection } from '../connection.js';
import type { Content, Ledger } from './ledger.js';
import type { Tally } from './tally.js';

/** How many errors are edited by many at once. */
const HOT = 20;

const ADMIN = { Authorization: `Bearer ${TOKEN}`, 'Content-Type': 'application/json' };

type Operation = (client: SoakClient) => Promise<void>;

/** Of every hundred requests, how many are of which kind. */
const MIX: readonly (readonly [share: number, operation: Operation])[] = [
  [15, (client) => client.list('list', '?page_size=100')],
  [15, (client) => client.list('filtered list', `?job_type_name=${client.jobTypeName}&order=-last_modified`)],
  [40, (client) => client.details()],
  [10, (client) => client.post()],
  [10, (client) => client.patch(false)],
  [10, (client) => client.patch(true)],
];

/** One connection that reads and writes at random, and notes down what it was told. */
export class SoakClient {
  readonly jobTypeName = `job-type-${randomUUID()}`;
  private readonly connection: Connection;

  constructor(
    origin: string,
    private readonly ledger: Ledger,
    private readonly tally: Tally,
  ) {
    this.connection = new Connection(origin);
  }

  /** Goes on until the time is up. */
  async run(deadline: number): Promise<void> {
    await this.post();
    while (performance.now() < deadline) {
      let draw = Math.random() * 100;
      const [, operation] = MIX.find(([share]) => (draw -= share) < 0) ?? MIX[0] ?? [];
      await operation?.(this);
    }
    this.connection.close();
  }

  async list(kind: string, search: string): Promise<void> {
    await this.request(kind, `/v6/errors/${search}`, {}, [200]);
  }

  async details(): Promise<void> {
    const id = this.ledger.pick(HOT);
    if (id === undefined) return;
    const known = this.ledger.latestVersion(id);
    const answer = await this.request('details', `/v6/errors/${id}/`, {}, [200]);
    if (answer?.status === 200 && versionOf(answer) < known)
      this.tally.fault('details showed what had been edited before');
  }

  async post(): Promise<void> {
    const content: Content = {
      title: `Title ${Math.random()}`,
      description: `Posted as ${randomUUID()}`,
      should_be_retried: Math.random() < 0.5,
    };
    const identity = { name: randomUUID(), job_type_name: this.jobTypeName, category: 'DATA' };
    const request = { method: 'POST', headers: ADMIN, body: JSON.stringify({ ...identity, ...content }) };
    const answer = await this.request('POST', '/v6/errors/', request, [201]);
    if (answer?.status === 201) this.ledger.posted((JSON.parse(answer.body) as { id: number }).id, content);
  }

  async patch(isConditional: boolean): Promise<void> {
    const id = this.ledger.pick(HOT);
    if (id === undefined) return;
    const condition = isConditional ? { 'If-Match': `"${this.ledger.latestVersion(id)}"` } : {};
    const changes = someChange();
    const request = { method: 'PATCH', headers: { ...ADMIN, ...condition }, body: JSON.stringify(changes) };
    const kind = isConditional ? 'PATCH with If-Match' : 'PATCH';
    const answer = await this.request(kind, `/v6/errors/${id}/`, request, isConditional ? [200, 412] : [200]);
    if (answer?.status === 200) this.ledger.edited(id, versionOf(answer), changes);
  }

  private async request(
    kind: string,
    path: string,
    options: Parameters<Connection['request']>[1],
    expected: readonly number[],
  ): Promise<Answer | null> {
    try {
      const answer = await this.connection.request(path, options);
      this.tally.count(kind, answer.status, expected);
      return answer;
    } catch (error) {
      this.tally.fault(`${kind} got no answer: ${String(error)}`);
      return null;
    }
  }
}

/** The version that an answer's `ETag` tells. */
export function versionOf({ headers }: Answer): number {
  return Number(headers.etag?.slice(1, -1));
}

function someChange(): Partial<Content> {
  const choice = Math.random();
  if (choice < 0.4) return { title: `Title ${Math.random()}` };
  if (choice < 0.8) return { description: `Edited as ${randomUUID()}` };
  return { should_be_retried: Math.random() < 0.5 };
}
