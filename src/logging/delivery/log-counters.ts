/** What became of records. */
export interface LogCounts {
  /** Taken into the queue. */
  accepted: number;
  /** Kept by the target, also those that a process before this one had left in the spool. */
  stored: number;
  /** Written to the spool, on their way to the target. */
  spooled: number;
  /** Lost, because the queue was full and the spool could take no more. */
  givenUp: number;
  /** Of those stored: the target would not take them, and has a record in their place that says so. */
  replaced: number;
}

/** How many levels are counted by name; applications that make up names without end are counted together. */
const MAX_LEVELS = 64;

/** Counts records by level. */
export class LogCounters {
  readonly total: LogCounts = noCounts();
  private readonly levels = new Map<string, LogCounts>();
  private readonly unreported = new Map<string, number>();

  count(what: keyof LogCounts, level: string): void {
    this.total[what]++;
    const name = this.levels.has(level) || this.levels.size < MAX_LEVELS ? level : 'other';
    let counts = this.levels.get(name);
    if (counts === undefined) this.levels.set(name, (counts = noCounts()));
    counts[what]++;
    if (what === 'givenUp') this.unreported.set(name, (this.unreported.get(name) ?? 0) + 1);
  }

  byLevel(): Record<string, LogCounts> {
    return Object.fromEntries([...this.levels].map(([level, counts]) => [level, { ...counts }]));
  }

  /** How many were given up of each level since this was asked last. */
  takeGivenUp(): ReadonlyMap<string, number> {
    const given = new Map(this.unreported);
    this.unreported.clear();
    return given;
  }
}

function noCounts(): LogCounts {
  return { accepted: 0, stored: 0, spooled: 0, givenUp: 0, replaced: 0 };
}
