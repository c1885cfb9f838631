import { resolve } from 'node:path';
import { LedgerFault } from '#libs/ledger';
import { bundled } from '../checking/bundling.js';
import type { Made } from '../checking/bundling.js';
import { CannotCheck } from '../checking/cannot-check.js';
import { entries } from '../checking/counted.js';
import { ledgerOf } from '../checking/record-address.js';
import { isUrl, openedSource } from '../checking/source.js';
import type { Credential } from '../checking/source.js';
import { archived } from '../checking/tar.js';
import { wrong } from '../checking/verifying.js';
import { credentialFor, withProgress } from './checking.js';
import { shown } from './shown.js';

interface BundleCall {
  readonly from: string;
  readonly out?: string;
}

/** Puts the history of an irritant, or the whole log of a dialogue, into one file that `verify` takes. */
export async function bundle(key: string, { from, out = `${key}.tar` }: BundleCall): Promise<void> {
  const credential = await credentialFor(from);
  const log = openedSource(await logOf(from, key, credential), credential);
  try {
    const made = await withProgress('gathering', (onProgress) =>
      archived(resolve(out), (sink) => bundled(log, sink, { key, onProgress })),
    );
    process.stdout.write(shown`${out} holds ${wordsOf(made)}.\n`.text);
  } catch (error) {
    throw error instanceof LedgerFault ? new CannotCheck(`No bundle was made. ${wrong(error)}`) : error;
  }
}

function wordsOf({ stream, withheld, ...of }: Made): string {
  const what = stream === undefined ? 'the whole log' : stream;
  return `${what}: ${entries(of.entries)}${withheld === 0 ? '' : `, ${withheld} of them without their payloads`}`;
}

/** A server is asked to which dialogue the key belongs; its ledger, or a mirror, is named as it is. */
async function logOf(from: string, key: string, credential: Credential): Promise<string> {
  if (!isUrl(from) || /\/v1\/dialogues\//.test(from)) return from;
  return (await ledgerOf(new URL(from.replace(/\/?$/, '/')), key, credential)).href;
}
