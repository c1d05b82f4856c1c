/** Pseudo-random choices that depend on a seed alone: the same on every machine and in every year. */
export class Chance {
  #state: number;
  #milliseconds: number;

  /** `start` is the moment from which ids are made: milliseconds since the epoch. */
  constructor(seed: number, start: number) {
    this.#state = seed >>> 0;
    this.#milliseconds = start;
  }

  /** A number from 0 up to, and without, 1. Thirty-two bits mixed by multiplication and shifts; not for secrets. */
  number(): number {
    this.#state = (this.#state + 0x9e3779b9) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 0x1_0000_0000;
  }

  /** A whole number, both bounds included. */
  whole(from: number, to: number): number {
    return from + Math.floor(this.number() * (to - from + 1));
  }

  /** True in `share` (0 to 1) of all cases. */
  happens(share: number): boolean {
    return this.number() < share;
  }

  pick<T>(list: readonly T[]): T {
    const item = list[Math.floor(this.number() * list.length)];
    if (item === undefined) throw new RangeError("There is nothing to pick from.");
    return item;
  }

  /** Picks by weight: `[["a", 3], ["b", 1]]` gives "a" three times as often as "b". */
  weighed<T>(choices: readonly (readonly [T, number])[]): T {
    let left = this.number() * choices.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [item, weight] of choices) {
      left -= weight;
      if (left < 0) return item;
    }
    return this.pick(choices)[0];
  }

  /** A UUID of version 7 whose random part comes from the seed; ids ascend in the order in which they are made. */
  id(): string {
    this.#milliseconds += 1;
    const time = this.#milliseconds.toString(16).padStart(12, "0");
    const hex = (digits: number) => Math.floor(this.number() * 16 ** digits).toString(16).padStart(digits, "0");
    return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-${(8 + this.whole(0, 3)).toString(16)}${hex(3)}-${hex(6)}${hex(6)}`;
  }
}
