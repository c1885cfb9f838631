import { formatNote, parseNote, signaturesMax } from '#libs/ledger';
import type { NoteSignature, Policy } from '#libs/ledger';

const keyOf = ({ name, id }: { readonly name: string; readonly id: string }) => `${name}+${id}`;
const lineOf = (signature: NoteSignature) =>
  `${keyOf(signature)} ${Buffer.from(signature.bytes).toString('base64')}`;

/**
 * The checkpoint that is served, with the countersignatures that the mirror has of the same text: nobody serves one that was
 * put there by hand. Of a key that the policy does not know, nothing says which line is right, so the one that is there stays.
 */
export function withKept(served: Uint8Array, held: Uint8Array, { logs, witnesses }: Policy): Uint8Array {
  const [shown, kept] = [parseNote(served), parseNote(held)];
  const there = new Set(shown.signatures.map(lineOf));
  if (shown.text !== kept.text || kept.signatures.every((one) => there.has(lineOf(one)))) return served;
  const known = new Set([...logs, ...witnesses.values()].map(({ key }) => keyOf(key)));
  const isKnown = (one: NoteSignature) => known.has(keyOf(one));
  const all = new Map<string, NoteSignature>();
  for (const one of [
    ...shown.signatures.filter(isKnown),
    ...kept.signatures.filter(isKnown),
    ...kept.signatures,
    ...shown.signatures,
  ])
    if (!all.has(keyOf(one))) all.set(keyOf(one), one);
  const signatures = [...all.values()].slice(0, signaturesMax);
  return formatNote({ text: shown.text, signatures });
}

/** Whether anybody but the log has signed it, whom the policy knows or not. */
export function isCountersigned(signed: Uint8Array, origin: string): boolean {
  return parseNote(signed).signatures.some(({ name }) => name !== origin);
}
