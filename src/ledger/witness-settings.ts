import { readFileSync } from 'node:fs';
import { LedgerFault, nodeCrypto, parseVerifierKey, signatureTypes } from '#libs/ledger';
import type { VerifierKey } from '#libs/ledger';

/** Why the witnesses of the settings can't be asked, and what to do about it. */
export class WitnessesUnusable extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'WitnessesUnusable';
  }
}

/** A witness that is asked to countersign, and the key by which its countersignatures are known. */
export interface WitnessPlace {
  readonly key: VerifierKey;
  /** Where it takes checkpoints, `/add-checkpoint` included. */
  readonly url: string;
}

const setting = 'ENTENTE_LEDGER_WITNESSES';
/** A note holds a hundred signatures at the most, and each checkpoint goes to all of them. */
const witnessesMax = 16;
const fileBytesMax = 100_000;
const form = /^(\S+?)@(https?:\/\/\S+)$/;

/** What a setting says: the path of a file, or the witnesses themselves, each as `name+id+key@https://…`. */
export function witnessesFrom(value: string | undefined): readonly WitnessPlace[] {
  if (value === undefined) return [];
  const isFile = /^\.{0,2}\//.test(value);
  const text = isFile ? textIn(value) : value;
  const lines = text
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join(' ');
  const witnesses = lines
    .split(/[\s,]+/)
    .filter((one) => one !== '')
    .map(witnessOf);
  if (witnesses.length === 0 || witnesses.length > witnessesMax)
    throw new WitnessesUnusable(
      `${setting} names ${witnesses.length} witnesses: name 1 to ${witnessesMax}, or leave it out.`,
    );
  refuseTwice(witnesses);
  return witnesses;
}

function textIn(file: string): string {
  try {
    const bytes = readFileSync(file);
    if (bytes.length <= fileBytesMax) return bytes.toString('utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new WitnessesUnusable(`${file}, which ${setting} names, can't be read (${code ?? 'unknown'}).`);
  }
  throw new WitnessesUnusable(
    `${file}, which ${setting} names, is no list of witnesses: it is far too long for one.`,
  );
}

function witnessOf(text: string): WitnessPlace {
  // Who put a password there is told so, and nobody else is told the password.
  const shown = text.replace(/\/\/.*@/, '//…@').slice(0, 80);
  const [, key = '', address = ''] = form.exec(text) ?? [];
  const wrong = (why: string) => new WitnessesUnusable(`${setting}: “${shown}” ${why}.`);
  if (key === '') throw wrong('is not of the form name+id+key@https://address');
  const url = URL.parse(address);
  if (url === null) throw wrong('has no address after the @');
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    throw wrong('has an address with more in it than a host and a path');
  return {
    key: keyOf(key),
    url: `${url.href.replace(/\/$/, '')}/add-checkpoint`,
  };
}

function keyOf(text: string): VerifierKey {
  try {
    const key = parseVerifierKey(nodeCrypto, text);
    if (key.type !== signatureTypes.note) return key;
  } catch (error) {
    if (!(error instanceof LedgerFault)) throw error;
    throw new WitnessesUnusable(`${setting}: ${error.message}`);
  }
  throw new WitnessesUnusable(
    `${setting}: the key ${text.slice(0, 80)} is that of a log; "entente witness" prints the key of a witness.`,
  );
}

/** One key is one witness, under whatever names. */
function refuseTwice(witnesses: readonly WitnessPlace[]): void {
  const keys = new Set(witnesses.map(({ key }) => Buffer.from(key.publicKey).toString('hex')));
  const names = new Set(witnesses.map(({ key }) => key.name));
  if (keys.size < witnesses.length || names.size < witnesses.length)
    throw new WitnessesUnusable(
      `${setting} names a witness twice: each has a name and a key of its own, and stands there once.`,
    );
}
