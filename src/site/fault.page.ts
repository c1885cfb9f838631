import type { Problem } from '#libs/problem-details';
import { html } from '#libs/html';
import { layout } from '../layout/page.js';
import type { PageReader } from './reader-bar.js';
import { readerBar } from './reader-bar.js';

/** What went wrong, in the words of the interface's problem, for a person; with the bar of whoever is signed in. */
export function faultPage({ kind, detail, errors }: Problem, reader?: PageReader): string {
  return layout({
    title: kind.title,
    main: html`${reader === undefined ? null : readerBar(reader)}
      <h1>${kind.title}</h1>
      <p>${detail}</p>
      ${
        errors.length === 0
          ? null
          : html`<ul>
              ${errors.map(({ pointer, parameter, detail: fault }) => html`<li><code>${parameter ?? pointer?.slice(1)}</code> ${fault}</li>`)}
            </ul>`
      }
      <p>${kind.mend}</p>
      <p><a href="/">The record</a></p>`,
  });
}
