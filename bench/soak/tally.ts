/** Counts the answers of each kind of request by status, and keeps what must not happen. */
export class Tally {
  private readonly counts = new Map<string, Map<number, number>>();
  private readonly faults = new Map<string, number>();

  /** Counts an answer; a status that this kind of request has no business with is a fault. */
  count(kind: string, status: number, expected: readonly number[]): void {
    const ofKind = this.counts.get(kind) ?? new Map<number, number>();
    this.counts.set(kind, ofKind);
    ofKind.set(status, (ofKind.get(status) ?? 0) + 1);
    if (!expected.includes(status)) this.fault(`${kind} was answered with ${status}`);
  }

  fault(what: string): void {
    this.faults.set(what, (this.faults.get(what) ?? 0) + 1);
  }

  /** What happened and must not, each with how often. */
  allFaults(): string[] {
    return [...this.faults].map(([what, times]) => `${what}${times > 1 ? ` (${times} times)` : ''}`);
  }

  /** How many answers there were altogether. */
  get total(): number {
    return [...this.counts.values()].flatMap((ofKind) => [...ofKind.values()]).reduce((sum, count) => sum + count, 0);
  }

  /** One line for each kind of request. */
  lines(): string[] {
    return [...this.counts].sort().map(([kind, ofKind]) => {
      const statuses = [...ofKind].sort(([a], [b]) => a - b).map(([status, count]) => `${status} × ${count}`);
      return `  ${kind}: ${statuses.join(', ')}`;
    });
  }
}
