/**
 * One line of CSV (RFC 4180). What a spreadsheet would run as a formula stands behind an apostrophe, which an import takes
 * away again.
 */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map(cellOf).join(',')}\r\n`;
}

function cellOf(text: string): string {
  // Behind apostrophes too, so that taking one away always gives what was there.
  const harmless = /^'*[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",;\r\n\t]|^\s|\s$/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
