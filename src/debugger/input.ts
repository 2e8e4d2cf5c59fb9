import { type Node, parse, type Program } from 'acorn';
import { namesIn } from '../inspection/pattern-names.js';
import { givingWay, TURNS, waits } from './loops.js';

/** What was typed, made ready to be run in a frame. */
export interface CompiledInput {
  /** A function of the turns that its loops take; it gives an object that holds the value of the last expression, so that a promise stays one. */
  readonly source: string;
  /** The names that the input declares, which stay after it and are to be there before it runs. */
  readonly names: readonly string[];
  /** Whether the function is asynchronous. */
  readonly isAsync: boolean;
}

const OPTIONS = {
  ecmaVersion: 'latest',
  allowAwaitOutsideFunction: true,
  // A private name belongs to the class around the frame, which the parser does not see.
  checkPrivateFields: false,
} as const;

/**
 * Makes a function of an input. Declarations at its top become assignments, so that they outlive it; the last expression is
 * its value; it is asynchronous only when it awaits, or loops and calls nothing: a function that need not be is easier to stop.
 * @throws SyntaxError
 */
export function compileInput(input: string): CompiledInput {
  const text = givingWay(parseInput(input));
  const program = parse(text, OPTIONS);
  const names: string[] = [];
  const functions: string[] = [];
  const edits = program.body.flatMap((statement, index): Edit[] => {
    const isLast = index === program.body.length - 1;
    const at = (replacement: string): Edit[] => [{ start: statement.start, end: statement.end, replacement }];
    const source = ({ start, end }: Node): string => text.slice(start, end);
    switch (statement.type) {
      case 'VariableDeclaration': {
        const assignments = statement.declarations.map(({ id, init }) => {
          names.push(...namesIn(id));
          return `(${source(id)} = ${init == null ? 'undefined' : source(init)});`;
        });
        return at(assignments.join(' '));
      }
      case 'FunctionDeclaration':
        names.push(statement.id.name);
        // They can be called by what stands before them.
        functions.push(`${statement.id.name} = ${source(statement)}; `);
        return at('');
      case 'ClassDeclaration':
        names.push(statement.id.name);
        return at(`${statement.id.name} = ${source(statement)};`);
      case 'ExpressionStatement':
        return isLast ? at(`return { value: (${source(statement.expression)}) };`) : [];
      default:
        return [];
    }
  });
  const body = edits.toReversed().reduce((code, edit) => applied(code, edit), text);
  const isAsync = waits(program);
  return {
    source: `${isAsync ? 'async ' : ''}(${TURNS}) => { ${functions.join('')}${body}\n}`,
    names: [...new Set(names)],
    isAsync,
  };
}

/** Whether an input goes on in the next line: the parser wants more where it ends. */
export function isUnfinished(input: string): boolean {
  if (wantsMore(input)) return true;
  // What is no block may be the beginning of an object.
  return /^\s*\{/.test(input) && wantsMore(`(${input}`) && !isWhole(input);
}

function isWhole(input: string): boolean {
  try {
    parseInput(input);
    return true;
  } catch {
    return false;
  }
}

function wantsMore(code: string): boolean {
  try {
    parseInput(code);
    return false;
  } catch (error) {
    const { pos = 0, message } = error as { pos?: number; message: string };
    if (/^Unterminated (?:template|comment)/.test(message)) return true;
    // A text goes on in the next line only behind a backslash.
    if (message.startsWith('Unterminated string')) return code.trimEnd().endsWith('\\');
    return pos >= code.trimEnd().length;
  }
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

function applied(code: string, { start, end, replacement }: Edit): string {
  return code.slice(0, start) + replacement + code.slice(end);
}

/** What can be an object is one, as in every console: `{a: 1}` is no block. */
function parseInput(input: string): { readonly program: Program; readonly text: string } {
  if (/^\s*\{/.test(input)) {
    const text = `(${input}\n)`;
    try {
      return { program: parse(text, OPTIONS), text };
    } catch {
      // It is a block after all.
    }
  }
  return { program: parse(input, OPTIONS), text: input };
}
