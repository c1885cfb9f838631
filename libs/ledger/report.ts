import type { Json } from './canonical.js';
import type { Leaf } from './leaf.js';
import type { Payload } from './payload.js';

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

const entities: { readonly [character: string]: string } = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Controls, overrides of direction and other characters by which a text shows something else than it holds. */
const unfit =
  /[[\p{Cc}--[\t\n]]\u202a-\u202e\u2066-\u2069\ufeff\u{e0000}-\u{e007f}\p{Noncharacter_Code_Point}\p{Cs}]/gv;

function codeOf(character: string): string {
  return `⟦U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟧`;
}

/** A sentence of a verdict may hold what somebody wrote into the files that were checked: it writes no line of its own. */
export function onOneLine(text: string): string {
  return text.replace(unfit, codeOf).replace(/[\n\t\u2028\u2029]/g, codeOf);
}

/** This library stands alone, so it escapes for itself: everything that anybody wrote goes through here. */
function safe(text: string): string {
  return text.replace(unfit, codeOf).replace(/[&<>"']/g, (one) => entities[one] ?? one);
}

function shown(value: Json | undefined): string {
  if (value === undefined || value === null) return '<span class="none">none</span>';
  if (typeof value !== 'object') return `<bdi>${safe(String(value))}</bdi>`;
  const isList = Array.isArray(value);
  const rows = Object.entries(value).map(([name, member]) =>
    isList ? `<li>${shown(member as Json)}</li>` : `<dt>${safe(name)}</dt><dd>${shown(member as Json)}</dd>`,
  );
  if (rows.length === 0) return '<span class="none">none</span>';
  return isList ? `<ol>${rows.join('')}</ol>` : `<dl>${rows.join('')}</dl>`;
}

function wordsOf({ leaf, payload }: ReportEntry): string {
  if (leaf.content === undefined) return '<p class="none">It has no words.</p>';
  if (payload?.content) return shown(payload.content);
  const why = payload?.withheld;
  if (payload !== undefined && why === undefined) return '<p class="none">The words were erased.</p>';
  return `<p class="none">The words are withheld: ${safe(why ?? 'no reason is given')}.</p>`;
}

function actorOf({ act }: Leaf): string {
  const { party, capacity, recordedBy, recorderParty } = act;
  const recorder = recorderParty === undefined ? recordedBy : `${recordedBy}, for ${recorderParty}`;
  return `${party ?? 'no party'} (${capacity ?? 'unknown'}), recorded by ${recorder ?? 'unknown'}`;
}

function section(entry: ReportEntry): string {
  const { leaf, hash, payload } = entry;
  const rows: readonly (readonly [string, string])[] = [
    ['Who', safe(actorOf(leaf))],
    ['When, as it says', safe(leaf.occurred?.edtf ?? 'not said')],
    ['Recorded', safe(leaf.recorded)],
    ['Signed', leaf.sig === undefined ? 'no' : `yes, <code>${leaf.sig}</code>`],
    ['Data', payload?.data ? shown(payload.data['data']) : '<span class="none">withheld</span>'],
    ['Sources', payload?.data ? shown(payload.data['sources']) : '<span class="none">withheld</span>'],
    ['Whose words', payload?.data ? shown(payload.data['wording']) : '<span class="none">withheld</span>'],
    ['Words', wordsOf(entry)],
    ['Leaf', `<code>${safe(hash)}</code>`],
  ];
  const cells = rows.map(([name, value]) => `<tr><th scope="row">${name}</th><td>${value}</td></tr>`);
  return `<section><h2>#${leaf.seq} · ${safe(leaf.type)}</h2><table>${cells.join('')}</table></section>`;
}

const style =
  'body{font:11pt/1.4 serif;max-width:48em;margin:2em auto;padding:0 1em}h2{font-size:1.1em;margin:1.5em 0 .3em}' +
  'table{border-collapse:collapse;width:100%}th,td{border:1px solid #999;padding:.2em .5em;text-align:left;vertical-align:top}' +
  'th{width:9em;font-weight:normal;color:#444}code{font-size:.8em;overflow-wrap:anywhere}dl,ol{margin:0}.none{color:#666}' +
  'dd{margin-left:1.5em}section{break-inside:avoid}';

/**
 * The printable report of one stream, drawn from leaves and payloads alone, so that whoever has these draws the same bytes
 * again and compares. A version that once drew a report stays as it is; another look is another version.
 */
export function renderReport({ origin, stream, size, root, entries }: Report): string {
  return (
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${safe(stream)}</title><style>${style}</style></head>` +
    `<body><h1>History of ${safe(stream)}</h1>` +
    `<p>From the log <code>${safe(origin)}</code> of ${size} entries with the root <code>${safe(root)}</code>. ` +
    `The entries below are those of this stream up to there, in the order in which they were recorded; that none follows them is not shown by this report.</p>` +
    `${entries.map(section).join('')}</body></html>\n`
  );
}
