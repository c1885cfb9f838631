/** For paper: A4, each irritant on a page of its own, pages numbered where the browser can. */
export const briefStyle = `
.brief h1 { text-wrap: balance; }
.brief h2 { margin-top: 2.5rem; }
.brief .facts dd, .brief .cards td, .brief .cards th { max-width: none; }
.brief .when, .brief td[data-label="Since"], .brief td[data-label="Due"] { white-space: nowrap; }
.brief .cite { font-size: 0.85em; text-decoration: none; white-space: nowrap; }
@media print, (min-width: 48.01rem) {
  .brief .even { table-layout: fixed; }
  .brief .even th:first-child { width: 16%; }
}
@page brief {
  size: A4; margin: 18mm 16mm 20mm;
  @bottom-left { content: "Briefing book"; font: 8pt system-ui, sans-serif; color: #555; }
  @bottom-right { content: counter(page) " / " counter(pages); font: 8pt system-ui, sans-serif; color: #555; }
}
@media print {
  .brief { page: brief; orphans: 3; widows: 3; }
  .brief .leaf { break-before: page; }
  .brief h2 { margin-top: 0; }
  .brief h3 { margin: 1em 0 0.3em; }
  .brief table { margin: 0.3rem 0; font-size: 9pt; }
  .brief th, .brief td { padding: 0.2rem 0.6rem 0.2rem 0; }
  .brief thead { display: table-header-group; }
  .brief .facts > div { padding: 0.1rem 0; }
  .brief a, .brief .cite { color: inherit; text-decoration: none; }
  .crumb, .site, body > header { display: none; }
}
`;
