import { get } from './reading-parts.js';
import { shell } from './operating-parts.js';
import type { Section } from './operating-parts.js';
import { html } from './page.js';

const clocks = html`<p>
    <code>occurred</code> is when something happened, as claimed; <code>recordedAt</code> is when it entered
    the record. So there are two questions about the past:
  </p>
  <dl>
    <dt><code>knownAt</code></dt>
    <dd>
      What did the record hold then? An instant, a revision such as <code>r3</code>, an ordinal of the
      dialogue such as <code>s340</code>, or a moment out of an answer.
    </dd>
    <dt><code>effectiveAt</code></dt>
    <dd>
      What, by all that the record holds, had happened by then? An EDTF date or an instant. Events that claim
      no time always count.
    </dd>
  </dl>
  ${shell(
    'Read an irritant as of a moment of knowledge and an effective date',
    get('/v1/irritants/RUUS-1?knownAt=s60&effectiveAt=2025-04-30'),
  )}
  <p>
    Ordinals count the events of one dialogue, from 0. An answer about one dialogue names
    <code>knownSeq</code>, the ordinal that the moment came to: ask for <code>knownAt=s…</code> with it, and
    the answer is the same for ever. Lists and searches may span dialogues, and name a moment instead,
    <code>asOf</code>: a place in the record that says nothing of what stands in it, so nobody learns from it
    how much is written elsewhere. Each answer has another one, and two can’t be compared. Give it as
    <code>knownAt</code> to ask about the same moment again; the link to the next page does. An answer about
    an instant is <code>final</code> once something was recorded after it; until then more may still be
    recorded within it. A day alone counts to its end in UTC. What was not there yet, and an instant that has
    not come, is answered 404 with the code <a href="/problems/not-yet"><code>not-yet</code></a
    >.
  </p>
  <p>
    To follow a dialogue, ask a list what was recorded of since an earlier answer: <code>since</code> with its
    <code>asOf</code>, or, with <code>dialogue</code>, <code>sinceSeq</code> with its <code>asOfSeq</code>.
    That misses nothing, where <code>updatedSince</code> with an instant may.
  </p>
  <p>
    An answer with the header <code>Record-Age</code> was given while the store of the record could not be
    reached: it is what this server knew so many seconds ago, and has no <code>ETag</code> to act on. Pages
    say so in words.
  </p>
  ${shell('See what changed since an answer', get('/v1/irritants?dialogue=$DIALOGUE&sinceSeq=60'))}`;

const history = html`<p>
    The history shows every event as it was recorded, with one sentence that says who did what. A corrected or
    retracted event stays where it is, and <code>amendedBy</code> names what amended it.
  </p>
  ${shell('Read the history of an irritant', get('/v1/irritants/RUUS-1/history?order=desc'))}
  ${shell('Ask what changed between two revisions', get('/v1/irritants/RUUS-1/diff?from=r0&to=r3'))}
  <p>
    The replay gives one frame for each event: the event, the state after it, and the patch (RFC 6902) that
    leads there. It comes from the same fold as every other answer.
  </p>
  ${shell('Replay an irritant as a stream of events', `${get('/v1/irritants/RUUS-1/replay')} \\\n  -N -H "Accept: text/event-stream"`)}`;

export const momentSections: readonly Section[] = [
  { anchor: 'clocks', title: 'Two clocks', body: clocks },
  { anchor: 'history', title: 'History, differences, replay', body: history },
];
