import type { Problem } from '#libs/problem-details';

/** How many may be open at once: of one principal, and in all. */
export interface OpenLimits {
  readonly perPrincipal: number;
  readonly inAll: number;
}

/** What is open for longer than a moment, counted by whose it is. */
export class OpenByPrincipal {
  readonly #of = new Map<string, number>();
  #all = 0;

  /** `refusal` is told how many there are already, of which `what` is the plural. */
  constructor(
    readonly limits: OpenLimits,
    private readonly what: string,
    private readonly refusal: (already: string) => Problem,
  ) {}

  get size(): number {
    return this.#all;
  }

  /** Throws the refusal; what is returned ends it, and may be called again. */
  begin(principalId: string): () => void {
    const own = this.#of.get(principalId) ?? 0;
    const { perPrincipal, inAll } = this.limits;
    if (own >= perPrincipal)
      throw this.refusal(`${perPrincipal} ${this.what} of this principal are open already`);
    if (this.#all >= inAll) throw this.refusal(`${inAll} ${this.what} are open already`);
    this.#of.set(principalId, own + 1);
    this.#all += 1;
    let isOpen = true;
    return () => {
      if (!isOpen) return;
      isOpen = false;
      this.#all -= 1;
      const left = (this.#of.get(principalId) ?? 1) - 1;
      if (left === 0) this.#of.delete(principalId);
      else this.#of.set(principalId, left);
    };
  }
}
