/**
 * A map that forgets an entry that was not used for long when it is full, so that callers with ever new keys cost time and
 * never memory. One that is among the newer half stays where it is when it is used: the least recently used goes first as
 * far as that tells.
 */
export class BoundedCache<Key, Value> {
  readonly #entries = new Map<Key, { readonly value: Value; at: number }>();
  readonly #capacity: number;
  #last = 0;
  hits = 0;
  misses = 0;

  /** @param capacity how many entries it holds, at least one. */
  constructor(capacity: number) {
    if (!(capacity >= 1)) throw new RangeError("A bounded cache holds at least one entry.");
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: Key): Value | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) {
      this.misses++;
      return undefined;
    }
    this.hits++;
    if (this.#last - entry.at >= this.#capacity / 2) {
      entry.at = ++this.#last;
      this.#entries.delete(key);
      this.#entries.set(key, entry);
    }
    return entry.value;
  }

  set(key: Key, value: Value): void {
    this.#entries.delete(key);
    this.#entries.set(key, { value, at: ++this.#last });
    if (this.#entries.size <= this.#capacity) return;
    const oldest = this.#entries.keys().next();
    if (!oldest.done) this.#entries.delete(oldest.value);
  }

  /** The known value, or a new one that is kept. A `make` that throws keeps nothing. */
  getOrMake(key: Key, make: () => Value): Value {
    const known = this.get(key);
    if (known !== undefined) return known;
    const made = make();
    this.set(key, made);
    return made;
  }

  clear(): void {
    this.#entries.clear();
  }
}
