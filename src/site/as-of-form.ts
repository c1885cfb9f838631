import { html } from '#libs/html';
import type { Html } from '#libs/html';
import type { Readings } from '../reading/readings.js';
import type { Query } from '../platform/http/query.js';
import { instantInWords, occurredInWords } from '../wording/dates.js';
import { gradeInWords, restsOnInWords } from '../wording/graded.js';

/** A form sends its empty fields too; for a read these are fields that were not given. */
export function filled(raw: unknown): Query {
  return Object.fromEntries(
    Object.entries((raw ?? {}) as Query).flatMap(([name, value]) =>
      typeof value === 'string' && value.trim() === ''
        ? []
        : [[name, typeof value === 'string' ? value.trim() : value]],
    ),
  );
}

/** The same moment on another page: a revision counts in one stream only, so the moment is named by its ordinal. */
export function atMoment({ isAsOf, query, asOfSeq }: Readings): string {
  if (!isAsOf) return '';
  const parameters = new URLSearchParams();
  if (query['knownAt'] !== undefined) parameters.set('knownAt', `s${asOfSeq}`);
  if (query['effectiveAt'] !== undefined) parameters.set('effectiveAt', query['effectiveAt']);
  return `?${parameters.toString()}`;
}

/** Said first on any page that shows another moment than the present one. */
export function asOfBanner(path: string, { isAsOf, query, moment, asOfSeq, recordedAt }: Readings): Html {
  if (!isAsOf) return html``;
  const rests = restsOnInWords(moment);
  const known =
    query['knownAt'] === undefined
      ? 'all that the record holds now'
      : `the record as it stood at s${asOfSeq}${recordedAt === undefined ? '' : ` (${instantInWords(recordedAt)})`}${rests === undefined ? '' : `, ${rests}`}`;
  const effective =
    moment.effectiveAt === undefined
      ? ''
      : `, counting only what had happened by ${occurredInWords({ edtf: moment.effectiveAt })}`;
  return html`<p class="as-of" role="status">
    <strong>Not the present state.</strong> This page shows ${known}${effective}.
    ${moment.checkpoint === undefined ? '' : html`Its root is <code>${moment.checkpoint.root}</code>.`}
    <a href="${path}">Show the present state</a>
  </p>`;
}

/** By what a moment is told: only where there is more than what was stored. */
function gradeField(grades: readonly string[], chosen: string | undefined): Html {
  const isListed = chosen === undefined || grades.includes(chosen) || chosen === 'recorded';
  const all = isListed ? grades : [...grades, chosen];
  if (all.length === 0) return html``;
  const options = all.map((one) =>
    one === chosen
      ? html`<option value="${one}" selected>${gradeInWords(one)}</option>`
      : html`<option value="${one}">${gradeInWords(one)}</option>`,
  );
  return html`<div class="field">
    <label for="grade">Told by</label>
    <select id="grade" name="grade" aria-describedby="grade-hint">
      <option value="">${gradeInWords('recorded')}</option>
      ${options}
    </select>
    <small id="grade-hint">Of an instant alone; what was signed need not be taken on trust</small>
  </div>`;
}

/** The two clocks as two fields; what is left empty means now. */
export function asOfForm(path: string, query: Query, grades: readonly string[]): Html {
  return html`<form class="as-of-form" method="get" action="${path}">
    <fieldset>
      <legend>See it as of another moment</legend>
      <div class="field">
        <label for="knownAt">As the record knew it at</label>
        <input
          id="knownAt"
          name="knownAt"
          value="${query['knownAt'] ?? ''}"
          maxlength="65"
          autocomplete="off"
          aria-describedby="knownAt-hint"
        />
        <small id="knownAt-hint"
          >An instant such as 2025-04-10T09:00:00Z, a day (2025-04-10, its end), a revision (r12), an ordinal
          (s46), or a moment from an answer</small
        >
      </div>
      ${gradeField(grades, query['grade'])}
      <div class="field">
        <label for="effectiveAt">Counting what had happened by</label>
        <input
          id="effectiveAt"
          name="effectiveAt"
          value="${query['effectiveAt'] ?? ''}"
          maxlength="64"
          autocomplete="off"
          aria-describedby="effectiveAt-hint"
        />
        <small id="effectiveAt-hint">A date such as 2025-03-01</small>
      </div>
      <button type="submit">Show</button>
    </fieldset>
  </form>`;
}
