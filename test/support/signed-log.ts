import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ledgerFiles, makeLedgerFiles } from '../../src/ledger/signing.js';
import type { Api } from './api.js';
import { until } from './settling.js';

/** A key of the log and a guard file, outside of any data folder. */
export class LedgerPlace {
  readonly #folder = mkdtempSync(join(tmpdir(), 'entente-ledger-'));
  readonly settings = {
    ledgerHost: 'entente.example.org',
    ledgerKey: join(this.#folder, 'key.pem'),
    ledgerGuard: join(this.#folder, 'guard'),
  };

  constructor() {
    const settings = { directory: undefined, ...this.settings };
    makeLedgerFiles(settings, ledgerFiles(settings)!);
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true });
  }
}

/** Once the log of the dialogue has a checkpoint. */
export async function signedOnce(api: Api, dialogueId: string): Promise<void> {
  const path = `/v1/dialogues/${dialogueId}/ledger/proofs/0`;
  await until(async () => (await api.get<unknown>(path)).status === 200);
}
