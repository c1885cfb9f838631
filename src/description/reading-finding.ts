import { get } from './reading-parts.js';
import { shell } from './operating-parts.js';
import type { Section } from './operating-parts.js';
import { html } from './page.js';

const search = html`<p>
    Every list takes <code>q</code>, beside its other filters and at any moment; one search goes over the
    whole record, and so does the field above the pages. Found is what has every word: in its titles,
    statements, quotes, positions and other words as they stand now, in its key, or in a name. What was
    corrected is found by its new words only, and what was erased or retracted not at all.
  </p>
  <p>
    A name that the record gives a party finds the dialogue, and whatever that party raised, answers, issued
    or signed. A name of a delegate finds the rounds of that person and the irritants that came up there, also
    where only another spelling was recorded: the record knows the person, not the letters.
  </p>
  <p>
    Words between quotation marks must follow each other. The last word may be the beginning of one, unless it
    ends in a digit: <code>RUUS</code> finds every irritant with that prefix, and <code>RUUS-1</code> that
    one. There are no other operators. What changed last stands first.
  </p>
  <p>
    A word is found however it is spelt: capitals, accents, Arabic vowel signs and hamza, Hebrew points, soft
    hyphens, joined or wide letters and the digits of other scripts make no difference;
    <code>ss</code> finds ß, <code>ae</code> æ, <code>oe</code> œ. Chinese, Japanese, Korean, Thai, Lao, Khmer
    and Burmese are found by any characters that follow each other, one alone included.
  </p>
  <p>
    Not found are other forms of a word and its translation, the middle of a word in scripts that put gaps
    between words (in Arabic also a word behind an article or a conjunction that is written with it),
    traditional characters by simplified ones, katakana by hiragana, ö by <code>oe</code>, й by и, and signs
    that are neither letters nor digits, emoji among them.
  </p>
  ${shell('List the irritants that concern a person', get('/v1/irritants?q=Darchiyev'))}
  ${shell('Search the whole record for a phrase', get('/v1/search?q=%22Russian+Federation%22'))}`;

const rounds = html`<p>
    Each side publishes its own account of a round. The comparison sets all that they say of each irritant
    beside each other: <code>agreed</code> where both say it, <code>differing</code> where one says agreed and
    the other only discussed, <code>silent</code> with the side that does not mention it,
    <code>contradicted</code> with what became of it; what a side only calls for is
    <code>side-by-side</code> and never agreed. What the press says stands in a column of its own.
    <code>scheduledDuring</code> lists the suspensions of the dialogue that stood when the round was
    scheduled. The round itself stores nothing of them: one that was disavowed, void or taken back since never
    stood.
  </p>
  ${shell('Compare the accounts of a round', get('/v1/rounds/$ROUND/comparison'))}`;

const brief = html`<p>
    What one side takes to the next round, as of any moment: every open irritant on a page of its own, with
    both positions side by side, what is awaited of whom and since when, and what each side said last, each
    word with its source; then the next round, who has fallen silent, figures and sources. The side that
    <code>for</code> names comes first. Only its own people may read it, and whoever belongs to no party: ask
    with a key of that side, or of a reader of none.
  </p>
  ${shell('Read the briefing book as Markdown', `${get('/v1/dialogues/$DIALOGUE/brief?for=RU')} \\\n  -H "Accept: text/markdown"`)}
  <p>
    Without that header it is HTML, which prints on A4. Whoever reads these pages in a browser finds it under
    each dialogue on <a href="/">the record</a>. <code>/agenda</code>, <code>/stale</code> and
    <code>/statistics</code> of the same dialogue give what it is made from as JSON.
  </p>`;

export const findingSections: readonly Section[] = [
  { anchor: 'search', title: 'Search', body: search },
  { anchor: 'rounds', title: 'Two accounts of one round', body: rounds },
  { anchor: 'brief', title: 'Briefing book', body: brief },
];
