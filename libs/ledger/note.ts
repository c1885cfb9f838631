import { base64, fromBase64, fromHex, hex, joined, textOf, utf8 } from './bytes.js';
import { LedgerFault } from './faults.js';
import { isKeyName } from './keys.js';

/** A signature line of a note: whose it says to be, and the bytes after the key's id. */
export interface NoteSignature {
  readonly name: string;
  readonly id: string;
  readonly bytes: Uint8Array;
}

/** A signed note (c2sp.org/signed-note) of which nothing is verified yet. */
export interface Note {
  /** With the line feed at its end: what is signed. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

const noteBytesMax = 1_000_000;
/** As many as a note holds. */
export const signaturesMax = 100;
// eslint-disable-next-line no-control-regex -- the characters that no note may hold
const control = /[\u0000-\u0009\u000b-\u001f]/;

function malformed(why: string): LedgerFault {
  return new LedgerFault('malformed', `The note ${why}.`);
}

/** The characters of a note, or of lines of signatures. */
function checked(bytes: Uint8Array): string {
  if (bytes.length > noteBytesMax) throw new LedgerFault('too-large', `The note has ${bytes.length} bytes.`);
  const text = textOf(bytes, 'The note');
  if (text.includes('\r')) throw malformed('has a carriage return');
  if (control.test(text)) throw malformed('has a control character');
  if (!text.endsWith('\n')) throw malformed('does not end with a line feed');
  return text;
}

function parseLine(line: string): NoteSignature {
  const [, dash = '', name = '', encoded = ''] = /^(\S) ([^ ]*) ([^ ]*)$/u.exec(line) ?? [];
  if (dash === '') throw malformed(`has a line after its text that is no signature: “${line.slice(0, 40)}”`);
  if (dash !== '—')
    throw malformed(`has a signature that begins with “${dash}” and not with the dash U+2014`);
  if (!isKeyName(name)) throw malformed(`has a signature of “${name}”, which is no name of a key`);
  const bytes = fromBase64(encoded, `The signature of ${name}`);
  if (bytes.length < 5) throw malformed(`has a signature of ${name} without bytes`);
  return { name, id: hex(bytes.subarray(0, 4)), bytes: bytes.slice(4) };
}

/** Signature lines alone, as a witness answers them. */
export function parseSignatures(bytes: Uint8Array): readonly NoteSignature[] {
  return signaturesIn(checked(bytes));
}

function signaturesIn(text: string): readonly NoteSignature[] {
  const lines = text.split('\n').slice(0, -1);
  if (lines.length > signaturesMax)
    throw malformed(`has ${lines.length} signatures, and ${signaturesMax} at the most`);
  return lines.map(parseLine);
}

/** The text ends at the last empty line; at least one signature follows it. */
export function parseNote(bytes: Uint8Array): Note {
  const all = checked(bytes);
  const end = all.lastIndexOf('\n\n');
  if (end === -1 || end === all.length - 2) throw malformed('has no signatures after an empty line');
  return { text: all.slice(0, end + 1), signatures: signaturesIn(all.slice(end + 2)) };
}

export function formatSignatures(signatures: readonly NoteSignature[]): string {
  return signatures
    .map(({ name, id, bytes }) => `— ${name} ${base64(joined(fromHex(id, 'The id of a key', 4), bytes))}\n`)
    .join('');
}

export function formatNote(note: Note): Uint8Array {
  return utf8(noteText(note));
}

export function noteText({ text, signatures }: Note): string {
  return `${text}\n${formatSignatures(signatures)}`;
}
