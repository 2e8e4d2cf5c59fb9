import { readFileSync, statSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { dirname, isAbsolute, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LRUCache } from 'lru-cache';

/** A place in a file, lines and columns from 1. */
export interface Place {
  readonly file: string;
  readonly line: number | null;
  readonly column: number | null;
}

/** How many files are kept, and how large one may be, in bytes. */
const MAX_FILES = 200;
const MAX_FILE_SIZE = 4_194_304;
/** What holds a program. */
const SOURCE = /\.[cm]?[jt]sx?$/;

interface SourceFile {
  readonly lines: readonly string[];
  readonly map: SourceMap | null;
  /** What the sources that the map names are relative to. */
  readonly root: string;
  /** Sources that the map itself holds. */
  readonly contents: ReadonlyMap<string, string>;
}

/** Reads source files, and the maps that lead from what runs to what was written. */
export class SourceFiles {
  private readonly files = new LRUCache<string, { readonly file: SourceFile | null }>({ max: MAX_FILES });
  private readonly contents = new LRUCache<string, { readonly lines: readonly string[] }>({ max: MAX_FILES });

  /** Where something was written that runs at this place; the same place where no map says so. */
  origin(place: Place): Place {
    const { line, column } = place;
    const generated = this.read(place.file);
    if (generated?.map == null || line === null) return place;
    const entry = generated.map.findEntry(line - 1, (column ?? 1) - 1);
    // A place that no map knows is answered with an empty object.
    if (!('originalSource' in entry)) return place;
    const file = sourcePath(entry.originalSource, generated.root);
    const content = generated.contents.get(entry.originalSource);
    if (content !== undefined) this.contents.set(file, { lines: linesOf(content) });
    return { file, line: entry.originalLine + 1, column: entry.originalColumn + 1 };
  }

  /** The lines of a file, as it is on the disk or in a map; null where it cannot be had. */
  lines(file: string): readonly string[] | null {
    return this.read(file)?.lines ?? this.contents.get(file)?.lines ?? null;
  }

  private read(file: string): SourceFile | null {
    const known = this.files.get(file);
    if (known !== undefined) return known.file;
    const read = attempt(() => readSource(file));
    this.files.set(file, { file: read });
    return read;
  }
}

/** The path of a file that an engine or a map names by its URL. */
export function pathOf(address: string): string {
  return address.startsWith('file:') ? (attempt(() => fileURLToPath(address)) ?? address) : address;
}

function linesOf(text: string): string[] {
  return text.split(/\r?\n/);
}

function readSource(file: string): SourceFile | null {
  // A stack may name anything, whoever wrote it.
  if (!isAbsolute(file) || !SOURCE.test(file)) return null;
  const found = statSync(file);
  if (!found.isFile() || found.size > MAX_FILE_SIZE) return null;
  const text = readFileSync(file, 'utf8');
  const address = /\/\/[#@] sourceMappingURL=(\S+)\s*$/.exec(text.slice(-MAX_FILE_SIZE))?.[1];
  const mapped = address === undefined ? null : attempt(() => readMap(address, file));
  return {
    lines: linesOf(text),
    map: mapped?.map ?? null,
    root: mapped?.root ?? dirname(file),
    contents: mapped?.contents ?? new Map<string, string>(),
  };
}

interface FoundMap {
  readonly map: SourceMap;
  readonly root: string;
  readonly contents: ReadonlyMap<string, string>;
}

function readMap(address: string, file: string): FoundMap {
  const inline = /^data:application\/json[^,]*?(;base64)?,(.*)$/s.exec(address);
  const mapFile = inline === null ? resolve(dirname(file), decodeURIComponent(address)) : file;
  const text =
    inline === null
      ? readFileSync(mapFile, 'utf8')
      : inline[1] === undefined
        ? decodeURIComponent(inline[2] ?? '')
        : Buffer.from(inline[2] ?? '', 'base64').toString();
  const payload = JSON.parse(text) as ConstructorParameters<typeof SourceMap>[0];
  const contents = (payload.sourcesContent as (string | null)[] | undefined) ?? [];
  const named = payload.sources.map((source, index): [string, string | null] => [source, contents[index] ?? null]);
  return {
    map: new SourceMap(payload),
    root: rootOf(payload.sourceRoot, mapFile),
    contents: new Map(named.filter((entry): entry is [string, string] => entry[1] !== null)),
  };
}

/** `sourceRoot` stands before every source (ECMA-426, section 9); Node's reader of maps leaves that to others. */
function rootOf(sourceRoot: string | undefined, mapFile: string): string {
  if (sourceRoot === undefined || sourceRoot === '') return dirname(mapFile);
  return isAddress(sourceRoot) ? pathOf(sourceRoot) : resolve(dirname(mapFile), sourceRoot);
}

function sourcePath(source: string, root: string): string {
  if (isAddress(source)) return pathOf(source);
  return isAddress(root) ? `${root.replace(/\/$/, '')}/${source}` : resolve(root, source);
}

function isAddress(text: string): boolean {
  return text.includes('://');
}

function attempt<Answer>(ask: () => Answer): Answer | null {
  try {
    return ask();
  } catch {
    return null;
  }
}
