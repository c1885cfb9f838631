import { html, written } from '#libs/html';
import type { Html } from '#libs/html';
import { layout } from '../layout/page.js';
import type { AskedWitness, LogTrust } from '../platform/record/log-standings.js';
import type { DialogueDocument } from '../reading/documents.js';
import { instantInWords } from '../wording/dates.js';
import { keptLines } from '../wording/kept.js';
import { countersignerInWords, onlyTheOperator } from '../wording/proven.js';
import { wordsOf } from '../wording/spoken.js';
import { capitalised } from '../wording/terms.js';
import { nothing, titled } from './fragments.js';
import { readerBar } from './reader-bar.js';
import type { PageReader } from './reader-bar.js';
import { checkingSection } from './trust-checking.js';

export interface TrustReading {
  readonly dialogue: DialogueDocument;
  readonly trust: LogTrust;
  /** Where the reader has the page from: scheme and host, for the commands. */
  readonly address: string;
}

function entries(count: number): string {
  return count === 1 ? '1 entry' : `${count} entries`;
}

function time(at: string): Html {
  return html`<time datetime="${at}">${instantInWords(at)}</time>`;
}

/** The answer before all that it rests on. */
function inShort({ unsigned, checkpoint, leaves, witnesses, alarms }: LogTrust): Html {
  const vouching = witnesses.filter(({ newest }) => newest !== undefined);
  const names = vouching.map(countersignerInWords).join(' and ');
  const signed =
    unsigned !== undefined
      ? html`Nothing is signed: ${onlyTheOperator}. ${unsigned}`
      : checkpoint === undefined
        ? html`The first checkpoint is not signed yet: ${onlyTheOperator}.`
        : vouching.length === 0
          ? html`The operator has signed ${entries(checkpoint.size)} of ${leaves}, and nobody else has:
            ${onlyTheOperator}.`
          : html`The operator has signed ${entries(checkpoint.size)} of ${leaves}; beside the operator
            ${written(names)} ${vouching.length === 1 ? 'vouches' : 'vouch'} that nobody was shown another
            history.`;
  const alarm =
    alarms.length === 0
      ? html``
      : html`<div role="alert">
          <p>
            <strong>Alarm: what is stored is not what was signed, or somebody who signed says so.</strong>
          </p>
          <ul>
            ${alarms.map((one) => html`<li>${one}</li>`)}
          </ul>
        </div>`;
  return html`<p class="big">${signed}</p>
    ${alarm}`;
}

function signedRow({ key, ...witness }: AskedWitness): Html {
  const { newest, behind, why } = witness;
  const upTo =
    newest === undefined
      ? nothing('Nothing yet')
      : html`${entries(newest.size)}, up to s${newest.size - 1}; ${time(newest.at)} by its own clock`;
  return html`<tr role="row">
    <th role="rowheader" scope="row">${written(capitalised(countersignerInWords(witness)))}</th>
    <td role="cell" data-label="Countersigned">${upTo}</td>
    <td role="cell" data-label="Since then">
      ${behind === 0 ? 'Nothing: it is level' : `${entries(behind)} that it has not countersigned`}
    </td>
    <td role="cell" data-label="At the moment">
      ${why === undefined ? 'Nothing against it' : capitalised(why)}
    </td>
    <td role="cell" data-label="Its key"><code>${key}</code></td>
  </tr>`;
}

function witnessesSection({ witnesses }: LogTrust): Html {
  const table =
    witnesses.length === 0
      ? html`<p class="none">Nobody is asked to countersign: ${onlyTheOperator}.</p>`
      : html`<table role="table" class="cards" aria-labelledby="witnesses">
          <thead role="rowgroup">
            <tr role="row">
              ${['Who', 'Countersigned', 'Since then', 'At the moment', 'Its key'].map(
                (one) => html`<th role="columnheader" scope="col">${one}</th>`,
              )}
            </tr>
          </thead>
          <tbody role="rowgroup">
            ${witnesses.map(signedRow)}
          </tbody>
        </table>`;
  return html`<h2 id="witnesses">Who vouches beside the operator</h2>
    ${table}`;
}

function newsSection({ news }: LogTrust): Html {
  return news.length === 0
    ? html``
    : html`<h3 id="news">What the log says of itself</h3>
        <ul>
          ${news.map(({ recordedAt, says }) => html`<li>${time(recordedAt)}: ${says}</li>`)}
        </ul>`;
}

function logSection(trust: LogTrust): Html {
  const { origin, leaves, checkpoint, keys, checked } = trust;
  const newest =
    checkpoint === undefined
      ? nothing('None yet')
      : html`${entries(checkpoint.size)}${checkpoint.at === undefined ? '' : html`, signed ${time(checkpoint.at)}`},
          root <code>${checkpoint.root}</code>`;
  return html`<h2 id="log">The log</h2>
    <dl class="facts">
      <dt>Its name</dt>
      <dd><code>${origin}</code></dd>
      <dt>Its length</dt>
      <dd>${entries(leaves)}</dd>
      <dt>The newest checkpoint</dt>
      <dd>${newest}</dd>
      <dt>Its keys</dt>
      <dd>
        ${keys.length === 0 ? nothing('None: nothing is signed') : keys.map((one) => html`<code>${one}</code> `)}
      </dd>
      <dt>Held against the store</dt>
      <dd>${capitalised(checked)}</dd>
    </dl>
    ${newsSection(trust)}`;
}

/** No more than the signatures that there are: of what was signed, and of what others have seen of it. */
function limits({ unsigned, checkpoint, witnesses, alarms }: LogTrust): Html {
  const truth = 'Whether what was recorded is true is another matter.';
  if (unsigned !== undefined || checkpoint === undefined)
    return html`<p>
      Nothing is signed${unsigned === undefined ? ' yet' : ''}, so nothing is proven: that what is shown was
      recorded so, and that others are shown the same, rests on the operator’s word alone. ${truth}
    </p>`;
  const alarm =
    alarms.length === 0 ? '' : html`<p>While the alarm above stands, none of this is to be relied on.</p>`;
  const seen = witnesses.flatMap((one) =>
    one.newest === undefined
      ? []
      : html`<li>
          ${written(countersignerInWords(one))} says that it was shown one history of the first
          ${entries(one.newest.size)}, and no other: whoever asks for its signature is shown that one.
        </li>`,
  );
  const others =
    seen.length === 0
      ? html`<p>It is not proven that nobody was shown another history: ${onlyTheOperator} for that.</p>`
      : html`<p>That nobody was shown another history is proven as far as others have signed:</p>
          <ul>
            ${seen}
          </ul>`;
  return html`${alarm}
    <p>
      To whoever checks it with the key of the log: that the first ${entries(checkpoint.size)} stand as the
      operator signed them, in the same order, and none is missing. Of what came after, nothing is proven yet.
    </p>
    ${others}
    <p>${truth}</p>`;
}

/** How far the record of a dialogue is to be trusted, by whose word, and how to find out without taking it. */
export function trustPage(reading: TrustReading, reader: PageReader): string {
  const { dialogue, trust } = reading;
  return layout({
    title: 'How far the record is trusted',
    main: html`${readerBar(reader)}
      <p class="crumb"><a href="/">The record</a> › ${titled(wordsOf(dialogue, 'name'), 'Dialogue')}</p>
      <h1>How far is this record trusted, and by whom?</h1>
      ${inShort(trust)} ${keptLines(dialogue)} ${witnessesSection(trust)} ${logSection(trust)}
      ${checkingSection(trust, reading.address)}
      <h2 id="limits">What this proves, and what not</h2>
      ${limits(trust)}`,
  });
}
