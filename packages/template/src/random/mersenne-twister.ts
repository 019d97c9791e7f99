const SIZE = 624;
const SHIFT = 397;

/** MT19937 as Python seeds it: http://www.math.sci.hiroshima-u.ac.jp/m-mat/MT/emt.html */
export class MersenneTwister {
  readonly #state = new Uint32Array(SIZE);
  #at = SIZE;

  constructor(key: readonly number[]) {
    const state = this.#state;
    state[0] = 19650218;
    for (let i = 1; i < SIZE; i++) state[i] = Math.imul(1812433253, this.#mixed(i - 1)) + i;
    let i = 1;
    let j = 0;
    for (let count = Math.max(SIZE, key.length); count > 0; count--) {
      state[i] = (this.#word(i) ^ Math.imul(this.#mixed(i - 1), 1664525)) + (key[j] ?? 0) + j;
      i = this.#next(i);
      j = (j + 1) % key.length;
    }
    for (let count = SIZE - 1; count > 0; count--) {
      state[i] = (this.#word(i) ^ Math.imul(this.#mixed(i - 1), 1566083941)) - i;
      i = this.#next(i);
    }
    state[0] = 0x80000000;
  }

  /** 32 random bits. */
  next(): number {
    if (this.#at >= SIZE) this.#refill();
    let word = this.#word(this.#at++);
    word ^= word >>> 11;
    word ^= (word << 7) & 0x9d2c5680;
    word ^= (word << 15) & 0xefc60000;
    return (word ^ (word >>> 18)) >>> 0;
  }

  #refill(): void {
    for (let i = 0; i < SIZE; i++) {
      const both = (this.#word(i) & 0x80000000) | (this.#word((i + 1) % SIZE) & 0x7fffffff);
      this.#state[i] = this.#word((i + SHIFT) % SIZE) ^ (both >>> 1) ^ (both & 1 ? 0x9908b0df : 0);
    }
    this.#at = 0;
  }

  #word(index: number): number {
    return this.#state[index] ?? 0;
  }

  #mixed(index: number): number {
    const word = this.#word(index);
    return word ^ (word >>> 30);
  }

  /** Round the state, of which the first word follows the last. */
  #next(index: number): number {
    if (index + 1 < SIZE) return index + 1;
    this.#state[0] = this.#word(SIZE - 1);
    return 1;
  }
}
