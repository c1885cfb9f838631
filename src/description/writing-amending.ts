import { shell } from './operating-parts.js';
import type { Section } from './operating-parts.js';
import { html } from './page.js';

const amending = html`<p>
    What was recorded stays. A correction sets other words, or another time, beside it: the recorder’s, or
    anybody’s of the same party. A retraction says that it should not have been entered: the recorder’s only.
    Both name the event in <code>target</code>, by its <code>eventId</code>; both can be read in the history,
    and move no stage. A retracted event that a stage rests on brings the stage under review.
  </p>
  ${shell(
    'Correct the words of a position',
    `look
EVENT=$(field .positions.RU.eventId < answer.json)
act "$RU" correct '{ "target": "'"$EVENT"'", "content": { "text": { "en": "Twelve visas are owed." } } }'
field .positions.RU.text.en < answer.json`,
  )}
  ${shell(
    'Retract the position of US',
    `look
EVENT=$(field .positions.US.eventId < answer.json)
act "$US" retract '{ "target": "'"$EVENT"'", "reason": { "en": "Entered on the wrong irritant." } }'`,
  )}
  <p>
    Words that the other side may have assented to are sealed by their hash (<a
      href="/problems/content-sealed"
      ><code>content-sealed</code></a
    >): withdraw the claim or the terms and make new ones. What somebody else recorded in your name you
    disavow. The first event of an irritant is not retracted (<a href="/problems/target-is-first"
      ><code>target-is-first</code></a
    >): withdraw the irritant.
  </p>
  <p>
    Words that must not stay are erased once two have asked for it on the same ground, not both of one party:
    <code>request-erasure</code>, by a negotiator of each side, or by one and a secretariat. Then they are
    gone from the store, from every read and from the files; that something was said, by whom and when, stays,
    and so does what it brought about. What is erased takes no new words (<a href="/problems/target-erased"
      ><code>target-erased</code></a
    >). Older backups keep the words until they expire, and an EventStoreDB cluster can not erase (<a
      href="/problems/erasure-unsupported"
      ><code>erasure-unsupported</code></a
    >).
  </p>`;

const closing = html`<p>
    Those who raised an irritant withdraw it; where there are several, each of them has to. Closed, it takes
    statements only. To reopen it name the event that closed it: the last of its <code>milestones</code>.
  </p>
  ${shell(
    'Withdraw the irritant',
    `look
act "$RU" withdraw '{ "reason": { "en": "Overtaken by events." } }'
field .stage < answer.json`,
  )}
  ${shell(
    'Reopen it',
    `look
CLOSING=$(field '.milestones.at(-1).eventId' < answer.json)
act "$RU" reopen '{ "closingEventId": "'"$CLOSING"'", "reason": { "en": "The visas were not issued." } }'
field .stage < answer.json`,
  )}
  <p>
    Nothing of this is lost: <a href="/docs/reading#history">the history and the replay</a> show every step.
  </p>`;

export const amendingSections: readonly Section[] = [
  { anchor: 'amending', title: 'Correcting and retracting', body: amending },
  { anchor: 'closing', title: 'Withdrawing and reopening', body: closing },
];
