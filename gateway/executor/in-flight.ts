import type { Identity } from "#foundation/identity/identity";
import { identityText } from "#foundation/identity/signed-identity";

/**
 * Lets equal questions that are asked at once be answered once. Only questions of one identity are ever equal, and none joins
 * an answer that was begun before the last write of this process ended: whoever was told of a write also reads it.
 */
export class InFlight<Answer> {
  readonly #running = new Map<string, Promise<Answer>>();
  readonly #questions = new WeakMap<object, number>();
  #lastQuestion = 0;
  #writes = 0;
  /** Questions that were answered by another's run. */
  joined = 0;

  /** How many runs are under way. */
  get size(): number {
    return this.#running.size;
  }

  /** A write has ended. What runs now may have read before it. */
  wrote(): void {
    this.#writes++;
  }

  /**
   * @param question the same object for the same text.
   * @param ask runs unless an equal question is under way. Its answer goes to several: none of them may change it.
   */
  ask(identity: Identity, question: object, variables: Readonly<Record<string, unknown>>, ask: () => Promise<Answer>): Promise<Answer> {
    const key = `${this.#writes} ${this.#questionId(question)} ${identityText(identity)} ${JSON.stringify(variables)}`;
    const running = this.#running.get(key);
    if (running !== undefined) {
      this.joined++;
      return running;
    }
    const answer = ask().finally(() => this.#running.delete(key));
    this.#running.set(key, answer);
    return answer;
  }

  #questionId(question: object): number {
    const known = this.#questions.get(question) ?? ++this.#lastQuestion;
    this.#questions.set(question, known);
    return known;
  }
}
