import { accept, ending, nothing, ownWordStands, refuse } from '#libs/decider';
import type { Said } from '#libs/decider';
import type { NamedCommitment } from './shapes.js';
import type { On } from './terms.js';
import { isAgreed, latestOf, wordsOfAssent } from './text.js';
import type { Version, VersionedText } from './text.js';

interface NewVersion {
  readonly version?: number;
  /** Absent where neither words nor the hash of a paper are given. */
  readonly contentHash?: string;
  readonly commitments?: readonly NamedCommitment[];
  readonly languages: readonly string[];
  readonly authentic?: readonly string[];
}

/** The same version once more, by the same side: nothing that was not there is proposed. */
function isRepeat(command: On<NewVersion>, latest: Version): boolean {
  const { version: _, ...data } = command.event.data;
  const there = latest as unknown as { readonly [field: string]: unknown };
  const same = Object.entries(data).every(
    ([field, value]) => value === undefined || JSON.stringify(value) === JSON.stringify(there[field]),
  );
  return same && latest.said.party === command.act.party;
}

/** The version on the table and the assents to it; nothing of what is agreed, which a new version leaves in force. */
export function standing(text: VersionedText): readonly Said[] {
  const latest = latestOf(text);
  const assents = text.assents.flatMap(wordsOfAssent);
  if (latest === undefined || !isAgreed(text, latest.version))
    return latest === undefined ? [] : [latest.said, ...assents];
  const agreed = text.agreed?.assents.flatMap(wordsOfAssent).map((one) => one.eventId) ?? [];
  return assents.filter((one) => !agreed.includes(one.eventId));
}

/** What a new version takes the place of, for good: the one on the table, and what was said of it. */
export function onTheTable(text: VersionedText): readonly Said[] {
  return [...standing(text), ...text.withdrawals];
}

/** A commitment is one side's to the other, and named once. */
function commitmentFault({ commitments = [] }: NewVersion) {
  const known = new Set<string>();
  for (const { commitmentId, obligor, beneficiary } of commitments) {
    if (obligor === beneficiary)
      return refuse(
        'COMMITMENT_WRONG',
        `The commitment ${commitmentId} would be owed by ${obligor} to itself.`,
      );
    if (known.has(commitmentId))
      return refuse(
        'COMMITMENT_WRONG',
        `The commitment ${commitmentId} is named twice: give each an id of its own.`,
      );
    known.add(commitmentId);
  }
  return undefined;
}

/** The next version of the text. Where the words are not held, the hash of their paper can be given. */
export function newVersion(command: On<NewVersion>, text: VersionedText, isOnTable = true) {
  const { contentHash, languages, authentic = [] } = command.event.data;
  if (contentHash === undefined) {
    return refuse(
      'WORDS_REQUIRED',
      'Give the words in "texts"; where they are not held, the hash of the paper in "textHash".',
    );
  }
  const missing = authentic.filter((one) => languages.length > 0 && !languages.includes(one));
  if (missing.length > 0) {
    return refuse(
      'AUTHENTIC_WITHOUT_TEXT',
      `The text is said to be authentic in ${missing.join(', ')}, but has words only in ${languages.join(', ')}.`,
    );
  }
  const wrong = commitmentFault(command.event.data);
  if (wrong !== undefined) return wrong;
  const latest = latestOf(text);
  if (latest !== undefined && isOnTable && isRepeat(command, latest)) return nothing;
  const replaced = onTheTable(text);
  const stands = ownWordStands(command.act, standing(text));
  if (stands !== undefined) return stands;
  const data = { ...command.event.data, version: (latest?.version ?? 0) + 1 };
  return accept(ending({ ...command.event, data }, ...replaced));
}
