import { nodeCrypto, parsePolicy, parseTilePath } from '#libs/ledger';
import type { FileReader, Policy } from '#libs/ledger';
import type { Api } from './api.js';

/** The log of a dialogue over HTTP, as an auditor reads it. */
export class Served implements FileReader {
  readonly #below: string;

  constructor(
    private readonly api: Api,
    dialogueId: string,
    private readonly as: 'auditor' | 'reader' = 'reader',
  ) {
    this.#below = `${api.server.url}/v1/dialogues/${dialogueId}/ledger`;
  }

  /** Whatever is not there is undefined; where something else is answered it throws. */
  async read(path: string): Promise<Uint8Array | undefined> {
    const response = await fetch(`${this.#below}/${this.#asked(path)}`, {
      headers: { Authorization: `Bearer ${this.api.keys[this.as]}` },
    });
    const bytes = new Uint8Array(await response.arrayBuffer());
    if (response.status === 404) return undefined;
    if (response.status !== 200)
      throw new Error(`${path}: ${response.status} ${Buffer.from(bytes).toString()}`);
    return bytes;
  }

  /** A mirror keeps payloads in a file for each bundle of entries, and fetches them by their places. */
  #asked(path: string): string {
    if (!path.startsWith('payloads/')) return path;
    const { index, width } = parseTilePath(path.replace(/^payloads\//, 'tile/entries/'));
    return `payloads?from=${index * 256}&limit=${width}`;
  }

  async text(path: string): Promise<string> {
    return Buffer.from((await this.read(path)) ?? []).toString('utf8');
  }

  /** As somebody who was given the keys another way would write it. */
  async policy(): Promise<Policy> {
    const [key = ''] = (await this.text('keys')).split('\n');
    return parsePolicy(nodeCrypto, Buffer.from(`log ${key}\nquorum none\n`));
  }
}
