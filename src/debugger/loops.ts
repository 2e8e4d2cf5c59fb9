import type { AnyNode, Node, Program, Statement } from 'acorn';

/** What a compiled input is given as its parameter: see `Turns`. */
export const TURNS = '$turns$';

/**
 * Makes the loops of an input give way to others, in each of their turns. Loops in functions stay as they are: what is not
 * asynchronous cannot wait.
 * @returns the text with what was inserted.
 */
export function givingWay({ program, text }: { readonly program: Program; readonly text: string }): string {
  const insertions: { readonly at: number; readonly code: string }[] = [];
  for (const body of loopBodies(program)) {
    const giveWay = `if (${TURNS}.isDue(${waits(body)})) await ${TURNS}.taken();`;
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

function loopBodies(node: Node): Statement[] {
  const { type, body } = node as { readonly type: string; readonly body?: Statement };
  const isLoop = /^(?:While|DoWhile|For|ForIn|ForOf)Statement$/.test(type);
  const inner = partsOf(node).flatMap(loopBodies);
  return isLoop && body !== undefined ? [body, ...inner] : inner;
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
