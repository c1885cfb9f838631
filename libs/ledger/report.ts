import type { Json } from './canonical.js';
import type { Leaf } from './leaf.js';
import type { Payload } from './payload.js';
import { none, safe, shown, spaced, spoken } from './report-values.js';

export { onOneLine } from './report-values.js';

/** The entries of one stream, as far as whoever prints them may read them. */
export interface ReportEntry {
  readonly leaf: Leaf;
  /** The leaf hash in hexadecimal digits. */
  readonly hash: string;
  readonly payload?: Payload;
}

export interface Report {
  readonly origin: string;
  readonly stream: string;
  readonly size: number;
  /** In hexadecimal digits. */
  readonly root: string;
  readonly entries: readonly ReportEntry[];
}

export const rendererVersion = 1;

const absent = (words: string) => `<p class="none">${words}</p>`;

function wordsOf({ leaf, payload }: ReportEntry): string {
  if (leaf.content === undefined) return none;
  if (payload?.content) return spoken(payload.content);
  const why = payload?.withheld;
  if (payload !== undefined && why === undefined) return absent('The words were erased.');
  return absent(`The words are withheld: ${safe(why ?? 'no reason is given')}.`);
}

/** A party is named as the one that spoke only where its own people recorded it. */
function actorOf({ act }: Leaf): string {
  const { party, capacity, recordedBy, recorderParty } = act;
  const who = `<code>${safe(recordedBy ?? 'unknown')}</code>${recorderParty === undefined ? '' : ` for ${safe(recorderParty)}`}`;
  if (capacity === 'derived') return `nobody: it follows by rule, as ${who} recorded`;
  const name = safe(party ?? 'no party');
  if (capacity === 'direct') return `${name} itself, recorded by ${who}`;
  return `in the name of ${name} (${safe(capacity ?? 'unknown')}), recorded by ${who}`;
}

const momentOf = (recorded: string) => recorded.replace('T', ' ').replace(/Z$/, ' UTC');

function section(entry: ReportEntry): string {
  const { leaf, hash, payload } = entry;
  const held = (name: string) =>
    payload?.data ? shown(payload.data[name]) : '<span class="none">withheld</span>';
  const rows: readonly (readonly [string, string])[] = [
    ['By', actorOf(leaf)],
    ['When, as it says', leaf.occurred === undefined ? none : safe(leaf.occurred.edtf)],
    ['Recorded', safe(momentOf(leaf.recorded))],
    ['Words', wordsOf(entry)],
    ['Whose words', held('wording')],
    ['What it says', held('data')],
    ['Sources', held('sources')],
    ['Signed', leaf.sig === undefined ? 'no' : `yes, <code>${leaf.sig}</code>`],
    ['Leaf', `<code>${safe(hash)}</code>`],
  ];
  // What there is none of would only take the place of what there is.
  const cells = rows
    .filter(([, value]) => value !== none)
    .map(([name, value]) => `<tr><th scope="row">${name}</th><td>${value}</td></tr>`);
  return `<section><h2>${safe(spaced(leaf.type))} <small>#${leaf.seq}</small></h2><table>${cells.join('')}</table></section>`;
}

const style =
  'body{font:11pt/1.4 serif;max-width:48em;margin:2em auto;padding:0 1em}h1{margin-bottom:.2em}h2{font-size:1.1em;margin:1.5em 0 .3em}' +
  'table{border-collapse:collapse;width:100%}th,td{border:1px solid #999;padding:.2em .5em;text-align:left;vertical-align:top}' +
  'th{width:9em;font-weight:normal;color:#444}code{font-size:.8em;overflow-wrap:anywhere}dl,ol,td p{margin:0}.none,small{color:#666}' +
  'small{font-weight:normal;font-size:.8em}dl{display:grid;grid-template-columns:max-content 1fr;column-gap:1em}dt{color:#444}dd{margin:0}' +
  'section{break-inside:avoid}h2{break-after:avoid}header p{margin:.2em 0}@page{margin:2cm}';

const textIn = (of: Json | undefined, name: string): Json | undefined =>
  typeof of === 'object' && of !== null && !Array.isArray(of)
    ? (of as { [name: string]: Json })[name]
    : undefined;

/** What people call it: its key and title, as its first entry gives them, where it does. */
function nameOf({ stream, entries: [first] }: Report): { readonly name: string; readonly title: string } {
  const key = textIn(first?.payload?.data?.['data'], 'key');
  const title = spoken(textIn(first?.payload?.content ?? undefined, 'title'));
  return {
    name: typeof key === 'string' ? key : stream,
    title: title === none ? '' : `<p><small>In the words of its first entry:</small></p>${title}`,
  };
}

/**
 * The printable report of one stream, drawn from leaves and payloads alone, so that whoever has these draws the same bytes
 * again and compares. A version that once drew a report stays as it is; another look is another version.
 */
export function renderReport(report: Report): string {
  const { origin, stream, size, root, entries } = report;
  const { name, title } = nameOf(report);
  return (
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${safe(name)}</title><style>${style}</style></head>` +
    `<body><header><h1>History of ${safe(name)}</h1>${title}` +
    `<p>As the log <code>${safe(origin)}</code> holds it of <code>${safe(stream)}</code>, up to its ${size} entries with the root <code>${safe(root)}</code>. ` +
    `The entries stand in the order in which they were recorded; that none follows them is not shown by this report.</p></header>` +
    `${entries.map(section).join('')}</body></html>\n`
  );
}
