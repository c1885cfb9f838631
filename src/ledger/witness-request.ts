import { LedgerFault, parseSignatures, parseSizeAnswer, sizeMediaType } from '#libs/ledger';
import type { NoteSignature } from '#libs/ledger';

/** A witness that says nothing for so long is taken for silent. */
export const answerMs = 5_000;
/** A hundred signatures of the longest kind stay below it. */
const answerBytesMax = 1_000_000;

/** What a witness was understood to say; nothing of it is verified yet, and none of its own words are in it. */
export type WitnessSaid =
  | { readonly kind: 'signed'; readonly signatures: readonly NoteSignature[] }
  /** It has cosigned that many leaves, and not as many as it was told. */
  | { readonly kind: 'knows'; readonly size: number }
  /** It takes the log for one that was forked. */
  | { readonly kind: 'fork' }
  | { readonly kind: 'unknown-log' }
  | { readonly kind: 'refuses'; readonly why: string }
  | { readonly kind: 'silent'; readonly why: string };

/** Asks once, and never longer than `answerMs`; throws only where the signal ends it. */
export async function askWitness(url: string, body: Uint8Array, ended: AbortSignal): Promise<WitnessSaid> {
  const deadline = AbortSignal.timeout(answerMs);
  try {
    const response = await fetch(url, {
      method: 'POST',
      // Whoever is led elsewhere asks somebody whom nobody named.
      redirect: 'manual',
      body: Buffer.from(body),
      headers: { 'Content-Type': 'text/plain; charset=utf-8' },
      signal: AbortSignal.any([deadline, ended]),
    });
    return said(response, await bytesOf(response));
  } catch (error) {
    ended.throwIfAborted();
    if (error instanceof LedgerFault)
      return { kind: 'refuses', why: `answers what nobody can read: ${error.message}` };
    return {
      kind: 'silent',
      why: deadline.aborted ? `no answer within ${answerMs / 1_000} s` : reasonOf(error),
    };
  }
}

function said({ status, headers }: Response, bytes: Uint8Array): WitnessSaid {
  if (status === 200) return { kind: 'signed', signatures: parseSignatures(bytes) };
  if (status === 422) return { kind: 'fork' };
  if (status === 404) return { kind: 'unknown-log' };
  if (status === 409 && headers.get('content-type')?.startsWith(sizeMediaType) === true)
    return { kind: 'knows', size: parseSizeAnswer(bytes) };
  if (status === 403) return { kind: 'refuses', why: 'answers 403: it knows none of the keys of the log' };
  if (status === 429 || status >= 500) return { kind: 'silent', why: `answers ${status}` };
  return { kind: 'refuses', why: `answers ${status}` };
}

/** Never more than we care to hold. */
async function bytesOf(response: Response): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const body: AsyncIterable<Uint8Array> | null = response.body;
  for await (const part of body ?? []) {
    length += part.byteLength;
    if (length > answerBytesMax) throw new LedgerFault('too-large', `more than ${answerBytesMax} bytes.`);
    parts.push(part);
  }
  return new Uint8Array(Buffer.concat(parts));
}

/** Only the code: the sentence is Node's, and may hold addresses of a network within. */
function reasonOf(error: unknown): string {
  const { code } = ((error as Error).cause ?? {}) as { readonly code?: unknown };
  return typeof code === 'string' ? `can't be reached, ${code}` : "can't be reached";
}
