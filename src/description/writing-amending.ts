import { shell } from './operating-parts.js';
import type { Section } from './operating-parts.js';
import { html } from './page.js';

const correcting = html`<p>
    What was recorded stays. A correction sets other words, or another date, beside it, and every page shows
    what they were. A party corrects its own acts, in the role that the act needed; what was recorded in its
    name is corrected by whoever recorded it, or by a secretariat, until the party joins or endorses it, and
    then by that party; taking a correction back needs the same. Words that the other side may have assented
    to are sealed by their hash (<a href="/problems/content-sealed"><code>content-sealed</code></a
    >): make a new claim, version or proposal. No date moves past what relies on it.
  </p>
  ${shell(
    'Correct the words of a position',
    `look
EVENT=$(field .positions.ALDOR.eventId < answer.json)
act "$ALDOR" correct '{ "target": "'"$EVENT"'", "content": { "text": { "en": "Twelve visas are owed." } } }'
field .positions.ALDOR.text.en < answer.json`,
  )}`;

const takingBack = html`<p>
    A word can be taken back where that changes nothing for anybody else: by the principal that recorded it,
    while no act of another party and no consequence relies on it, and if it answered, ended or replaced
    nothing of another party. What took the place of an earlier word of one’s own is taken back only until the
    other side has spoken there again; what one has undertaken or waived oneself, not at all. So a retraction
    moves no stage and revives nothing. Otherwise it is
    <a href="/problems/relied-upon"><code>relied-upon</code></a
    >, with what relies on it; then another act is meant for it: to withdraw, terminate or reopen. The guide
    for reading has <a href="/docs/reading#taking-back">all of them in a table</a>. The first event of an
    irritant is not retracted (<a href="/problems/target-is-first"><code>target-is-first</code></a
    >): withdraw the irritant.
  </p>
  ${shell(
    'Take back a position of BREVIA, and fail to take back its answer to a claim',
    `look
EVENT=$(field .positions.BREVIA.eventId < answer.json)
act "$BREVIA" retract '{ "target": "'"$EVENT"'", "reason": { "en": "Entered on the wrong irritant." } }'
look
EVENT=$(field '.claims[0].answer.eventId' < answer.json)
act "$BREVIA" retract '{ "target": "'"$EVENT"'", "reason": { "en": "We meant another roadmap." } }'
field .code < answer.json`,
  )}`;

const repudiating = html`<p>
    An act under your party’s name that was not its own, as with a stolen key: a negotiator says so with
    <code>repudiate</code>. It is marked everywhere at once, and no more shown as the party’s words; it stays
    in force until <em>both</em> sides have concluded the same on it with <code>conclude-act-review</code>. It
    <code>stands</code>; or it is <code>void</code>, and drops out with all that rests on it, and what it had
    ended or replaced holds again.
  </p>
  ${shell(
    'Say that a position was not one’s own, and let both conclude on it',
    `look
act "$ALDOR" state-position '{ "stance": "resolved", "text": { "en": "Nothing is owed." } }'
EVENT=$(field .positions.ALDOR.eventId < answer.json)
look
act "$ALDOR" repudiate '{ "target": "'"$EVENT"'", "reason": { "en": "The key was stolen." } }'
look
act "$ALDOR" conclude-act-review '{ "target": "'"$EVENT"'", "outcome": "void" }'
look
act "$BREVIA" conclude-act-review '{ "target": "'"$EVENT"'", "outcome": "void" }'
field .positions.ALDOR.text.en < answer.json`,
  )}`;

const erasing = html`<p>
  Words that must not stay are erased once two people have asked for it with <code>request-erasure</code>, on
  the same ground: a negotiator of each party, and a secretariat in the place of a party that has not joined.
  In a dialogue that one party keeps alone, what is attributed to the absent one goes by
  <code>legal-duty</code> only. Then the words are gone from the store, from every read and from the files;
  that something was said, by whom and when, stays, and so does what it brought about. What is erased takes no
  new words (<a href="/problems/target-erased"><code>target-erased</code></a
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
act "$ALDOR" withdraw '{ "reason": { "en": "Overtaken by events." } }'
field .stage < answer.json`,
  )}
  ${shell(
    'Reopen it',
    `look
CLOSING=$(field '.milestones.at(-1).eventId' < answer.json)
act "$ALDOR" reopen '{ "closingEventId": "'"$CLOSING"'", "reason": { "en": "The visas were not issued." } }'`,
  )}
  <p>
    To resolve it takes both: one side proposes terms, and the other accepts these very words, naming the
    proposal and the <code>termsHash</code> that stand in <code>resolutions</code>. While a mandatory step of
    it is open or a breach alleged, the acceptance is refused and says which; where a linkage that both
    accepted ties it to another irritant, it takes effect with that one.
  </p>
  ${shell(
    'Propose terms, and let the other side accept them',
    `look
act "$ALDOR" propose-resolution '{ "terms": { "en": "Twelve visas are issued within a month of an application." } }'
RESOLUTION=$(field '.resolutions.at(-1).resolutionId' < answer.json)
TERMS=$(field '.resolutions.at(-1).termsHash' < answer.json)
look
act "$BREVIA" accept-resolution '{ "resolutionId": "'"$RESOLUTION"'", "termsHash": "'"$TERMS"'" }'
field .stage < answer.json`,
  )}
  <p>
    Nothing of this is lost: <a href="/docs/reading#history">the history and the replay</a> show every step.
  </p>`;

export const amendingSections: readonly Section[] = [
  { anchor: 'correcting', title: 'Correcting', body: correcting },
  { anchor: 'taking-back', title: 'Taking back', body: takingBack },
  { anchor: 'repudiating', title: 'What was not one’s own act', body: repudiating },
  { anchor: 'erasing', title: 'Erasing words', body: erasing },
  { anchor: 'closing', title: 'Withdrawing and reopening', body: closing },
];
