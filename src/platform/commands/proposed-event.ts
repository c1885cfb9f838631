import type { Assignment, CommandDeclaration, Decided } from '#libs/decider';
import type { Problem } from '#libs/problem-details';
import type { Talks } from '../record/evidence.js';
import type { Draws } from './draws.js';
import { platformProblems } from '../problems/platform.problems.js';
import { problemAt } from '../problems/problem-at.js';
import type { CommandRequest } from './request.js';
import { languagesOf, paperSealOf, sealOf } from '../record/seal.js';
import type { SealedWith, Texts } from '../record/seal.js';

type Fields = { readonly [field: string]: unknown };

/** The field of the content whose hash the data holds. */
export function sealedText(content: Fields): Texts | undefined {
  return (content['text'] ?? content['terms'] ?? content['texts']) as Texts | undefined;
}

/**
 * The event that the command proposes: the fields the client sent, and those the service fills. Numbers are assigned
 * later, once the decision is made, so that a refusal uses none up.
 */
export function propose(request: CommandRequest, draws: Draws, talks: Talks | undefined): Decided {
  const { declaration, slice } = request;
  const schema = slice.schemas[declaration.event];
  const sealed = schema?.sealed === true ? sealedText(request.content) : undefined;
  const nonce = draws.nonce();
  const content = sealed === undefined ? request.content : { ...request.content, nonce };
  const hashes = hashesOf(request.data, sealed, nonce);
  const assigned = Object.entries(declaration.assigned ?? {}).map(
    ([field, assignment]): [string, unknown] => [
      field,
      assign(field, { assignment, given: request.data[field] }, draws, talks, hashes),
    ],
  );
  const twice = Object.entries(declaration.assigned ?? {}).find(
    ([field, assignment]) =>
      ['given-or-hash-of-text', 'given-or-none'].includes(assignment) && request.data[field] !== undefined,
  );
  if (hashes.text !== undefined && twice !== undefined) throw twoTexts(twice[0]);
  return { type: declaration.event, data: { ...request.data, ...Object.fromEntries(assigned) }, content };
}

/** The event with what was found elsewhere in the fields that hold it. */
export function withRead(proposed: Decided, { assigned = {} }: CommandDeclaration, facts: object): Decided {
  const read = Object.entries(assigned).flatMap(([field, assignment]) =>
    assignment === 'read' ? [[field, (facts as Fields)[field]] as const] : [],
  );
  return read.length === 0
    ? proposed
    : { ...proposed, data: { ...proposed.data, ...Object.fromEntries(read) } };
}

interface Hashes {
  /** Of the words that are sent. */
  readonly text: string | undefined;
  /** Of a version: of its words or, where they are not held, over the hash of its paper. */
  readonly version: string | undefined;
  readonly languages: readonly string[];
}

function hashesOf(data: Fields, texts: Texts | undefined, nonce: string): Hashes {
  const sealed = data as SealedWith;
  if (texts !== undefined) {
    const hash = sealOf(texts, nonce, sealed);
    return { text: hash, version: hash, languages: languagesOf(texts) };
  }
  const paper = data['textHash'];
  const version = typeof paper === 'string' ? paperSealOf(paper, sealed) : undefined;
  return { text: undefined, version, languages: [] };
}

/** The hash is computed over the words and a fresh nonce, so one that is sent with them would be of something else. */
function twoTexts(field: string): Problem {
  const detail = 'is computed from the words that are sent; send it only where the words are not held';
  return problemAt(platformProblems.VALIDATION_FAILED, [field], detail, 'Both words and a hash are given.');
}

interface Assigning {
  readonly assignment: Assignment;
  readonly given: unknown;
}

function assign(
  field: string,
  { assignment, given }: Assigning,
  draws: Draws,
  talks: Talks | undefined,
  hashes: Hashes,
): unknown {
  switch (assignment) {
    case 'new-id':
      return draws.id(field);
    case 'given-or-new-id':
      return given ?? draws.id(field);
    case 'hash-of-text':
      return hashes.text;
    case 'given-or-hash-of-text':
      return hashes.text ?? given;
    case 'hash-of-version':
      return hashes.version;
    case 'languages-of-text':
      return hashes.languages;
    case 'its-dialogue':
      return talks?.dialogueId;
    case 'parties':
      return talks?.parties;
    case 'synthetic':
      return talks?.synthetic ?? false;
    case 'key':
    case 'given-or-number':
    case 'given-or-none':
    case 'given-or-decided':
    case 'decided':
    case 'read':
      return given;
  }
}
