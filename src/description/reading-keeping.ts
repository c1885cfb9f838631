import { get } from './reading-parts.js';
import { shell } from './operating-parts.js';
import type { Section } from './operating-parts.js';
import { html } from './page.js';

const keeping = html`<p>
    A party <em>joins</em> a dialogue through its negotiator, and can’t leave. From then on it speaks for
    itself, and nobody else records in its name. Before, others may record what it said, each time from a
    source that it issued. So ask of each dialogue first in whose hand it is; <code>kept</code> says it:
  </p>
  <dl>
    <dt><code>both</code></dt>
    <dd>Both sides have joined. Since then each of them records its own acts, and none of the other’s.</dd>
    <dt><code>one</code></dt>
    <dd>
      The side that <code>party</code> names has joined, alone, and no secretariat has recorded. What it says
      that the other did is drawn from that side’s own statements; the other has neither seen nor answered it,
      unless it endorsed or disavowed it, and nothing in it bears on any other dialogue.
    </dd>
    <dt><code>secretariat</code></dt>
    <dd>
      Somebody who acts for neither side opened it or records in it, for whichever side has not joined. The
      demonstration’s consultations of Istanbul are kept so: neither government recorded them.
    </dd>
  </dl>
  <p>
    <code>joined</code> says who joined, and when, and in <code>firstKey</code> how the first key of its
    negotiators came about: any later one takes one of them. Joining endorses nothing that was recorded
    before. A party is shown by the name that it gave itself, in <code>names</code>, or by its code;
    <code>aliases</code> are words to search by, and nobody’s name.
  </p>
  <p>
    Every answer says how the dialogue is kept, as of its own moment: lists and hits of each entry, histories,
    comparisons, agendas, statistics, each frame of a replay, and whatever is asked as of another moment, in
    <code>kept</code>. The representation of one entry has it beside it, in the header
    <code>Dialogue-Kept</code> (<code>both</code>, <code>one;party=RU</code>, <code>secretariat</code>): its
    strong <code>ETag</code> is the revision of that entry, and a joining changes the dialogue. A final answer
    goes on to say how the dialogue was kept then, whoever joins later.
  </p>
  ${shell('See in whose hand a dialogue is', get('/v1/dialogues/$DIALOGUE'))}`;

const capacity = html`<dl>
    <dt><code>direct</code></dt>
    <dd>
      The party recorded its own act, through its own key; or it has endorsed what others had recorded in its
      name, and <code>endorsedBy</code> names the event.
    </dd>
    <dt><code>attributed</code></dt>
    <dd>
      Somebody else recorded what the party said, while it had not joined. Every such act, a mere statement
      too, cites a note, a statement or a joint text that this party issued. What a third party or the press
      says is recorded as theirs: <code>party</code> is null, and it bears on no stage.
    </dd>
    <dt><code>derived</code></dt>
    <dd>No act at all: it follows from other events, which it names.</dd>
  </dl>
  <p>
    A word that is attributed never takes the place of a direct word of the same party; its direct word takes
    the place of one that was attributed to it. <code>basis</code> of a stage is <code>direct</code> only if
    everything it rests on is direct or endorsed. A stage on <code>attributed</code> ground is what the
    sources say, not yet what the parties themselves have recorded.
  </p>`;

const whose = html`<p>
    <code>wording</code> says of the words of an entry whose they are, by field and language where they
    differ:
  </p>
  <dl>
    <dt><code>own</code></dt>
    <dd>The party’s own, as it recorded them. Of a direct act without <code>wording</code> they are.</dd>
    <dt><code>verbatim</code></dt>
    <dd>As they stand in the source.</dd>
    <dt><code>translation</code></dt>
    <dd>Of words that stand there in the language of <code>translationFrom</code>, by whom it says.</dd>
    <dt><code>summary</code></dt>
    <dd>What somebody said, in the words of whoever recorded it.</dd>
  </dl>
  <p>
    Only the first three ever stand in quotation marks, or as what a party says in its words. Titles, names
    and venues are labels: nobody is quoted by them.
  </p>`;

export const keepingSections: readonly Section[] = [
  { anchor: 'keeping', title: 'How a dialogue is kept', body: keeping },
  { anchor: 'capacity', title: 'Direct, attributed, derived', body: capacity },
  { anchor: 'words', title: 'Whose words', body: whose },
];
