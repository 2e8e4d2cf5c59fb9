import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import ts from 'typescript';

/** A file of `src`, and what it imports. */
export interface SourceFile {
  /** From `src`, such as `catalog/errors.service.ts`. */
  readonly path: string;
  readonly text: string;
  /** The files of ours that it imports, from `src`. */
  readonly imports: readonly string[];
  /** The packages that it imports. */
  readonly packages: readonly string[];
}

/** An import or a re-export as the compiler writes it. */
const STATIC_IMPORT = /^(?:import|export)\b[^;]*?'([^']+)';$/gm;

/** Every file of `src`. */
export function sourceFiles(): SourceFile[] {
  const paths = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ts'));
  return paths.sort().map((path) => {
    const text = readFileSync(join('src', path), 'utf8');
    const specifiers = ts.preProcessFile(text).importedFiles.map(({ fileName }) => fileName);
    const own = specifiers.filter((specifier) => specifier.startsWith('.'));
    return {
      path,
      text,
      imports: own.map((specifier) => normalize(join(dirname(path), specifier)).replace(/\.js$/, '.ts')),
      packages: specifiers.filter((specifier) => !specifier.startsWith('.')),
    };
  });
}

/** The room of a file: its directory in `src`, or the file itself where it stands in the hall. */
export function roomOf(path: string): string {
  return path.includes('/') ? (path.split('/')[0] ?? path) : path;
}

/** The packages that are loaded at once with a compiled file: what `import()` loads comes later, and types never. */
export function packagesLoadedBy(file: string): string[] {
  const seen = new Set<string>();
  const packages = new Set<string>();
  const visit = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const [, specifier = ''] of readFileSync(path, 'utf8').matchAll(STATIC_IMPORT)) {
      if (specifier.startsWith('.')) visit(join(dirname(path), specifier));
      else packages.add(specifier);
    }
  };
  visit(file);
  return [...packages].sort();
}
