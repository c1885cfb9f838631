import { html } from '../description/page.js';
import type { Html } from '../description/page.js';
import { signOutForm } from './sign-in.page.js';

/** What is above every page of the record: a field that searches all of it, who reads, and the way out. */
export function readerBar(reader: string, q = ''): Html {
  return html`<div class="reader-bar">
    <form class="search" role="search" method="get" action="/search">
      <label for="q">Search the record</label>
      <input id="q" name="q" type="search" value="${q}" required maxlength="200" autocomplete="off" />
      <button type="submit">Search</button>
    </form>
    ${signOutForm(reader)}
  </div>`;
}
