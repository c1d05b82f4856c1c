/** Why a row is left out, in a sentence that says what to do. */
export class LeftOut extends Error {}

export function leaveOut(sentence: string): never {
  throw new LeftOut(sentence);
}
