/** What the pages of the record need beyond the one style sheet, to which it is appended. */
export const pagesStyle = `
.none { color: var(--quiet); font-style: italic; }
.said, .clocks, .cited, .citation, .party-name, .crumb { color: var(--quiet); font-size: 0.9em; font-weight: 400; }
.said { margin: 0.2rem 0 0.6rem; }
th > .said, td > .said, li > .said, li > .citation { display: block; margin: 0.1rem 0 0; }
.said .capacity, .said .clocks, .said .cited { font-size: inherit; }
.crumb { margin: 1rem 0 0; }
.key { unicode-bidi: isolate; font-variant-numeric: tabular-nums; font-weight: 650; white-space: nowrap; }
.big { font-size: 1.15em; font-weight: 600; margin: 0.3rem 0; }
.capacity { white-space: nowrap; font-size: 0.9em; font-weight: 400; color: var(--quiet); }
.badge { display: inline-block; border: 1px solid var(--mark); color: var(--mark); border-radius: 1em; padding: 0 0.6em; font-size: 0.8em; font-weight: 600; }
.fault { border-left: 4px solid var(--mark); padding: 0.5rem 0.8rem; background: var(--tint); }
.as-of { border: 2px solid var(--mark); border-radius: 6px; padding: 0.6rem 0.9rem; max-width: none; }
.stage { font-weight: 600; }
.ladder { display: inline-flex; gap: 2px; margin-right: 0.3em; vertical-align: baseline; }
.ladder i { width: 0.5em; height: 0.75em; border: 1px solid var(--link); border-radius: 1px; }
.ladder .reached { background: var(--link); print-color-adjust: exact; -webkit-print-color-adjust: exact; }
blockquote { margin: 0.3rem 0; padding-inline-start: 0.8rem; border-inline-start: 3px solid var(--line); }
blockquote p { margin: 0.2rem 0; }
blockquote p, bdi { white-space: pre-wrap; }
.unfit { color: var(--mark); border: 1px dashed; border-radius: 3px; padding: 0 0.15em; font: 0.8em ui-monospace, monospace; unicode-bidi: isolate; }
blockquote p::before { content: open-quote; }
blockquote p::after { content: close-quote; }
ul.plain { list-style: none; margin: 0; padding: 0; }
ul.plain li + li { margin-top: 0.3rem; }
form fieldset { display: flex; flex-wrap: wrap; gap: 0.6rem 1.2rem; align-items: start; border: 1px solid var(--line); border-radius: 6px; margin: 1rem 0; padding: 0.6rem 0.9rem 0.8rem; }
.field { display: flex; flex-direction: column; gap: 0.2rem; max-width: 100%; }
.field label { font-weight: 600; font-size: 0.9em; }
.field small { color: var(--quiet); max-width: 24rem; }
fieldset button { align-self: start; margin-top: 1.55rem; }
.sign-in .field { margin: 1rem 0; max-width: 34rem; }
.sign-in .field small { max-width: none; }
.sign-out { display: flex; flex-wrap: wrap; gap: 0.3rem 0.8rem; align-items: center; justify-content: flex-end; margin-top: 0.6rem; font-size: 0.9em; }
.sign-out button { padding: 0.15rem 0.6rem; }
.reader-bar { display: flex; flex-wrap: wrap; gap: 0.3rem 1.5rem; align-items: center; justify-content: space-between; margin-top: 0.6rem; }
.aged { border-left: 4px solid currentColor; padding: 0.3rem 0.8rem; font-weight: 600; }
.reader-bar .sign-out { margin-left: auto; }
.search { display: flex; flex-wrap: wrap; gap: 0.3rem 0.6rem; align-items: center; flex: 1 1 22rem; max-width: 40rem; }
.search label { font-weight: 600; font-size: 0.9em; }
.search input { flex: 1 1 12rem; min-width: 0; }
.found { list-style: none; padding: 0; max-width: 48rem; }
.found li { border-bottom: 1px solid var(--line); padding: 0.6rem 0; }
.found h2 { font-size: 1.05em; margin: 0; }
.found .excerpt { margin: 0.2rem 0; }
mark { background: var(--tint); color: inherit; font-weight: 650; text-decoration: underline; }
.side-by-side { display: grid; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); gap: 1rem; }
.card { border: 1px solid var(--line); border-radius: 6px; padding: 0.2rem 0.9rem 0.6rem; }
.card h3, .card h4 { margin-top: 0.6rem; }
.card.joint { background: var(--tint); border-width: 2px; }
.claim { border-left: 4px solid var(--line); padding-left: 0.9rem; margin: 1rem 0; }
.claim h3 { margin-top: 0; }
.facts > div { display: grid; grid-template-columns: 11rem 1fr; gap: 0 1rem; padding: 0.2rem 0; border-bottom: 1px solid var(--line); }
.facts dt, .facts dd, .facts dd .said { margin: 0; }
.timeline { list-style: none; margin: 1rem 0 0 0.5rem; padding: 0; border-left: 2px solid var(--line); }
.entry { position: relative; padding: 0 0 0.9rem 1.4rem; max-width: none; scroll-margin-top: 1rem; }
.entry p { margin: 0.15rem 0; }
.entry .mark { position: absolute; left: -0.62em; background: var(--paper); color: var(--link); line-height: 1.3; width: 1.2em; text-align: center; }
.entry:target { background: var(--tint); }
.entry.derived .entry-head strong { font-weight: 400; font-style: italic; }
.entry.dropped .entry-head strong, .entry.dropped blockquote, .entry.dropped .summary { text-decoration: line-through; }
.seq { font-variant-numeric: tabular-nums; color: var(--quiet); margin-right: 0.4em; }
.from { color: var(--quiet); font-size: 0.85em; border: 1px solid var(--line); border-radius: 1em; padding: 0 0.6em; white-space: nowrap; }
.label { font-size: 0.85em; color: var(--quiet); }
.quote { margin: 0.2rem 0; }
.amended { color: var(--mark); }
.about, .whose, .kept { color: var(--quiet); font-size: 0.9em; }
.whose { margin: 0 0 0.3rem; padding-inline-start: 0.8rem; font-style: italic; }
.summary { margin: 0.3rem 0; padding-inline-start: 0.8rem; }
.summary p { margin: 0.2rem 0; white-space: pre-wrap; }
.was { color: var(--quiet); font-size: 0.9em; text-decoration: line-through; }
.moved { font-weight: 600; }
.result { font-weight: 600; }
.result-silent, .result-side-by-side { font-weight: 400; }
.result-contradicted { color: var(--mark); }
.comparison th[scope="row"] { min-width: 8rem; }
.sources li { margin-bottom: 0.7rem; }
@media print, (min-width: 48.01rem) {
  .cards td[data-label="Date"], .cards td[data-label="Occurred"], .cards td[data-label="Recorded"], .cards td[data-label="Due"] { white-space: nowrap; }
}
@media screen and (max-width: 48rem) {
  table.cards, .cards tbody, .cards tr, .cards th[scope="row"], .cards td { display: block; width: 100%; }
  .cards thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .cards tr { border: 1px solid var(--line); border-radius: 6px; padding: 0.5rem 0.8rem; margin-bottom: 0.8rem; }
  .cards th[scope="row"], .cards td { border: 0; padding: 0.2rem 0; }
  .cards td:not([colspan])::before { content: attr(data-label); display: block; color: var(--quiet); font-size: 0.8em; font-weight: 600; }
  .cards td:not([colspan]):empty { display: none; }
  .facts > div { grid-template-columns: 1fr; }
  fieldset button { margin-top: 0; }
  .field, .field input, .field select { width: 100%; }
}
@media print {
  .reader-bar, .as-of-form, .filters, .sign-out { display: none; }
  .card, .claim, .entry, .sources li { break-inside: avoid; }
  .claim:has(table, .side-by-side, details) { break-inside: auto; }
  .side-by-side { grid-template-columns: repeat(auto-fit, minmax(10rem, 1fr)); }
}
`;
