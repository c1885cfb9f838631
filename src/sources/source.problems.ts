import { rule } from '../platform/rule.js';
import type { RefusalKind } from '../platform/rule.js';
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
    'A held source names, in "sha256", bytes that were uploaded before.',
    'Send the bytes to POST /v1/sources/bytes first, and name the hash it answers.',
  ),
  HASH_WITHOUT_BYTES: rule(
    'A hash without the bytes',
    'A source that is only cited has no hash.',
    'Set "held" to true, or leave "sha256" out.',
  ),
} as const satisfies Record<SourceRefusal, RefusalKind>;
