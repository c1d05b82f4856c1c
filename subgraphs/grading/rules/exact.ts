/** How a number is cut to a number of decimals. */
export type RoundingMode = "HALF_UP" | "TRUNCATE";

/** Denominators up to this are left as they are. */
const largest = 10n ** 30n;
/** Numbers as they were written and read before: points, weights and credits come in few kinds. */
const read = new Map<number | string, Exact>();

/**
 * An exact rational number: percents, weights, points and credits are added and divided without losing a digit, and only what is shown
 * is rounded.
 */
export class Exact {
  readonly #n: bigint;
  readonly #d: bigint;

  private constructor(n: bigint, d: bigint) {
    // Most numbers here are decimals of a few digits: reducing each fraction would cost more than all else.
    const shared = d > largest ? divisor(n, d) : 1n;
    this.#n = shared === 1n ? n : n / shared;
    this.#d = shared === 1n ? d : d / shared;
  }

  static readonly zero = Exact.of(0);
  static readonly hundred = Exact.of(100);

  /** From a whole number, or from text: a decimal ("89.5") or a fraction as `toString` writes it ("179/2"). */
  static of(value: number | string): Exact {
    const known = read.get(value);
    if (known) return known;
    const made = Exact.#read(value);
    if (read.size < 10_000) read.set(value, made);
    return made;
  }

  static #read(value: number | string): Exact {
    if (typeof value === "number" && !Number.isSafeInteger(value)) throw new RangeError(`${value} is no whole number: write decimals as text.`);
    const match = /^(-?)(\d+)(?:\.(\d+)|\/(\d+))?$/.exec(String(value).trim());
    if (!match || (match[4] !== undefined && BigInt(match[4]) === 0n)) throw new RangeError(`"${value}" is neither a decimal nor a fraction.`);
    const [, sign, whole, part = "", under] = match as unknown as [string, string, string, string | undefined, string | undefined];
    const n = BigInt(whole + part);
    return new Exact(sign === "-" ? -n : n, under === undefined ? 10n ** BigInt(part.length) : BigInt(under));
  }

  static sum(values: Iterable<Exact>): Exact {
    let total = Exact.zero;
    for (const value of values) total = total.plus(value);
    return total;
  }

  plus(other: Exact): Exact {
    if (this.#d === other.#d) return new Exact(this.#n + other.#n, this.#d);
    // Tenths and thousandths meet as thousandths.
    if (this.#d % other.#d === 0n) return new Exact(this.#n + other.#n * (this.#d / other.#d), this.#d);
    if (other.#d % this.#d === 0n) return new Exact(this.#n * (other.#d / this.#d) + other.#n, other.#d);
    return new Exact(this.#n * other.#d + other.#n * this.#d, this.#d * other.#d);
  }

  minus(other: Exact): Exact {
    return this.plus(new Exact(-other.#n, other.#d));
  }

  times(other: Exact): Exact {
    return new Exact(this.#n * other.#n, this.#d * other.#d);
  }

  /** Throws on a divisor of zero: whoever divides has looked first. */
  over(other: Exact): Exact {
    if (other.#n === 0n) throw new RangeError("Nothing can be divided by zero.");
    return other.#n < 0n ? new Exact(-this.#n * other.#d, this.#d * -other.#n) : new Exact(this.#n * other.#d, this.#d * other.#n);
  }

  /** Negative, zero or positive, as a sort wants it. */
  compare(other: Exact): number {
    const difference = this.#d === other.#d ? this.#n - other.#n : this.#n * other.#d - other.#n * this.#d;
    return difference < 0n ? -1 : difference > 0n ? 1 : 0;
  }

  get isZero(): boolean {
    return this.#n === 0n;
  }

  /** The decimal with this many places, e.g. "89.50". Half up rounds 0.5 away from zero. */
  toDecimal(places: number, mode: RoundingMode = "HALF_UP"): string {
    const negative = this.#n < 0n;
    const scaled = (negative ? -this.#n : this.#n) * 10n ** BigInt(places);
    const cut = mode === "HALF_UP" ? (2n * scaled + this.#d) / (2n * this.#d) : scaled / this.#d;
    const digits = cut.toString().padStart(places + 1, "0");
    const text = places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
    return negative && cut !== 0n ? `-${text}` : text;
  }

  /** The number as `of` reads it again, exact: "179/2". */
  toString(): string {
    const shared = divisor(this.#n, this.#d);
    return this.#d === shared ? String(this.#n / shared) : `${this.#n / shared}/${this.#d / shared}`;
  }
}

export const larger = (a: Exact, b: Exact): Exact => (a.compare(b) >= 0 ? a : b);
export const smaller = (a: Exact, b: Exact): Exact => (a.compare(b) <= 0 ? a : b);

function divisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x === 0n ? 1n : x;
}
