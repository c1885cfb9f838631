import type { Occurred } from '#libs/decider';

const qualifiers: { readonly [mark: string]: string } = {
  '?': ' (uncertain)',
  '~': ' (approximate)',
  '%': ' (uncertain, approximate)',
};

function qualified(date: string): string {
  const mark = date.slice(-1);
  const words = qualifiers[mark];
  return words === undefined ? date : `${date.slice(0, -1)}${words}`;
}

/** An EDTF date as people say it; what has no such saying stays as it is written. */
function dateInWords(edtf: string): string {
  const [start = '', end] = edtf.split('/');
  if (end === undefined) return /^\d{4}-\d\d-\d\dT/.test(edtf) ? instantInWords(edtf) : qualified(edtf);
  const isOpen = (side: string) => side === '' || side === '..';
  if (isOpen(start)) return `on or before ${qualified(end)}`;
  return isOpen(end) ? `from ${qualified(start)} on` : `${qualified(start)} to ${qualified(end)}`;
}

/** When something happened, as claimed: `../2025-04-10` claims no more than that it was by then. */
export function occurredInWords({ edtf, zone }: Occurred): string {
  return zone === undefined ? dateInWords(edtf) : `${dateInWords(edtf)} (${zone})`;
}

/** To the minute, in UTC as it is recorded; an instant in another zone keeps its own offset. */
export function instantInWords(instant: string): string {
  const [, date, time, seconds = '', zone = ''] =
    /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(:\d\d)?(?:\.\d+)?(Z|[+-]\d\d(?::?\d\d)?)?$/.exec(instant) ?? [];
  if (date === undefined) return instant;
  const shownSeconds = zone === 'Z' || seconds === ':00' ? '' : seconds;
  return `${date} ${time}${shownSeconds} ${zone === 'Z' ? 'UTC' : zone}`.trim();
}

/** Of a `since`: a claimed date, or the moment of recording where nobody claimed one. */
export function sinceInWords(since: string): string {
  return dateInWords(since);
}

/** Where both clocks show the same day, saying the date twice tells nothing. */
export function isSameDay(occurred: Occurred | undefined, recordedAt: string): boolean {
  return occurred !== undefined && occurred.edtf === recordedAt.slice(0, 10);
}

/** `PT5H30M` as `5 h 30 min`. */
export function durationInWords(duration: string): string {
  const units: readonly (readonly [string, string])[] = [
    ['D', 'd'],
    ['H', 'h'],
    ['M', 'min'],
    ['S', 's'],
  ];
  return units
    .flatMap(([letter, unit]) => {
      const [, count] = new RegExp(`(\\d+)${letter}`).exec(duration) ?? [];
      return count === undefined ? [] : [`${count} ${unit}`];
    })
    .join(' ');
}
