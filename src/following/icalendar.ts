import { shownCharacters } from '#libs/characters';

/** A content line of RFC 5545: its name with parameters, and its value as it is to stand there. */
export type Line = readonly [name: string, value: string];

export interface Component {
  readonly name: 'VEVENT' | 'VTODO';
  readonly lines: readonly Line[];
}

const octetsMax = 75;
const lineEnd = '\r\n';

/** A value of type TEXT (RFC 5545 §3.3.11); characters that would show something else are their codes. */
export function text(value: string): string {
  const shown = value
    .split(/\r\n|\r|\n/)
    .map(shownCharacters)
    .join('\n');
  return shown.replace(/[\\;,]/g, (one) => `\\${one}`).replaceAll('\n', '\\n');
}

/** An instant as a DATE-TIME in UTC (§3.3.5). */
export function utc(instant: number | string): string {
  return new Date(instant).toISOString().replace(/[-:]|\.\d{3}/g, '');
}

/** A day as a DATE (§3.3.4). */
export function day(instant: number): string {
  return utc(instant).slice(0, 8);
}

/** Lines longer than 75 octets go on in the next, after a blank; no character is cut (§3.1). */
function folded(line: string): string {
  const lines: string[] = [];
  let [current, octets] = ['', 0];
  for (const one of line) {
    const size = Buffer.byteLength(one);
    if (octets + size > octetsMax) {
      lines.push(current);
      [current, octets] = [' ', 1];
    }
    current += one;
    octets += size;
  }
  return [...lines, current].join(lineEnd);
}

/** A whole calendar (§3.4). */
export function icalendar(header: readonly Line[], components: readonly Component[]): string {
  const lines: readonly Line[] = [
    ['BEGIN', 'VCALENDAR'],
    ['VERSION', '2.0'],
    ['PRODID', '-//Entente//Due dates//EN'],
    ['CALSCALE', 'GREGORIAN'],
    ...header,
    ...components.flatMap((one): Line[] => [['BEGIN', one.name], ...one.lines, ['END', one.name]]),
    ['END', 'VCALENDAR'],
  ];
  return lines.map(([name, value]) => `${folded(`${name}:${value}`)}${lineEnd}`).join('');
}
