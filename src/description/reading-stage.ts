import { get } from './reading-parts.js';
import { shell } from './operating-parts.js';
import type { Section } from './operating-parts.js';
import { html } from './page.js';

const stage = html`<p>
    <code>stage</code> is held jointly: it is the highest milestone that the acts of both sides have reached
    since the irritant was raised, last reopened or last reviewed. Nobody sets it by hand;
    <code>milestones</code> names the events that each one rests on.
  </p>
  <dl>
    <dt><code>under-consultation</code></dt>
    <dd>
      A respondent acknowledged it, always without prejudice; or the sides answered each other on it, be it in
      part; or both sides say that it was discussed at a round that both say was held. The word of one side is
      enough where the matter was raised before the first account of that round, or that account names it; an
      account that comes after both had said that the round was held does not count for this, and then the
      matter was raised before they had.
    </dd>
    <dt><code>roadmap-in-principle</code>, <code>agreed-in-principle</code></dt>
    <dd>
      One side claimed that a roadmap is to be developed, or that the matter is agreed in principle, and the
      other confirmed it in full. The two are equally high: the later reached is shown.
    </dd>
    <dt><code>roadmap-agreed</code>, <code>agreed</code></dt>
    <dd>
      Both sides assented to one version of a roadmap, or of a proposal that names the irritant, neither ad
      referendum; or one confirmed the other’s claim of an agreement in the same text. The two are equally
      high as well.
    </dd>
    <dt><code>in-implementation</code></dt>
    <dd>
      A step of an agreed roadmap was started by the side that owes it; or an exchange of notes is complete
      that both sides say covers the irritant; or a party reported that it fulfilled a commitment that binds
      it under what both agreed, in a text that names the commitment or as both sides say of it; or the other
      side has acknowledged that report.
    </dd>
    <dt><code>resolved</code>, <code>dormant</code>, <code>withdrawn</code></dt>
    <dd>
      One side accepted the terms of the other, with no mandatory step and no breach open; both want it to
      rest; every raiser withdrew it, and where both had agreed on something the other side accepts that.
    </dd>
  </dl>
  <p>
    Where both sides accept a linkage by which two irritants go <code>together</code> or in a
    <code>package</code>, or one <code>precedes</code> the other, the acceptance of terms waits: the overlay
    <code>conditional</code> names each irritant that it waits for. It takes effect once those are accepted
    too, all that wait for each other at once, steps and breaches being looked at again. Any other closing of
    one lifts the condition as well, which <code>flags</code> says. Until then either side takes its word back
    (<code>withdraw-resolution-acceptance</code>, <code>withdraw-resolution-proposal</code>). The linkage
    itself ends once both sides have released it.
  </p>
  <p>
    Beside it stands what each side says for itself, in <code>positions</code>. The two may well differ: a
    side may hold the matter to be resolved while the stage is still <code>under-consultation</code>. Read
    both. <code>overlays</code> says what holds on top of the stage: suspended, resolved in part, a breach
    alleged, resolved on a condition, the stage under review, or all that it rests on terminated;
    <code>overlayDetails</code> says by whom, since when, and on what. <code>raisers</code> is whoever raised
    it by its own word, or by evidence; where nobody says who did, it is empty.
  </p>`;

const claims = html`<p>
    What one side says was agreed is a claim of that side. It moves no stage until the other side confirms it.
    A claim is <code>unanswered</code>, <code>confirmed</code>, <code>partly-confirmed</code>,
    <code>denied</code> or <code>withdrawn</code>; silence is not denial. <code>awaiting</code> says whose
    word is owed, and since when.
  </p>
  ${shell('List the irritants at one stage', get('/v1/irritants?stage=under-consultation'))}`;

export const stageSections: readonly Section[] = [
  { anchor: 'stage', title: 'Stage and positions', body: stage },
  { anchor: 'claims', title: 'Claims', body: claims },
];
