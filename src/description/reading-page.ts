import { html, layout } from './page.js';
import type { Html } from './page.js';

function shell(label: string, text: string): Html {
  return html`<pre tabindex="0" aria-label="${label}"><code>${text}</code></pre>`;
}

const get = (path: string) => `curl -sS "$ENTENTE${path}" \\\n  -H "Authorization: Bearer $KEY"`;

const words: readonly (readonly [string, string, Html])[] = [
  [
    'stage',
    'Stage and positions',
    html`<p>
        <code>stage</code> is held jointly: it is the highest milestone that the acts of both sides have
        reached since the irritant was raised, last reopened or last reviewed. Nobody sets it by hand;
        <code>milestones</code> names the events that each one rests on.
      </p>
      <dl>
        <dt><code>under-consultation</code></dt>
        <dd>
          A respondent acknowledged it, always without prejudice; or the sides answered each other on it, be
          it in part; or it was discussed, by either side’s word, at a round that both sides say was held.
        </dd>
        <dt><code>roadmap-in-principle</code>, <code>agreed-in-principle</code></dt>
        <dd>
          One side claimed that a roadmap is to be developed, or that the matter is agreed in principle, and
          the other confirmed it in full. The two are equally high: the later reached is shown.
        </dd>
        <dt><code>roadmap-agreed</code>, <code>agreed</code></dt>
        <dd>
          Both sides assented to one version of a roadmap, or of a proposal that names the irritant, neither
          ad referendum; or one confirmed the other’s claim of an agreement in the same text. The two are
          equally high as well.
        </dd>
        <dt><code>in-implementation</code></dt>
        <dd>
          A step of an agreed roadmap was started by the side that owes it; or an exchange of notes is
          complete that both sides say covers the irritant; or a party reported that it fulfilled a commitment
          that binds it.
        </dd>
        <dt><code>resolved</code>, <code>dormant</code>, <code>withdrawn</code></dt>
        <dd>
          One side accepted the terms of the other, with no mandatory step and no breach open; both want it to
          rest; every raiser withdrew it, and where both had agreed on something the other side accepts that.
        </dd>
      </dl>
      <p>
        Beside it stands what each side says for itself, in <code>positions</code>. The two may well differ: a
        side may hold the matter to be resolved while the stage is still <code>under-consultation</code>. Read
        both. <code>overlays</code> says what holds on top of the stage: suspended, resolved in part, a breach
        alleged, the stage under review, or all that it rests on terminated; <code>overlayDetails</code> says
        by whom, since when, and on what.
      </p>`,
  ],
  [
    'claims',
    'Claims',
    html`<p>
        What one side says was agreed is a claim of that side, with its source. It moves no stage until the
        other side confirms it. A claim is <code>unanswered</code>, <code>confirmed</code>,
        <code>partly-confirmed</code>, <code>denied</code> or <code>withdrawn</code>; silence is not denial.
        <code>awaiting</code> says whose word is owed, and since when.
      </p>
      ${shell('List the irritants at one stage', get('/v1/irritants?stage=under-consultation'))}`,
  ],
  [
    'capacity',
    'Direct, attributed, derived',
    html`<dl>
        <dt><code>direct</code></dt>
        <dd>The party recorded its own act, through its own key.</dd>
        <dt><code>attributed</code></dt>
        <dd>
          Somebody else recorded it in the name of the party, citing a source. What binds a party needs a
          source that this party issued; press never binds anybody. The party can disavow it.
        </dd>
        <dt><code>derived</code></dt>
        <dd>No act at all: it follows from other events, which it names.</dd>
      </dl>
      <p>
        <code>basis</code> of a stage is <code>direct</code> only if everything it rests on is. A stage on
        <code>attributed</code> ground is what the sources say, not yet what the parties themselves have
        recorded.
      </p>`,
  ],
  [
    'clocks',
    'Two clocks',
    html`<p>
        <code>occurred</code> is when something happened, as claimed; <code>recordedAt</code> is when it
        entered the record. So there are two questions about the past:
      </p>
      <dl>
        <dt><code>knownAt</code></dt>
        <dd>
          What did the record hold then? An instant, a revision such as <code>r3</code>, or an ordinal such as
          <code>s340</code>.
        </dd>
        <dt><code>effectiveAt</code></dt>
        <dd>
          What, by all that the record holds, had happened by then? An EDTF date or an instant. Events that
          claim no time always count.
        </dd>
      </dl>
      ${shell(
        'Read the rounds as of a moment of knowledge and an effective date',
        get('/v1/rounds?knownAt=s100&effectiveAt=2025-03-01'),
      )}
      <p>
        Every such answer names <code>knownSeq</code>, the ordinal that the moment came to: ask for
        <code>knownAt=s…</code> with it, and the answer is the same for ever. An answer about an instant is
        <code>final</code> once something was recorded after it; until then more may still be recorded within
        it. A day alone counts to its end in UTC. What was not there yet, and an instant that has not come, is
        answered 404 with the code <a href="/problems/not-yet"><code>not-yet</code></a
        >.
      </p>`,
  ],
  [
    'history',
    'History, differences, replay',
    html`<p>
        The history shows every event as it was recorded, with one sentence that says who did what. A
        corrected or retracted event stays where it is, and <code>amendedBy</code> names what amended it.
      </p>
      ${shell('Read the history of an irritant', get('/v1/irritants/RUUS-1/history?order=desc'))}
      ${shell('Ask what changed between two revisions', get('/v1/irritants/RUUS-1/diff?from=r0&to=r3'))}
      <p>
        The replay gives one frame for each event: the event, the state after it, and the patch (RFC 6902)
        that leads there. It comes from the same fold as every other answer.
      </p>
      ${shell('Replay an irritant as a stream of events', `${get('/v1/irritants/RUUS-1/replay')} \\\n  -N -H "Accept: text/event-stream"`)}`,
  ],
  [
    'search',
    'Search',
    html`<p>
        Every list takes <code>q</code>, beside its other filters and at any moment; one search goes over the
        whole record, and so does the field above the pages. Found is what has every word: in its titles,
        statements, quotes, positions and other words as they stand now, in its key, or in a name. What was
        corrected is found by its new words only, and what was erased or retracted not at all.
      </p>
      <p>
        A name that the record gives a party finds the dialogue, and whatever that party raised, answers,
        issued or signed. A name of a delegate finds the rounds of that person and the irritants that came up
        there, also where only another spelling was recorded: the record knows the person, not the letters.
      </p>
      <p>
        Words between quotation marks must follow each other. The last word may be the beginning of one,
        unless it ends in a digit: <code>RUUS</code> finds every irritant with that prefix, and
        <code>RUUS-1</code> that one. There are no other operators. What changed last stands first.
      </p>
      <p>
        A word is found however it is spelt: capitals, accents, Arabic vowel signs and hamza, Hebrew points,
        soft hyphens, joined or wide letters and the digits of other scripts make no difference;
        <code>ss</code> finds ß, <code>ae</code> æ, <code>oe</code> œ. Chinese, Japanese, Korean, Thai, Lao,
        Khmer and Burmese are found by any characters that follow each other, one alone included.
      </p>
      <p>
        Not found are other forms of a word and its translation, the middle of a word in scripts that put gaps
        between words (in Arabic also a word behind an article or a conjunction that is written with it),
        traditional characters by simplified ones, katakana by hiragana, ö by <code>oe</code>, й by и, and
        signs that are neither letters nor digits, emoji among them.
      </p>
      ${shell('List the irritants that concern a person', get('/v1/irritants?q=Darchiyev'))}
      ${shell('Search the whole record for a phrase', get('/v1/search?q=%22Russian+Federation%22'))}`,
  ],
  [
    'rounds',
    'Two accounts of one round',
    html`<p>
        Each side publishes its own account of a round. The comparison sets all that they say of each irritant
        beside each other: <code>agreed</code> where both say it, <code>differing</code> where one says agreed
        and the other only discussed, <code>silent</code> with the side that does not mention it,
        <code>contradicted</code> with what became of it; what a side only calls for is
        <code>side-by-side</code> and never agreed. What the press says stands in a column of its own.
      </p>
      ${shell('Compare the accounts of a round', get('/v1/rounds/$ROUND/comparison'))}`,
  ],
  [
    'brief',
    'Briefing book',
    html`<p>
        What one side takes to the next round, as of any moment: every open irritant on a page of its own,
        with both positions side by side, what is awaited of whom and since when, and what each side said
        last, each word with its source; then the next round, who has fallen silent, figures and sources. The
        side that
        <code>for</code> names comes first.
      </p>
      ${shell('Read the briefing book as Markdown', `${get('/v1/dialogues/$DIALOGUE/brief?for=RU')} \\\n  -H "Accept: text/markdown"`)}
      <p>
        Without that header it is HTML, which prints on A4. Whoever reads these pages in a browser finds it
        under each dialogue on <a href="/">the record</a>. <code>/agenda</code>, <code>/stale</code> and
        <code>/statistics</code> of the same dialogue give what it is made from as JSON.
      </p>`,
  ],
];

/** How to read the record: what its words mean, with examples to try. */
export function readingPage(): string {
  return layout({
    title: 'How to read the record',
    nav: html`<ul>
      ${words.map(([anchor, title]) => html`<li><a href="#${anchor}">${title}</a></li>`)}
    </ul>`,
    main: html`<h1>How to read the record</h1>
      <p>
        The record says who said what, when, and on which evidence. It decides nothing between the sides. In
        the examples <code>$ENTENTE</code> is the address of this server and <code>$KEY</code> an API key.
      </p>
      ${words.map(
        ([anchor, title, body]) =>
          html`<h2 id="${anchor}">${title}</h2>
            ${body}`,
      )}`,
  });
}
