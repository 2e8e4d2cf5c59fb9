import { type AnyNode, type Function as FunctionNode, type Node, parse, type Position } from 'acorn';
import { namesIn } from './pattern-names.js';

/** An asynchronous function of a script; positions are offsets. */
export interface AsyncCode {
  readonly start: number;
  /** Where its parameters end and its body begins. */
  readonly body: number;
  readonly end: number;
  /** Code within it that runs as another call. */
  readonly inner: readonly Range[];
}

/** Offsets in a script: the first within, and the first after. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Where a function may be left and wait. */
export interface AwaitPlace {
  readonly code: AsyncCode;
  /** Whether it is the turn of a `for await`, where the loop asks for the next value. */
  readonly isTurn: boolean;
  /** The statement that it belongs to or, for the turn of a loop, the variable of the loop. */
  readonly within: Range;
  readonly start: number;
  /** Where what is awaited is called; null when it is no call. */
  readonly call: number | null;
  /** As a stack tells it: the line from 1, the column from 0. */
  readonly position: Position;
  /** The variables of the function that are in reach, the innermost first. */
  readonly names: readonly string[];
}

interface Scope {
  /** The names, each with the offset from which it has a value. */
  readonly names: Map<string, number>;
  readonly outer: Scope | null;
}

/** What surrounds a node. */
interface Surroundings {
  readonly code: (AsyncCode & { readonly inner: Range[] }) | null;
  readonly isGenerator: boolean;
  /** Code whose ranges are to be told from those of the functions in it, asynchronous or not. */
  readonly inner: Range[];
  readonly scope: Scope;
  /** The scope of the function, which `var` declares in. */
  readonly top: Scope;
  readonly statement: Range;
}

/** Finds the asynchronous functions of a script, and where they wait. @throws SyntaxError for what is no script. */
export function awaitPlacesIn(source: string, isModule: boolean): { codes: AsyncCode[]; places: AwaitPlace[] } {
  const program = parse(source, {
    ecmaVersion: 'latest',
    sourceType: isModule ? 'module' : 'script',
    locations: true,
    allowReturnOutsideFunction: true,
    allowHashBang: true,
  });
  const codes: AsyncCode[] = [];
  const places: (Omit<AwaitPlace, 'names'> & { readonly scope: Scope })[] = [];

  const visit = (node: AnyNode, around: Surroundings): void => {
    const here = entered(node, around);
    declare(node, around, here);
    if (isFunction(node)) {
      around.inner.push({ start: node.start, end: node.end });
      if (here.code !== null) codes.push(here.code);
    } else if ((node.type === 'PropertyDefinition' && node.value != null) || node.type === 'StaticBlock') {
      around.inner.push({ start: node.start, end: node.end });
    } else if (here.code !== null && waits(node, here.isGenerator)) {
      const { code, statement } = here;
      const isTurn = node.type === 'ForOfStatement';
      const within = isTurn ? { start: node.left.start, end: node.right.start } : statement;
      // The variable of a loop has no value while the next one is waited for.
      const { scope } = isTurn ? around : here;
      const position = node.loc?.start ?? { line: 0, column: 0 };
      places.push({ code, isTurn, within, start: node.start, call: callIn(node), position, scope });
    }
    for (const child of childrenOf(node)) visit(child, here);
  };

  const scope: Scope = { names: new Map(), outer: null };
  const top = { code: null, isGenerator: false, inner: [], scope, top: scope, statement: program };
  for (const child of program.body) visit(child, top);
  // Only now everything is declared: what stands below is in reach above.
  return {
    codes,
    places: places.map(({ scope: own, ...place }) => ({ ...place, names: namesFrom(own, place.start) })),
  };
}

function entered(node: AnyNode, around: Surroundings): Surroundings {
  if (isFunction(node)) {
    const { async: isAsync, generator: isGenerator, start, body, end } = node;
    const scope: Scope = { names: new Map(), outer: null };
    const inner: Range[] = [];
    const code = isAsync ? { start, body: body.start, end, inner } : null;
    return { code, isGenerator, inner, scope, top: scope, statement: body };
  }
  // An await in what follows belongs to nobody whose variables are known.
  if (node.type === 'StaticBlock' || node.type === 'PropertyDefinition') return { ...around, code: null, inner: [] };
  const isStatement = node.type.endsWith('Statement') || node.type.endsWith('Declaration');
  const scope: Scope = hasScope(node) ? { names: new Map(), outer: around.scope } : around.scope;
  return { ...around, scope, statement: isStatement ? node : around.statement };
}

function declare(node: AnyNode, around: Surroundings, here: Surroundings): void {
  const add = ({ names: known }: Scope, names: readonly string[], from: number): void =>
    names.forEach((name) => known.set(name, from));
  if (isFunction(node)) {
    if (node.type === 'FunctionDeclaration' && node.id !== null) add(around.scope, [node.id.name], 0);
    add(here.scope, node.params.flatMap(namesIn), 0);
  } else if (node.type === 'VariableDeclaration') {
    for (const { id, end } of node.declarations) {
      if (node.kind === 'var') add(here.top, namesIn(id), 0);
      else add(here.scope, namesIn(id), end);
    }
  } else if (node.type === 'ClassDeclaration' && node.id !== null) {
    add(around.scope, [node.id.name], node.end);
  } else if (node.type === 'CatchClause' && node.param != null) {
    add(here.scope, namesIn(node.param), 0);
  }
}

function waits(node: AnyNode, isGenerator: boolean): boolean {
  if (node.type === 'AwaitExpression') return true;
  if (node.type === 'ForOfStatement') return node.await;
  // An asynchronous generator awaits what it gives.
  return isGenerator && (node.type === 'YieldExpression' || (node.type === 'ReturnStatement' && node.argument != null));
}

/** A call stands, for the engine, at the name that is called. */
function callIn(node: AnyNode): number | null {
  if (!('argument' in node) || node.argument?.type !== 'CallExpression') return null;
  const { callee } = node.argument;
  return callee.type === 'MemberExpression' ? callee.property.start : callee.start;
}

function isFunction(node: AnyNode): node is AnyNode & FunctionNode {
  return /^(?:FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type);
}

function hasScope({ type }: Node): boolean {
  return /^(?:BlockStatement|For(?:In|Of)?Statement|SwitchStatement|CatchClause)$/.test(type);
}

/** The names that have a value at an offset; the innermost of a name hides the others, whether it has one or not. */
function namesFrom(scope: Scope, offset: number): string[] {
  const found = new Map<string, number>();
  for (let each: Scope | null = scope; each !== null; each = each.outer)
    each.names.forEach((from, name) => found.set(name, found.get(name) ?? from));
  return [...found].flatMap(([name, from]) => (from <= offset ? [name] : []));
}

function childrenOf(node: AnyNode): AnyNode[] {
  return Object.values(node)
    .flat()
    .filter(
      (part: unknown): part is AnyNode =>
        typeof part === 'object' && part !== null && 'type' in part && typeof part.type === 'string',
    );
}
