import { Problem } from '#libs/problem-details';
import type { ActSignature } from '#libs/ledger';
import { platformProblems } from '../problems/platform.problems.js';
import { membersOf } from './dictionary-field.js';

type Headers = (name: string) => string | undefined;

export interface SignedBy {
  readonly salt?: string;
  readonly signature?: ActSignature;
}

const base64 = /^:([A-Za-z0-9+/]+={0,2}):$/;
const saltBytes = 32;
/** Before the base64 of 64 bytes. */
const tagged = /;tag="entente"(;|$)/;
const own = ['Entente-Act', 'Entente-Seen', 'Entente-Salt'] as const;
/** Characters of one field: room for several signatures, and nothing that takes long to read. */
const fieldMax = 2_048;

function malformed(detail: string): never {
  throw new Problem(platformProblems.SIGNATURE_MALFORMED, { detail });
}

function refuseLong(headers: Headers): void {
  for (const name of [...own, 'Signature-Input', 'Signature'])
    if ((headers(name.toLowerCase())?.length ?? 0) > fieldMax)
      malformed(`${name} is longer than ${fieldMax} characters.`);
}

function membersIn(headers: Headers, name: 'Signature-Input' | 'Signature'): ReadonlyMap<string, string> {
  const members = membersOf(headers(name.toLowerCase()) ?? '');
  return members ?? malformed(`${name} is no Dictionary of labels and values, each label once.`);
}

function bytesOf(value: string | undefined, length: number): string | undefined {
  const encoded = base64.exec(value ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const bytes = Buffer.from(encoded, 'base64');
  return bytes.length === length && bytes.toString('base64') === encoded ? encoded : undefined;
}

/** 32 bytes as `:base64:`; they are what an erasure hides the words behind, so a salt that can be guessed would hide less. */
function saltIn(headers: Headers): string | undefined {
  const sent = headers('entente-salt');
  if (sent === undefined) return undefined;
  const salt =
    bytesOf(sent, saltBytes) ?? malformed('Entente-Salt takes 32 random bytes in base64 between colons.');
  const [first, ...others] = Buffer.from(salt, 'base64');
  if (others.every((one) => one === first))
    malformed('Entente-Salt has one byte 32 times over, which anybody can guess: send random bytes.');
  return salt;
}

/** The label whose parameters have the tag; others on the way may have signed as well, and are none of ours. */
function labelled(inputs: ReadonlyMap<string, string>): readonly [string, string] | undefined {
  const ours = [...inputs].filter(([, value]) => tagged.test(value));
  if (ours.length > 1)
    malformed('Two members of Signature-Input have the tag "entente"; one party signs an act.');
  return ours[0];
}

/** Of RFC 9421 §4.2: a label that is in one of the two fields alone is half a signature, whoever made it. */
function refuseHalf(inputs: ReadonlyMap<string, string>, signatures: ReadonlyMap<string, string>): void {
  const bare = [...signatures.keys()].find((label) => !inputs.has(label));
  if (bare !== undefined) malformed(`Signature has a member ${bare}, and Signature-Input has none.`);
  const empty = [...inputs.keys()].find((label) => !signatures.has(label));
  if (empty !== undefined) malformed(`Signature-Input has a member ${empty}, and Signature has none.`);
}

function signatureIn(headers: Headers): ActSignature | undefined {
  const act = headers('entente-act');
  const seen = headers('entente-seen');
  const inputs = membersIn(headers, 'Signature-Input');
  const signatures = membersIn(headers, 'Signature');
  refuseHalf(inputs, signatures);
  const ours = labelled(inputs);
  if (act === undefined && seen === undefined && ours === undefined) return undefined;
  if (act === undefined || seen === undefined || ours === undefined)
    return malformed(
      'Entente-Act and Entente-Seen come with a member of Signature-Input that has the tag "entente", and with nothing less.',
    );
  if (bytesOf(act, 32) === undefined) malformed('Entente-Act takes a SHA-256 in base64 between colons.');
  const [label, input] = ours;
  const signature = bytesOf(signatures.get(label), 64);
  if (signature === undefined)
    return malformed(`Signature has no member ${label} with 64 bytes in base64 between colons.`);
  return { act, seen, input, signature };
}

/** Throws where an operation that looks at no signature comes with one; those that others on the way made are none of ours. */
export function refuseSignature(headers: Headers): void {
  const input = headers('signature-input');
  const isHalf = input === undefined && headers('signature') !== undefined;
  const sent =
    own.find((name) => headers(name.toLowerCase()) !== undefined) ??
    (input?.includes(';tag="entente"') === true ? 'Signature-Input' : isHalf ? 'Signature' : undefined);
  if (sent === undefined) return;
  throw new Problem(platformProblems.SIGNATURE_NOT_TAKEN, {
    detail: `${sent} was sent, and this operation looks at no signature. Leave it out, or sign each act on its own stream.`,
  });
}

/** How the act is signed; nothing where it is not. Half a signature is refused, so that none is passed over. */
export function signedBy(headers: Headers): SignedBy {
  refuseLong(headers);
  const salt = saltIn(headers);
  const signature = signatureIn(headers);
  return { ...(salt === undefined ? {} : { salt }), ...(signature === undefined ? {} : { signature }) };
}
