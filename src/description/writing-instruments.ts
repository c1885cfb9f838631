import type { Section } from './operating-parts.js';
import { html } from './page.js';

const instruments = html`<p>
    Proposals and roadmaps are texts in versions. Tabling is not assenting: each side assents to one version
    by its <code>version</code> and <code>contentHash</code>, both in <code>versions</code>, at once or
    <code>adReferendum</code>, which holds once its capital has confirmed it. A new version drops the assents
    to the one before, for good. Two full assents to one hash are an agreement, which is amended by another
    agreed version or terminated, and never un-assented. A non-paper commits nobody, and nobody assents to it.
  </p>
  <p>
    The hash is the SHA-256 of the canonical JSON (RFC 8785) of
    <code>{nonce, languages, authentic, irritantIds, texts, steps?, commitments?}</code>, all of which stand
    in the version, so that anybody can compute it: <code>steps</code> in a roadmap, <code>commitments</code>
    where the text names any. Of a version whose words are not held, send the hash of its paper as
    <code>textHash</code>; the server hashes
    <code>{textHash, languages, authentic, irritantIds, steps?, commitments?}</code>, and both sides assent to
    that. The <code>texts</code> of a roadmap are texts by language under <code>preamble</code>, under the id
    of a step (you choose it, a UUID), and under that id followed by <code>.acceptance</code> for how the step
    is found to be done.
  </p>
  <p>
    The side that owes a step starts it, reports it done, and says that it is blocked; the other side accepts,
    rejects or waives it. A step can be started before those that it comes after, and is accepted only after
    them. With the last mandatory step the roadmap is completed.
  </p>
  <p>
    A commitment is asserted: who should owe whom what, as one side says it. It is in force for an obligor by
    that obligor’s own word, <code>POST /v1/commitments/{id}/undertake</code>, or once both sides have agreed
    on a text that names it in <code>commitments</code>, on its own terms; nobody puts the other side in debt.
    Where the text says otherwise than the commitment, <code>flags</code> of the commitment says so and
    nothing follows. Of one text the version agreed last counts: what that one names no more on its terms is
    in force by the text no more, as when the text is terminated; an own undertaking stays, and so does a date
    that both have moved since, where the new version leaves the date as it was. An obligor declines what is
    only asserted of it, and may undertake it later. Fulfilment is reported, each time under a
    <code>reportId</code>, and then acknowledged or disputed: an answer names the report, unless one alone is
    open. The <code>basis</code> of a commitment is what whoever asserts it says; it is both sides’ once the
    other one has undertaken it so, or has acknowledged its fulfilment. A breach is alleged of what is in
    force, each under a <code>breachId</code> by which it is answered and withdrawn, and while it stands the
    irritant can not be resolved. A new date holds once both sides have said it; the side to which it is owed
    waives it.
  </p>
  <p>
    What somebody else recorded in a party’s name, that party endorses or disavows where it stands, on an
    instrument as on an irritant: <code>POST …/disavow</code> with the event in <code>target</code>. Where a
    milestone of an irritant rested on it, the stage has fallen with it once the
    <code>Event-Position</code> of the answer is reached.
  </p>`;

export const instrumentSections: readonly Section[] = [
  { anchor: 'instruments', title: 'Proposals, roadmaps, commitments', body: instruments },
];
