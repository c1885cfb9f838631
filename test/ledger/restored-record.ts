import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeCrypto, parsePolicy } from '#libs/ledger';
import type { Policy, VerifierKey } from '#libs/ledger';
import type { Settings } from '#config';
import { Folder } from '../../src/checking/folder.js';
import { mirror } from '../../src/checking/mirroring.js';
import { openedSource } from '../../src/checking/source.js';
import { parseKnownLogs, Witness } from '../../src/checking/witness.js';
import { witnessKey } from '../../src/checking/witness-key.js';
import { serveWitness } from '../../src/checking/witness-server.js';
import type { WitnessServer } from '../../src/checking/witness-server.js';
import { WitnessMemory } from '../../src/checking/witness-state.js';
import { ledgerFiles, makeLedgerFiles } from '../../src/ledger/signing.js';
import { Api } from '../support/api.js';
import { Served } from '../support/mirrored.js';
import { until } from '../support/settling.js';

/** A record in a folder that is put aside and put back, with a witness of its own machine. */
export class RestoredRecord {
  readonly top = mkdtempSync(join(tmpdir(), 'entente-restored-'));
  readonly folder = join(this.top, 'data');
  readonly settings = { directory: this.folder, ledgerKey: undefined, ledgerGuard: undefined };
  readonly files = ledgerFiles(this.settings)!;
  readonly #known = new Map<string, readonly VerifierKey[]>();
  readonly #key = witnessKey(join(this.top, 'witness'), 'witness.ru.example');
  #witness: WitnessServer | undefined;
  /** What the witness answered, in order. */
  readonly answers: number[] = [];

  async begin(): Promise<void> {
    mkdirSync(this.folder);
    makeLedgerFiles(this.settings, this.files);
    const memory = new WitnessMemory(join(this.top, 'witness', 'seen'));
    this.#witness = await serveWitness(new Witness(this.#key, this.#known, memory, () => Date.now()), {
      host: '127.0.0.1',
      port: 0,
      onAnswer: (status) => this.answers.push(status),
      onFatal: (error) => {
        throw error;
      },
    });
  }

  async end(): Promise<void> {
    await this.#witness?.close();
    rmSync(this.top, { recursive: true });
  }

  in(name: string): string {
    return join(this.top, name);
  }

  putAside(name: string): void {
    cpSync(this.folder, this.in(name), { recursive: true });
    cpSync(this.files.guard, this.in(`${name}-guard`));
  }

  /** The guard file is that of today unless told; `none`: the one that is there. */
  putBack(name: string, guardOf = 'today'): void {
    rmSync(this.folder, { recursive: true });
    cpSync(this.in(name), this.folder, { recursive: true });
    if (guardOf !== 'none') cpSync(this.in(`${guardOf}-guard`), this.files.guard);
  }

  /** As "entente rebuild" does where the store is another one than was read. */
  forgetReadModels(): void {
    for (const one of ['', '-wal', '-shm']) rmSync(join(this.folder, `views.sqlite${one}`), { force: true });
  }

  async served<T>(
    use: (api: Api) => Promise<T>,
    { isWitnessed = false, ...more }: Partial<Settings> & { readonly isWitnessed?: boolean } = {},
  ): Promise<T> {
    const ledgerWitnesses = isWitnessed ? `${this.#key.line}@${this.#witness?.url}` : undefined;
    const api = await Api.start({ ...this.settings, ledgerWitnesses, ...more });
    try {
      return await use(api);
    } finally {
      await api.stop();
    }
  }

  async makeKnown(api: Api, dialogueId: string): Promise<void> {
    const [key = ''] = (await new Served(api, dialogueId).text('keys')).split('\n');
    const [origin = ''] = key.split('+');
    for (const [log, keys] of parseKnownLogs(Buffer.from(`${origin} ${key}\n`))) this.#known.set(log, keys);
  }

  /** Copies the log of a dialogue into a folder, or brings that up to date; gives how many entries are new. */
  async mirror(api: Api, dialogueId: string, into: string, trusted?: Policy): Promise<number> {
    const where = `${api.server.url}/v1/dialogues/${dialogueId}/ledger/`;
    const policy = trusted ?? (await new Served(api, dialogueId).policy());
    const options = { policy, where, evidence: this.in('evidence') };
    const { before, size } = await mirror(openedSource(where, api.keys['reader']), new Folder(into), options);
    return size - before;
  }
}

/** How many entries the newest checkpoint has, and who signed it. */
export async function newestOf(api: Api, dialogueId: string) {
  const text = await new Served(api, dialogueId).text('checkpoint');
  return {
    size: Number(text.split('\n')[1]),
    isCountersigned: text.includes('— witness.ru.example '),
  };
}

export function sizeOf(api: Api, dialogueId: string): number {
  const { record } = api.server.record.projections;
  return record.seqAt(dialogueId, record.headOrdinal) + 1;
}

/** Once the checkpoint has all that is recorded. */
export async function signedWhole(api: Api, dialogueId: string, isCountersigned = false): Promise<void> {
  await api.settled();
  await until(async () => {
    const newest = await newestOf(api, dialogueId);
    return newest.size === sizeOf(api, dialogueId) && (!isCountersigned || newest.isCountersigned);
  });
}

/** What /readyz says of the ledger. */
export async function ledgerWords(api: Api): Promise<string> {
  interface Ready {
    readonly checks: readonly { readonly name: string; readonly detail: string }[];
  }
  const { body } = await api.ask<Ready>('GET', '/readyz', { as: 'nobody' });
  return body.checks.find((one) => one.name === 'ledger')?.detail ?? '';
}

/** The policy of whoever trusts the key that a log began anew with, as it was told, and asks for no witness. */
export function policyIn(told: string): Policy {
  const [line = ''] = /^log .*$/m.exec(told) ?? [];
  return parsePolicy(nodeCrypto, Buffer.from(`${line}\nquorum none\n`));
}
