/** Gives ids that ascend in the order in which they are made: UUIDs of version 7 that begin at a given moment. */
export class IdClock {
  #milliseconds: number;

  /** `start` is in milliseconds since the epoch. */
  constructor(start: number) {
    this.#milliseconds = start;
  }

  tick(): string {
    this.#milliseconds += 1;
    return this.#milliseconds.toString(16).padStart(12, "0");
  }
}

const hex = (value: number, digits: number): string => (value >>> 0).toString(16).padStart(8, "0").slice(8 - digits);

/** Pseudo-random choices that depend on a seed alone: the same on every machine and in every year. */
export class Chance {
  readonly #seed: number;
  readonly #ids: IdClock;
  #state: number;

  constructor(seed: number, ids: IdClock) {
    this.#seed = this.#state = seed >>> 0;
    this.#ids = ids;
  }

  /** Choices of their own for a matter, so that a change in one matter does not change all others. Ids go on with the same clock. */
  of(matter: string): Chance {
    return new Chance(seedOf(`${this.#seed} ${matter}`), this.#ids);
  }

  /** Thirty-two bits mixed by multiplication and shifts; not for secrets. */
  #bits(): number {
    this.#state = (this.#state + 0x9e3779b9) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  }

  /** A number from 0 up to, and without, 1. */
  number(): number {
    return this.#bits() / 0x1_0000_0000;
  }

  /** A whole number, both bounds included. */
  whole(from: number, to: number): number {
    return from + Math.floor(this.number() * (to - from + 1));
  }

  /** True in `share` (0 to 1) of all cases. */
  happens(share: number): boolean {
    return this.number() < share;
  }

  /** Around 0, within about 3 to either side, as heights and abilities are spread. A sum, not a formula of logarithms: those differ between machines. */
  spread(): number {
    let sum = -6;
    for (let times = 0; times < 12; times += 1) sum += this.number();
    return sum;
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

  /** The list in another order. */
  shuffled<T>(list: readonly T[]): T[] {
    const mixed = [...list];
    for (let last = mixed.length - 1; last > 0; last -= 1) {
      const other = this.whole(0, last);
      [mixed[last], mixed[other]] = [mixed[other] as T, mixed[last] as T];
    }
    return mixed;
  }

  /** A UUID of version 7 whose random part comes from the seed; ids ascend in the order in which they are made. */
  id(): string {
    const time = this.#ids.tick();
    const [first, second, third] = [this.#bits(), this.#bits(), this.#bits()];
    return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(first, 3)}-${(8 + (second & 3)).toString(16)}${hex(first >>> 16, 3)}-${hex(second >>> 4, 6)}${hex(third, 6)}`;
  }
}

/** A seed of 32 bits from words (FNV-1a). */
export function seedOf(words: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < words.length; at += 1) hash = Math.imul(hash ^ words.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
