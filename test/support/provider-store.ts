export interface Payload {
  readonly grantId?: string;
  readonly uid?: string;
  consumed?: number;
  readonly [member: string]: unknown;
}

/** What an oidc-provider of a test keeps, of each model; it asks for no more than this. */
export class ProviderStore {
  constructor(
    private readonly model: string,
    /** Of one provider: all that it keeps, by model and id. */
    private readonly held: Map<string, Payload>,
  ) {}

  async upsert(id: string, payload: Payload): Promise<void> {
    this.held.set(this.#name(id), payload);
  }

  async find(id: string): Promise<Payload | undefined> {
    return this.held.get(this.#name(id));
  }

  async findByUid(uid: string): Promise<Payload | undefined> {
    const of = `${this.model} `;
    return [...this.held].find(([name, payload]) => name.startsWith(of) && payload.uid === uid)?.[1];
  }

  async findByUserCode(): Promise<undefined> {
    return undefined;
  }

  async consume(id: string): Promise<void> {
    const payload = this.held.get(this.#name(id));
    if (payload !== undefined) payload.consumed = Math.floor(Date.now() / 1_000);
  }

  async destroy(id: string): Promise<void> {
    this.held.delete(this.#name(id));
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    for (const [name, payload] of this.held) if (payload.grantId === grantId) this.held.delete(name);
  }

  #name(id: string): string {
    return `${this.model} ${id}`;
  }
}
