import type { FieldError, Problem } from '#libs/problem-details';
import { html } from '#libs/html';
import { layout } from '../layout/page.js';
import { faultsInWords } from '../wording/faults.js';
import { capitalised } from '../wording/terms.js';
import type { PageReader } from './reader-bar.js';
import { readerBar } from './reader-bar.js';

/** A field of a form is no place in a document. */
function named({ pointer, parameter, detail }: FieldError): FieldError {
  return { parameter: parameter ?? pointer?.slice(1) ?? '', detail };
}

/**
 * What went wrong, in the words of the interface's problem, for a person; with the bar of whoever is signed in. Where the
 * faults are named, the advice to read them is left out. `present` is the same page as of now.
 */
export function faultPage({ kind, detail, errors }: Problem, reader?: PageReader, present?: string): string {
  return layout({
    title: kind.title,
    main: html`${reader === undefined ? null : readerBar(reader)}
      <h1>${kind.title}</h1>
      <p>${capitalised(faultsInWords(detail, errors.map(named)))}</p>
      ${errors.length === 0 ? html`<p>${kind.mend}</p>` : null}
      ${present === undefined ? null : html`<p><a href="${present}">Show the present state</a></p>`}
      <p><a href="/">The record</a></p>`,
  });
}
