/**
 * What a projection writes once for all events of a transaction, after the last of them. There is a new one for each
 * transaction, so that one that is rolled back leaves nothing to be written by the next.
 */
export class PutOff {
  readonly #works = new Map<string, () => void>();

  /** Of several works of one key only the last is done. */
  put(key: string, work: () => void): void {
    this.#works.set(key, work);
  }

  /** Something newer of the key has been written at once. */
  drop(key: string): void {
    this.#works.delete(key);
  }

  /** By the runner, inside the transaction. */
  write(): void {
    for (const work of this.#works.values()) work();
    this.#works.clear();
  }
}
