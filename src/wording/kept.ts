import { html } from '#libs/html';
import type { Html } from '#libs/html';
import type { DialogueDocument } from '../reading/documents.js';
import { firstKeyInWords } from '../dialogues/dialogue.summaries.js';
import { instantInWords } from './dates.js';

export interface Keeping extends Pick<DialogueDocument, 'parties' | 'joined' | 'suspensions'> {
  /** Null where the dialogue can't be read. */
  readonly kept: DialogueDocument['kept'] | null;
}

/** In whose hand the record is: whoever reads a page must know whose word the other side's entries are. */
export function keptInWords({ parties, kept }: Keeping): string {
  if (kept === null) return 'In whose hand the record is can’t be read.';
  const others = parties.filter((one) => one !== kept.party).join(' and ');
  switch (kept.by) {
    case 'both':
      return `Kept by both: ${parties.join(' and ')} each record their own acts.`;
    case 'one':
      return `Kept by ${kept.party} alone: what stands here in the name of ${others} was recorded by ${kept.party}.`;
    case 'secretariat':
      return 'Kept by a secretariat: it records for neither side.';
  }
}

/** Who speaks for itself in the dialogue, since when, and how the first key of its negotiators came about. */
export function joinedInWords({ parties, joined }: Keeping): string {
  const said = parties.map((party) => {
    const joining = joined.find((one) => one.party === party);
    if (joining === undefined) return `${party} has not joined`;
    const { recordedAt, firstKey } = joining;
    const how = firstKey === undefined ? '' : ` (${firstKeyInWords(firstKey, instantInWords)})`;
    return `${party} joined ${instantInWords(recordedAt)}${how}`;
  });
  return `${said.join('; ')}.`;
}

type Suspensions = readonly Pick<Keeping['suspensions'][number], 'party' | 'recordedAt'>[];

function byWhom(suspensions: Suspensions): string {
  const by = suspensions.map(({ party, recordedAt }) => `${party}, recorded ${instantInWords(recordedAt)}`);
  return by.join('; by ');
}

/** Who has suspended the dialogue, and since when: it refuses nothing, so every page says it. */
export function suspendedInWords({ suspensions }: Keeping): string | undefined {
  return suspensions.length === 0 ? undefined : `The dialogue is suspended by ${byWhom(suspensions)}.`;
}

/** Whose suspension of the dialogue stood when a round was scheduled. */
export function scheduledDuringInWords(suspensions: Suspensions): string | undefined {
  return suspensions.length === 0
    ? undefined
    : `It was scheduled while the dialogue was suspended by ${byWhom(suspensions)}.`;
}

export function keptLines(dialogue: Keeping): Html {
  const suspended = suspendedInWords(dialogue);
  return html`<p class="kept">${keptInWords(dialogue)} ${joinedInWords(dialogue)}</p>
    ${suspended === undefined ? '' : html`<p class="kept"><strong>${suspended}</strong></p>`}`;
}
