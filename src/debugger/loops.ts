import type { AnyNode, Node, Program, Statement } from 'acorn';

/** What a compiled input is given as its parameter: see `Turns`. */
export const TURNS = '$turns$';

/** What runs code that was not typed. */
const CALLS = /^(?:CallExpression|NewExpression|TaggedTemplateExpression|ImportExpression|ForOfStatement)$/;

/**
 * Makes the loops of an input give way to others, in each of their turns. What has given way once is out of reach of the
 * limit on code that does not, so that an input which calls anything keeps that limit: it might call what never ends. There
 * those loops alone give way that wait by themselves.
 * @returns the text with what was inserted.
 */
export function givingWay({ program, text }: { readonly program: Program; readonly text: string }): string {
  const insertions: { readonly at: number; readonly code: string }[] = [];
  const isSelfContained = !calls(program);
  for (const loop of loopsIn(program).filter((each) => isSelfContained || waits(each))) {
    const giveWay = `if (${TURNS}.isDue(${waits(loop)})) await ${TURNS}.taken();`;
    const { body } = loop;
    if (body.type === 'BlockStatement') insertions.push({ at: body.start + 1, code: ` ${giveWay}` });
    else insertions.push({ at: body.start, code: `{ ${giveWay} ` }, { at: body.end, code: ' }' });
  }
  return insertions
    .sort((a, b) => b.at - a.at)
    .reduce((code, insertion) => code.slice(0, insertion.at) + insertion.code + code.slice(insertion.at), text);
}

/** Whether there is an `await` that is not in a function of its own. */
export function waits(node: Node): boolean {
  const { type } = node as AnyNode;
  if (type === 'AwaitExpression' || (type === 'ForOfStatement' && (node as { await?: boolean }).await === true))
    return true;
  return partsOf(node).some(waits);
}

function calls(node: Node): boolean {
  return CALLS.test(node.type) || partsOf(node).some(calls);
}

interface Loop extends Node {
  readonly body: Statement;
}

function loopsIn(node: Node): Loop[] {
  const inner = partsOf(node).flatMap(loopsIn);
  return isLoop(node) ? [node, ...inner] : inner;
}

function isLoop(node: Node): node is Loop {
  return /^(?:While|DoWhile|For|ForIn|ForOf)Statement$/.test(node.type);
}

/** The parts of a piece of code, without the functions and classes in it. */
function partsOf(node: Node): Node[] {
  return Object.values(node)
    .flatMap((part: unknown) => (Array.isArray(part) ? (part as unknown[]) : [part]))
    .filter((part): part is Node => isNode(part) && !/Function|ClassBody/.test(part.type));
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';
}
