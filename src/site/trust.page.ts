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

/** For a shell, whatever stands in it. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Whom the reader would have to trust for what the page says: the log, and all who have countersigned. */
function policyOf({ keys, witnesses }: LogTrust): string {
  const vouching = witnesses.filter(({ newest }) => newest !== undefined);
  const lines = [
    `log ${keys[0] ?? ''}`,
    ...vouching.map(({ name, key }) => `witness ${name} ${key}`),
    ...(vouching.length < 2 ? [] : [`group all-of-them all ${vouching.map(({ name }) => name).join(' ')}`]),
    `quorum ${vouching.length < 2 ? (vouching[0]?.name ?? 'none') : 'all-of-them'}`,
  ];
  return `printf '%s\\n' ${lines.map(quoted).join(' \\\n  ')} > policy`;
}

function checkingSection({ trust, address }: TrustReading): Html {
  const { dialogueId, keys } = trust;
  const dialogue = `${address}/v1/dialogues/${dialogueId}`;
  const title = html`<h2 id="checking">How to check it yourself</h2>`;
  if (keys.length === 0)
    return html`${title}
      <p>Nothing is signed, so there is nothing to check: ask the operator for a key of the log.</p>`;
  const block = (label: string, text: string) =>
    html`<pre tabindex="0" aria-label="${label}"><code>${text}</code></pre>`;
  return html`${title}
    <p>
      Take the keys from somebody else than this server, and compare: keys that a server tells prove nothing.
      Then write whom you trust into a file, and let the log be checked on a machine of your own.
      <a href="/docs/checking">The guide</a> says more, also how to keep a copy and to compare it with the
      other side’s.
    </p>
    ${block('Write whom you trust', policyOf(trust))}
    ${block('Check the running server', `entente verify ${quoted(dialogue)} --policy policy`)}
    ${block('Keep a copy, and check that', `entente mirror ${quoted(dialogue)} mirror --policy policy\nentente verify mirror --policy policy`)}
    ${block('See the newest checkpoint', `curl ${quoted(`${dialogue}/ledger/checkpoint`)}`)}`;
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
      ${checkingSection(reading)}
      <h2 id="limits">What this proves, and what not</h2>
      <p>
        That what was recorded stands as it was recorded, in the same order, and that nobody was shown
        anything else. Whether it is true is another matter; and of what came after the newest checkpoint
        nothing is proven yet.
      </p>`,
  });
}
