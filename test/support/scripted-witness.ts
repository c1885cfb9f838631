import { generateKeyPairSync, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  formatSignatures,
  formatVerifierKey,
  nodeCrypto,
  parseAddCheckpoint,
  parseCheckpoint,
  parseNote,
  signatureTypes,
  sizeMediaType,
  signText,
  verifierKey,
} from '#libs/ledger';
import type { AddCheckpoint, Checkpoint, VerifierKey } from '#libs/ledger';
import type { TestKey } from '#libs/ledger/testing';

/** What a witness is asked, and how its key signs. */
export interface AskedOf extends AddCheckpoint {
  readonly parsed: Checkpoint;
  /** Its own countersignature of a text, at this time. */
  readonly signed: (text: string, time?: number) => string;
}

export interface Said {
  readonly status: number;
  readonly type?: string;
  readonly body?: string | Uint8Array;
  readonly location?: string;
}

/** Undefined: it says nothing, and keeps the connection. */
export type Script = (asked: AskedOf) => Said | undefined;

/** An honest one that remembers nothing beside the size. */
export function honestly(): Script {
  const sizes = new Map<string, number>();
  return ({ oldSize, parsed: { origin, size }, checkpoint, signed }) => {
    const known = sizes.get(origin) ?? 0;
    if (oldSize !== known) return sizeSaid(known);
    sizes.set(origin, size);
    return { status: 200, body: signed(parseNote(checkpoint).text) };
  };
}

export function sizeSaid(size: number | string): Said {
  return { status: 409, type: sizeMediaType, body: `${size}\n` };
}

/** Stands in for a witness: it has a key, and says whatever it is told to. */
export class ScriptedWitness {
  readonly asked: AskedOf[] = [];
  readonly key: VerifierKey;
  readonly #privateKey;
  readonly #server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => this.#answer(Buffer.concat(parts), response));
  });

  constructor(
    readonly name: string,
    public script: Script = honestly(),
  ) {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    this.#privateKey = privateKey;
    const { x = '' } = publicKey.export({ format: 'jwk' });
    this.key = verifierKey(nodeCrypto, name, signatureTypes.cosignature, Buffer.from(x, 'base64url'));
  }

  async start(): Promise<this> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return this;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  /** As its party registers it. */
  get own(): Pick<TestKey, 'publicKey' | 'sign'> {
    return { publicKey: this.key.publicKey, sign: (message) => sign(null, message, this.#privateKey) };
  }

  /** As it stands in the settings of a server. */
  get setting(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `${formatVerifierKey(this.key)}@http://127.0.0.1:${port}/`;
  }

  readonly #signed = (text: string, time = Math.floor(Date.now() / 1_000)) =>
    formatSignatures([signText(text, this.key, (message) => sign(null, message, this.#privateKey), time)]);

  #answer(body: Uint8Array, response: ServerResponse): void {
    const given = parseAddCheckpoint(body);
    const parsed = parseCheckpoint(parseNote(given.checkpoint).text);
    const asked = { ...given, parsed, signed: this.#signed };
    this.asked.push(asked);
    const said = this.script(asked);
    if (said === undefined) return;
    const { status, type = 'text/plain; charset=utf-8', body: words = '', location } = said;
    response.writeHead(status, {
      'Content-Type': type,
      ...(location === undefined ? {} : { Location: location }),
    });
    response.end(words);
  }
}
