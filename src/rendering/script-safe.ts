/** What ends the element, or is no character of a page. */
const UNFIT = /[<\u007f-\u009f]|\p{Noncharacter_Code_Point}/gu;

/** JSON in which nothing can end the element it stands in. */
export function scriptSafe(json: string): string {
  return json.replace(UNFIT, (character) =>
    Array.from({ length: character.length }, (_, unit) => `\\u${hex(character.charCodeAt(unit))}`).join(''),
  );
}

function hex(unit: number): string {
  return unit.toString(16).padStart(4, '0');
}
