import { html } from '#libs/html';
import { layoutAround } from '../layout/page.js';
import { htmlOf } from '../briefing/brief-html.js';
import type { BriefDocument } from '../briefing/brief-document.js';
import type { Query } from '../platform/http/query.js';
import { ageLine } from './reader-bar.js';
import type { PageReader } from './reader-bar.js';
import { signOutForm } from './sign-in.page.js';

/** The briefing book for whoever reads in a browser; on paper nothing of the page around it is left. */
export function briefPage(brief: BriefDocument, query: Query, reader: PageReader): AsyncGenerator<string> {
  const given = Object.entries(query).filter((one): one is [string, string] => one[1] !== undefined);
  const asMarkdown = new URLSearchParams([...given.filter(([name]) => name !== 'format'), ['format', 'md']]);
  const above = html`${signOutForm(reader.name)} ${ageLine(reader)}
    <p class="crumb">
      <a href="/">The record</a> · <a href="?${asMarkdown.toString()}">The same as Markdown</a>
    </p> `;
  async function* main() {
    yield above.text;
    yield* htmlOf(brief);
  }
  return layoutAround({ title: brief.title }, main());
}
