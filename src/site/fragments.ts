import type { PartyNames } from '../wording/party-names.js';
import { wording } from '#libs/decider';
import type { LangText, SaidView, SourceRef } from '#libs/decider';
import { html, written } from '#libs/html';
import type { Html } from '#libs/html';
import { renamedIn } from '../wording/corrected-source.js';
import { instantInWords, isSameDay, occurredInWords } from '../wording/dates.js';
import type { Sources } from '../reading/documents.js';
import { isWordsField } from '../platform/record/words-field.js';
import { marksOn, spoken, spokenAs } from '../wording/spoken.js';
import { titleNote } from '../wording/standing.js';
import type { Spoken, Told, Worded } from '../wording/spoken.js';
import { capacityMarks, capitalised, ladder, reachedBy, stageInWords, term } from '../wording/terms.js';
import type { Climbed } from '../wording/terms.js';

export function nothing(words: string): Html {
  return html`<span class="none">${words}</span>`;
}

/** One wording, marked with its language where that is not the page's own. */
export function titled(text: LangText, otherwise: string): Html {
  const words = wording(text);
  if (words === '') return nothing(otherwise);
  const [lang = 'en'] = Object.entries(text).find(([, one]) => one === words) ?? [];
  return written(words, lang);
}

/** Words in one language: quoted where they are what was said, and otherwise with whose they are. */
export function spokenWords({ lang, text, isQuotable, whose }: Spoken): Html {
  const note = whose.length === 0 ? '' : html`<p class="whose">${told(whose)}</p>`;
  return isQuotable
    ? html`<blockquote lang="${lang}" dir="auto"><p>${text}</p></blockquote>
        ${note}`
    : html`<div class="summary" lang="${lang}" dir="auto"><p>${text}</p></div>
        ${note}`;
}

/** What an entry holds under a field, in every language in which it is recorded. */
export function quotations(entry: Worded, field: string): readonly Html[] {
  return spoken(entry, field).map(spokenWords);
}

/** A sentence of ours, and in it what somebody wrote. */
export function told(pieces: readonly Told[]): Html {
  return html`${pieces.map(({ text, isWritten }) => (isWritten ? written(text) : text))}`;
}

export function capacity(one: SaidView['capacity']): Html {
  return html`<span class="capacity"><span aria-hidden="true">${capacityMarks[one]}</span> ${one}</span>`;
}

export function partyCode(code: string | null): Html {
  return code === null ? html`` : html`<b class="party">${code}</b>`;
}

/** A party's code with the name that the record knows it by. */
export function partyNamed(code: string, names: PartyNames): Html {
  const name = names.get(code);
  return name === undefined ? html`${code}` : html`${code} <span class="party-name">${written(name)}</span>`;
}

/** A source by its title, leading to its entry at the end of the page; with a mark where a party has disowned it, or its words are others since. */
export function sourceLink(id: string, sources: Sources): Html {
  const source = sources.get(id);
  const title = typeof source?.title === 'string' ? written(source.title) : 'a source whose words are erased';
  const issuers =
    source === undefined || source.issuers.length === 0 ? '' : ` of ${source.issuers.join(' and ')}`;
  const barredBy = source?.barredBy ?? [];
  const disowned = barredBy.length === 0 ? [] : badges([`disowned by ${barredBy.join(' and ')}`]);
  const renamed = source === undefined ? [] : renamedIn(source).slice(-1);
  const corrected = renamed.length === 0 ? [] : badges(renamed.map(({ by }) => `corrected by ${by}`));
  return html`<a href="#source-${id}">${title}</a>${issuers}${disowned}${corrected}`;
}

/** The sources by title, each leading to its entry at the end of the page. */
export function citations(refs: readonly SourceRef[], sources: Sources): Html {
  const links = refs.map(({ sourceId, locator }, index) => {
    const place = locator === undefined ? '' : html` (${written(locator)})`;
    return html`${index === 0 ? '' : '; '}${sourceLink(sourceId, sources)}${place}`;
  });
  return links.length === 0 ? html`` : html`<span class="cited">· Source: ${links}</span>`;
}

/** Both clocks: when it happened, as claimed, and when it was recorded. */
export function clocks(one: Pick<SaidView, 'occurred' | 'recordedAt'>): Html {
  const recorded = html`recorded <time datetime="${one.recordedAt}">${instantInWords(one.recordedAt)}</time>`;
  if (one.occurred === undefined) return html`<span class="clocks">${recorded}</span>`;
  const sameDay = isSameDay(one.occurred, one.recordedAt) ? 'the same day, ' : '';
  return html`<span class="clocks">occurred ${occurredInWords(one.occurred)} · ${sameDay}${recorded}</span>`;
}

/** What became of an entry since: who endorsed, corrected, doubted or repudiated it, and what it was before. */
export function markLines(one: Worded): Html {
  const { notes, was } = marksOn(one);
  const lines = notes.map((note) => html`<p class="amended">${capitalised(note)}</p>`);
  const before = was.flatMap(({ field, text, worded }) =>
    spokenAs(worded, field, text).map(
      (words) =>
        html`<div class="was">
          <span class="label">Was, until it was corrected:</span>
          ${isWordsField(field) ? spokenWords(words) : written(words.text, words.lang)}
        </div>`,
    ),
  );
  return html`${lines}${before}`;
}

/** Who said it, in which capacity, when, on which evidence, and what became of it since. */
export function saidLine(one: SaidView, sources: Sources): Html {
  return html`<p class="said">
      ${partyCode(one.party)} ${capacity(one.capacity)} · ${clocks(one)} ${citations(one.sources, sources)}
    </p>
    ${markLines(one)}`;
}

/** The joint stage with what was reached on the ladder of open stages; the ladder says nothing that the words don't. */
export function stageMark(climbed: Climbed): Html {
  const reached = reachedBy(climbed)?.rung ?? -1;
  const rungs = ladder.map((_, index) => html`<i class="${index <= reached ? 'reached' : 'open'}"></i>`);
  return html`<span class="stage"
    ><span class="ladder" aria-hidden="true">${rungs}</span> ${stageInWords(climbed)}</span
  >`;
}

/** Behind the title of a matter: whose wording it is, where it is one side's alone. */
export function titleNoted(whose: Parameters<typeof titleNote>[0]): Html {
  const note = titleNote(whose);
  return note === '' ? html`` : html`<span class="whose-title">${note}</span>`;
}

export function badges(all: readonly string[]): readonly Html[] {
  return all.map((one) => html` <span class="badge">${term(one)}</span>`);
}
