import { rule } from '../platform/problems/rule.js';
import type { RefusalKind } from '../platform/problems/rule.js';
import type { SourceRefusal } from './source.decider.js';

export const sourceProblems = {
  PRESS_HAS_NO_ISSUER: rule(
    'Press has no issuer',
    'Press speaks for no party.',
    'Leave "issuers" empty and name the paper in "issuerName".',
  ),
  ISSUER_REQUIRED: rule(
    'The issuer is missing',
    'A note or a statement is issued by a party.',
    'Name it in "issuers".',
  ),
  JOINT_TEXT_NEEDS_ISSUERS: rule(
    'A joint text has two issuers',
    'A joint text is issued by both parties.',
    'Name both in "issuers".',
  ),
  BYTES_NOT_HELD: rule(
    'The bytes are not held',
    'A held source names, in "bytesId", bytes that your side sent for this dialogue before, whole.',
    'Send the bytes to POST /v1/dialogues/{id}/bytes first, and name the "bytesId" that it answers.',
  ),
  BYTES_OF_ANOTHER_SOURCE: rule(
    'The bytes belong to another source',
    'Bytes belong to one source, so that they go with it.',
    'Send them again, with an Idempotency-Key of their own, for this source.',
  ),
  BYTES_OF_A_CITED_SOURCE: rule(
    'A source that is only cited has no bytes',
    'A source is held, and names its bytes, or it is cited, and names none.',
    'Set "held" to true, or leave "bytesId" out.',
  ),
} as const satisfies Record<SourceRefusal, RefusalKind>;
