import { html, written } from '#libs/html';
import type { Html } from '#libs/html';
import {
  badges,
  citations,
  clocks,
  partyCode,
  sourceLink,
  spokenWords,
  stageMark,
  told,
} from './fragments.js';
import { keyOf } from '../reading/naming.js';
import type { HistoryEntry } from '../reading/history.js';
import type { IrritantReading } from './irritant.reading.js';
import { flagInWords } from '../wording/flags.js';
import { labelOf } from '../wording/quotes.js';
import type { Quote } from '../wording/quotes.js';
import type { Told } from '../wording/spoken.js';
import { onlyTheOperator, provenInWords, standingInWords } from '../wording/proven.js';
import { aloneInWords, outInWords, recordedInWords } from '../wording/standing.js';
import { aboutInWords, amendmentInWords, entryInWords } from '../wording/tellings.js';
import { capacityMarks, capitalised, Term } from '../wording/terms.js';

/** What is to be looked at in the entry, and in which source or entry. */
function flagged(
  { sources, entries }: IrritantReading,
  { event, flags = [] }: HistoryEntry,
): readonly Html[] {
  return flags.map((flag) => {
    const words = capitalised(flagInWords(flag, event.envelope.act.party));
    if ('sourceId' in flag)
      return html`<p class="flagged">⚑ ${words}: ${sourceLink(flag.sourceId, sources)}</p>`;
    const on = entries.find((one) => one.event.envelope.id === flag.eventId);
    const which = on === undefined ? '' : html`: see <a href="#s${on.seq}">s${on.seq}</a>`;
    return html`<p class="flagged">⚑ ${words}${which}</p>`;
  });
}

/** Both ways: what amended this entry since, and which entry this one is about. */
function notes(entries: readonly HistoryEntry[], entry: HistoryEntry): readonly Html[] {
  const seqOf = (eventId: string) => entries.find(({ event }) => event.envelope.id === eventId)?.seq;
  const link = (eventId: string) => {
    const seq = seqOf(eventId);
    return seq === undefined ? html`an entry elsewhere` : html`<a href="#s${seq}">s${seq}</a>`;
  };
  const later = (entry.amendedBy ?? []).map((one) => {
    const said = amendmentInWords({ type: one.type, eventId: one.eventId }, () => '');
    return one.restedOn === undefined
      ? html`<p class="amended">${capitalised(said)}: see ${link(one.eventId)}</p>`
      : html`<p class="amended">
          Fell with ${link(one.restedOn)}, on which it rests (${said}): see ${link(one.eventId)}
        </p>`;
  });
  const on = entries.find(({ seq }) => seq === entry.about?.seq);
  const about =
    on === undefined
      ? []
      : [html`<p class="about">On <a href="#s${on.seq}">s${on.seq}</a>${said(aboutInWords(entry, on))}</p>`];
  return [...about, ...later];
}

/** What an entry is about, where its own sentence does not say it. */
function said(about: readonly Told[]): Html {
  return about.length === 0 ? html`` : html`: ${told(about)}`;
}

function quotation(quote: Quote): Html {
  const label = labelOf(quote);
  const shown = label === '' ? '' : html`<span class="label">${label}</span>`;
  const { lang, text, isQuotable, whose } = quote;
  if (lang === null) return html`<p class="given">${shown} ${written(text)}</p>`;
  return html`<div class="quote">${shown} ${spokenWords({ lang, text, isQuotable, whose })}</div>`;
}

function moved({ moves }: IrritantReading, seq: number): Html {
  const move = moves.get(seq);
  if (move === undefined) return html``;
  const from = move.from === undefined ? '' : html`${Term(move.from)} <span aria-label="becomes">→</span> `;
  return html`<p class="moved">
    Stage:
    ${from}${stageMark({ stage: move.to, milestones: move.from === undefined ? [] : [{ stage: move.from }] })}${aloneInWords(move)}
  </p>`;
}

/** The round, other instrument or other irritant whose own history the entry is from; nothing for the irritant's own. */
function instrumentOf({ linked, irritant, readings }: IrritantReading, stream: string): Html {
  const id = stream.slice(stream.indexOf('-') + 1);
  const found = linked.find((one) => one['id'] === id);
  if (id === irritant.id) return html``;
  if (found === undefined) {
    const key = keyOf(readings.record, id);
    return key === undefined ? html`` : html`<span class="from">${key}</span>`;
  }
  const number = typeof found['number'] === 'number' ? ` ${found['number']}` : '';
  return html`<span class="from">${Term(found.kind)}${number}</span>`;
}

function item(reading: IrritantReading, entry: HistoryEntry): Html {
  const { envelope } = entry.event;
  const on = reading.entries.find(({ seq }) => seq === entry.about?.seq);
  const { head, quotes } = entryInWords(entry, on, reading.entries);
  const out = outInWords(entry.standing);
  const marks = entry.standing === undefined ? [] : [out ?? entry.standing];
  const look = out === undefined ? '' : ' dropped';
  return html`<li id="s${entry.seq}" class="entry ${envelope.act.capacity}${look}">
    <p class="entry-head">
      <span class="mark" aria-hidden="true">${capacityMarks[envelope.act.capacity]}</span>
      <a class="seq" href="#s${entry.seq}">s${entry.seq}</a>
      <strong>${told(head)}</strong>
      ${instrumentOf(reading, envelope.stream)}${badges(marks)}
    </p>
    ${quotes.map(quotation)}
    <p class="said">
      ${partyCode(envelope.act.party)} ${recordedInWords(entry)} · ${clocks(envelope)}
      ${citations(envelope.sources, reading.sources)}${entry.proof === undefined ? '' : html` <span class="proof">· ${provenInWords(entry.proof)}</span>`}
    </p>
    ${flagged(reading, entry)}${notes(reading.entries, entry)} ${moved(reading, entry.seq)}
  </li>`;
}

/** Where who vouches for the entries is told; of another moment than the present nothing is. */
function vouching({ signed, readings, irritant }: IrritantReading): Html {
  if (readings.isAsOf) return html``;
  const said =
    signed === undefined
      ? `Of what is signed nothing is known here: take it that ${onlyTheOperator}.`
      : standingInWords(signed);
  return html`<p class="quiet">
    ${said} <a href="/dialogues/${irritant.dialogueId}/trust">How far is this trusted, and by whom?</a>
  </p>`;
}

/** Every entry that bears on the irritant, in the order of the record, with both clocks. */
export function timelineSection(reading: IrritantReading): Html {
  const left =
    reading.leftOut === 0
      ? ''
      : html`<p class="quiet">
          ${reading.leftOut} ${reading.leftOut === 1 ? 'entry is' : 'entries are'} left out, which had not
          happened by then.
        </p>`;
  return html`<section aria-labelledby="timeline">
    <h2 id="timeline">Timeline</h2>
    <p class="quiet">
      In the order in which it was recorded; each entry says when it happened and when it was recorded. ●
      direct, ◐ attributed, ○ derived by rule.
    </p>
    ${vouching(reading)} ${left}
    <ol class="timeline">
      ${reading.entries.map((one) => item(reading, one))}
    </ol>
  </section>`;
}
