import { html, written } from '../description/page.js';
import type { Html } from '../description/page.js';
import { badges, citations, clocks, partyCode, stageMark, told } from './fragments.js';
import { keyOf } from './irritant-linkages.js';
import type { HistoryEntry } from '../audit/documents.js';
import type { IrritantReading } from './irritant.reading.js';
import { labelOf, withoutTail } from './quotes.js';
import type { Quote } from './quotes.js';
import { capacityInWords, capacityMarks, Term } from './terms.js';

const amendments: { readonly [type: string]: string } = {
  EventCorrected: 'Corrected later',
  EventRetracted: 'Retracted later',
  ErasureRequested: 'Erasure asked for later',
  ContentErased: 'Words erased later',
};

function seqOf(entries: readonly HistoryEntry[], eventId: unknown): number | undefined {
  return entries.find(({ event }) => event.envelope.id === eventId)?.seq;
}

/** Both ways: what amended this entry since, and which entry this one amends. */
function amendmentNotes(entries: readonly HistoryEntry[], entry: HistoryEntry): readonly Html[] {
  const { envelope, data } = entry.event;
  const link = (eventId: unknown) => {
    const seq = seqOf(entries, eventId);
    return seq === undefined ? html`another entry` : html`<a href="#s${seq}">s${seq}</a>`;
  };
  const later = (entry.amendedBy ?? []).map(
    (one) =>
      html`<p class="amended">${amendments[one.type] ?? 'Amended later'}: see ${link(one.eventId)}</p>`,
  );
  const own = Object.hasOwn(amendments, envelope.type)
    ? [html`<p class="amended">Concerns ${link(data['target'])}</p>`]
    : [];
  return [...later, ...own];
}

function quotation(quote: Quote): Html {
  const label = labelOf(quote);
  const shown = label === '' ? '' : html`<span class="label">${label}</span>`;
  if (quote.lang === null) return html`<p class="given">${shown} ${written(quote.text)}</p>`;
  return html`<div class="quote">
    ${shown}
    <blockquote lang="${quote.lang}" dir="auto"><p>${quote.text}</p></blockquote>
  </div>`;
}

function moved({ moves }: IrritantReading, seq: number): Html {
  const move = moves.get(seq);
  if (move === undefined) return html``;
  const from = move.from === undefined ? '' : html`${Term(move.from)} <span aria-label="becomes">→</span> `;
  return html`<p class="moved">Stage: ${from}${stageMark(move.to)}</p>`;
}

/** The round, other instrument or other irritant whose own history the entry is from; nothing for the irritant's own. */
function instrumentOf({ linked, irritant, dialogue }: IrritantReading, stream: string): Html {
  const id = stream.slice(stream.indexOf('-') + 1);
  const found = linked.find((one) => one['id'] === id);
  if (id === irritant.id) return html``;
  if (found === undefined) {
    const key = keyOf(dialogue, id);
    return key === undefined ? html`` : html`<span class="from">${key}</span>`;
  }
  const number = typeof found['number'] === 'number' ? ` ${found['number']}` : '';
  return html`<span class="from">${Term(found.kind)}${number}</span>`;
}

function item(reading: IrritantReading, entry: HistoryEntry): Html {
  const { envelope } = entry.event;
  const { head, quotes } = withoutTail(entry.summary, entry.event);
  const isAmended = (entry.amendedBy ?? []).some(({ type }) => type === 'EventRetracted');
  return html`<li id="s${entry.seq}" class="entry ${envelope.act.capacity}${isAmended ? ' retracted' : ''}">
    <p class="entry-head">
      <span class="mark" aria-hidden="true">${capacityMarks[envelope.act.capacity]}</span>
      <a class="seq" href="#s${entry.seq}">s${entry.seq}</a>
      <strong>${told(head)}</strong>
      ${instrumentOf(reading, envelope.stream)}${badges(isAmended ? ['retracted'] : [])}
    </p>
    ${quotes.map(quotation)}
    <p class="said">
      ${partyCode(envelope.act.party)} ${capacityInWords(envelope.act)} · ${clocks(envelope)}
      ${citations(envelope.sources, reading.sources)}
    </p>
    ${amendmentNotes(reading.entries, entry)} ${moved(reading, entry.seq)}
  </li>`;
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
    ${left}
    <ol class="timeline">
      ${reading.entries.map((one) => item(reading, one))}
    </ol>
  </section>`;
}
