/** The fields that are edited here, as they stand on the wire. */
export interface Content {
  readonly title: string;
  readonly description: string;
  readonly should_be_retried: boolean;
}

interface Edit {
  readonly version: number;
  readonly changes: Partial<Content>;
}

interface Entry {
  readonly posted: Content;
  readonly edits: Edit[];
  latest: number;
}

/** What the service acknowledged: the errors it took in, and the edits that it said it made. */
export class Ledger {
  private readonly entries = new Map<number, Entry>();
  private readonly ids: number[] = [];

  get size(): number {
    return this.ids.length;
  }

  posted(id: number, content: Content): void {
    this.entries.set(id, { posted: content, edits: [], latest: 1 });
    this.ids.push(id);
  }

  edited(id: number, version: number, changes: Partial<Content>): void {
    const entry = this.entries.get(id);
    if (entry === undefined) return;
    entry.edits.push({ version, changes });
    entry.latest = Math.max(entry.latest, version);
  }

  /** The newest version that was acknowledged: nobody who asks from now on may be shown an older one. */
  latestVersion(id: number): number {
    return this.entries.get(id)?.latest ?? 0;
  }

  /** Any of the errors, or one of the few that many connections edit at once. */
  pick(hot: number): number | undefined {
    const range = Math.random() < 0.5 ? Math.min(hot, this.ids.length) : this.ids.length;
    return this.ids[Math.floor(Math.random() * range)];
  }

  allIds(): readonly number[] {
    return this.ids;
  }

  /** Says what is wrong with an error as it is stored in the end, or null. */
  problem(id: number, version: number, stored: Partial<Content>): string | null {
    const { posted, edits } = this.entries.get(id) ?? { posted: {}, edits: [] };
    const versions = new Set(edits.map((edit) => edit.version));
    if (versions.size !== edits.length) return `two edits of error ${id} were told the same version`;
    if (edits.length !== version - 1) return `error ${id} has version ${version} after ${edits.length} edits`;
    const inOrder = edits.toSorted((a, b) => a.version - b.version).map(({ changes }) => changes);
    const expected: Record<string, unknown> = Object.assign({}, posted, ...inOrder) as Record<string, unknown>;
    const wrong = Object.entries(expected).filter(([field, value]) => stored[field as keyof Content] !== value);
    return wrong.length === 0
      ? null
      : `error ${id} does not have the ${wrong.map(([field]) => field).join(', ')} it was given`;
  }
}
