/**
 * Where one's own writes stand, so that what is read after them has them. A position tells nothing of its order, but a write
 * that was sent once another was answered stands after it: so those are kept that were under way together.
 */
export class Positions {
  #newest: readonly string[] = [];

  /** Called as a write is sent; what it gives is called with the position that the write was answered with. */
  writing(): (position: string | null) => void {
    const before = new Set(this.#newest);
    return (position) => {
      if (position === null) return;
      this.#newest = [...this.#newest.filter((one) => !before.has(one) && one !== position), position];
    };
  }

  get newest(): readonly string[] {
    return this.#newest;
  }

  /** After a read that had waited for all of these, the last of them stands for all. */
  waited(all: readonly string[]): void {
    const done = new Set(all.slice(0, -1));
    this.#newest = this.#newest.filter((one) => !done.has(one));
  }

  /** They are of a record that is no more. */
  forget(): void {
    this.#newest = [];
  }
}
