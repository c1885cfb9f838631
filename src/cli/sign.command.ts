import { readFileSync } from 'node:fs';
import { publicKeyOf, possessionText } from '#libs/ledger';
import type { ProblemDocument } from '#libs/problem-details';
import { SystemClock } from '../platform/record/clock.js';
import { Ids } from '../platform/record/ids.js';
import { makeActKey, readActKey } from './act-key.js';
import { dryRunFrom, seenIn, signedHeaders } from './act-signing.js';
import type { DryRun } from './act-signing.js';
import { CliFailure } from './cli-failure.js';
import { settingsFrom } from './settings.js';
import { shown } from './shown.js';

interface KeyOption {
  readonly key: string;
}

interface PossessionOptions extends KeyOption {
  readonly origin: string;
  readonly witness?: string;
}

interface ActOptions extends KeyOption {
  readonly checkpoint?: string;
}

interface SendOptions extends ActOptions {
  readonly body?: string;
  readonly ifMatch?: string;
  readonly idempotencyKey?: string;
}

const printed = (value: object) => process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);

/** Makes a key, and prints what others may know of it. */
export function signKey(file: string): void {
  const { jwk, thumbprint } = makeActKey(file);
  printed({ jwk, thumbprint });
}

/** Prints the body by which the key is registered, signed by itself for one log. */
export function signPossession({ key: file, origin, witness }: PossessionOptions): void {
  const key = readActKey(file);
  const possession = key.sign(possessionText(origin, publicKeyOf(key.jwk)));
  const purpose = witness === undefined ? { purpose: 'act' } : { purpose: 'witness', name: witness };
  printed({ ...purpose, jwk: key.jwk, possession });
}

function readText(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new CliFailure(`There is no file ${file}.`);
  }
}

/** On the other channel, so that what is printed can be piped: what is signed, and the words that its hash is of. */
function show({ act, content }: DryRun): void {
  for (const line of JSON.stringify({ act, content }, null, 2).split('\n'))
    process.stderr.write(shown`${line}\n`.text);
}

/** Prints the header fields for an act, one a line, as curl takes them from a file. */
export function signAct(file: string, options: ActOptions): void {
  const key = readActKey(options.key);
  const dry = dryRunFrom(readText(file), file === '-' ? 'what was piped in' : file);
  show(dry);
  const headers = signedHeaders(key, dry, seenIn(options.checkpoint, dry.act.origin), new SystemClock());
  for (const [name, value] of Object.entries(headers)) process.stdout.write(`${name}: ${value}\n`);
}

/** Asks a server what it would record, shows and signs that, sends it, and prints the answer. */
export async function signAndSend(address: string, options: SendOptions): Promise<void> {
  const key = readActKey(options.key);
  const url = addressOf(address);
  const send = sender(options);
  url.searchParams.set('dryRun', 'true');
  const asked = await send(url, {});
  const dry = dryRunFrom(asked, `the answer of ${url.host}`);
  show(dry);
  url.searchParams.delete('dryRun');
  const seen = seenIn(options.checkpoint, dry.act.origin);
  process.stdout.write(`${await send(url, { ...signedHeaders(key, dry, seen, new SystemClock()) })}\n`);
}

function addressOf(address: string): URL {
  if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol))
    throw new CliFailure(
      `"${address}" is no address of an act, such as https://host/v1/irritants/RUUS-1/acknowledge.`,
    );
  return new URL(address);
}

function sender({ body, ifMatch, idempotencyKey = new Ids().random() }: SendOptions) {
  const { key } = settingsFrom({});
  if (key === undefined) throw new CliFailure('Give the API key by which the act is sent in ENTENTE_KEY.');
  const sent = body === undefined ? '{}' : readText(body);
  return async (url: URL, signed: Record<string, string>): Promise<string> => {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${key}`,
        'Content-Type': 'application/json',
        'Idempotency-Key': idempotencyKey,
        ...(ifMatch === undefined ? {} : { 'If-Match': ifMatch }),
        ...signed,
      },
      body: sent,
    });
    const text = await response.text();
    if (response.ok) return text;
    throw new CliFailure(await refusalIn(text, `${url.host} answers ${response.status}`));
  };
}

/** What says it knows stores and their drivers, which take a second to load. */
async function refusalIn(text: string, told: string): Promise<string> {
  const { faultsInWords } = await import('../wording/faults.js');
  try {
    const { title, detail, code, errors = [] } = JSON.parse(text) as ProblemDocument;
    const here = code === 'if-match-required' ? ' Here that is --if-match, with the quotation marks.' : '';
    return `${told}: ${title}. ${faultsInWords(detail, errors)}${here}`;
  } catch {
    return `${told}, and not as Entente does.`;
  }
}
