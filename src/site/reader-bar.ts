import { html } from '#libs/html';
import type { Html } from '#libs/html';
import { signOutForm } from './sign-in.page.js';

/** Who reads a page, and for how long the store had been silent where it was read without it. */
export interface PageReader {
  readonly name: string;
  readonly silentMs: number | undefined;
}

/** What is above every page of the record: a field that searches all of it, who reads, and the way out. */
export function readerBar(reader: PageReader, q = ''): Html {
  return html`<div class="reader-bar">
      <form class="search" role="search" method="get" action="/search">
        <label for="q">Search the record</label>
        <input id="q" name="q" type="search" value="${q}" required maxlength="200" autocomplete="off" />
        <button type="submit">Search</button>
      </form>
      <p><a href="/following">What I follow</a></p>
      ${signOutForm(reader.name)}
    </div>
    ${ageLine(reader)}`;
}

/** How old the page is, where that is not the present. */
export function ageLine({ silentMs }: PageReader): Html | undefined {
  if (silentMs === undefined) return undefined;
  return html`<p class="aged" role="status">
    The store of the record can’t be reached now. This page shows the record as this server knew it
    ${agoInWords(silentMs)} ago; what was recorded since, if anything, is not on it.
  </p>`;
}

function agoInWords(ms: number): string {
  const [count, unit] =
    ms < 120_000 ? [Math.floor(ms / 1_000), 'second'] : [Math.floor(ms / 60_000), 'minute'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
