import { parse } from 'edtf';
import { earliestMoment, latestMoment, type Occurred } from './moments.js';
import { endsOf, type Reading, unknownForm, Unreadable } from './reading.js';
import { isZone, showingOf } from './zone.js';

/** `reason` is one or two sentences: what is wrong with the text and how to mend it. */
export type OccurredCheck = { readonly ok: true } | { readonly ok: false; readonly reason: string };

const lengthMax = 64;

/** Forms that people write for dates and that are no EDTF of level 0 or 1, each with its own advice. */
const foreignForms: readonly [RegExp, string][] = [
  [/^$/, 'The date is empty: leave it out, or write a date such as 2025-04-10.'],
  [
    /[^\x21-\x7e]/,
    'A date has no blanks and only ASCII characters: write 2025-04-10, and T between date and time.',
  ],
  [/[[\]{}]/, 'A set or a list of dates is level 2: give one date, or an interval such as 2025-04/2025-06.'],
  [/Y/, 'A year has four digits: years beyond 9999 are not taken.'],
  [
    /[?~%][^/]/,
    'A ?, ~ or % inside a date is level 2: put it at the end, where it qualifies the whole date.',
  ],
  [/^\d{1,2}\.\d{1,2}\.\d{2,4}$/, 'A date begins with the year: write 2025-04-10.'],
  [/^\d{6}(\d{2})?(T|$)/, 'A date has hyphens between year, month and day: write 2025-04-10.'],
  [/X.*\/|\/.*X/, 'Unspecified digits inside an interval are level 2: write the interval without X.'],
];

/**
 * Whether a text is a time that can be recorded: EDTF level 0 or 1 (Library of Congress, 2019; ISO 8601-2:2019), at most
 * 64 characters, every date in the calendar, the ends of an interval in order, and every instant with `Z`, an offset,
 * or a `zone` (an IANA name) whose clocks showed it. It never throws.
 *
 * The npm package decides which texts are EDTF and of which level. It rolls 29 February of a common year over, reads
 * `.5` as five milliseconds and a time without zone as UTC, so that the values and the calendar are read here.
 */
export function parseOccurred(edtf: string, zone?: string): OccurredCheck {
  if (edtf.length > lengthMax) return { ok: false, reason: `A date has at most ${lengthMax} characters.` };
  const key = zone === undefined ? edtf : `${edtf} ${zone}`;
  const known = checks.get(key);
  if (known !== undefined) return known;
  const check = checkOccurred(edtf, zone);
  if (checks.size >= checksMax) checks.clear();
  if (key.length <= 2 * lengthMax) checks.set(key, check);
  return check;
}

/** The grammar makes a parser for each text, and a record has the same dates in many events. */
const checks = new Map<string, OccurredCheck>();
const checksMax = 5_000;

function checkOccurred(edtf: string, zone: string | undefined): OccurredCheck {
  const advice = foreignForms.find(([form]) => form.test(edtf))?.[1];
  if (advice !== undefined) return { ok: false, reason: advice };
  if (zone !== undefined && !isZone(zone)) {
    return { ok: false, reason: 'The zone is not an IANA time zone: write a name such as Europe/Moscow.' };
  }
  try {
    const ends = endsOf(edtf);
    if (!isLevelOne(edtf)) throw unknownForm(edtf);
    checkClocks(ends, zone);
    checkOrder({ edtf, zone }, ends);
    return { ok: true };
  } catch (error) {
    if (error instanceof Unreadable) return { ok: false, reason: error.message };
    throw error;
  }
}

/** Days and instants in UTC, which most dates are: they are wholly read here, and the grammar costs a parser each. */
const plain = /^\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d{3})?Z)?$/;

function isLevelOne(edtf: string): boolean {
  if (plain.test(edtf)) return true;
  try {
    parse(edtf, { level: 1 });
    return true;
  } catch {
    return false;
  }
}

function checkClocks(ends: readonly (Reading | undefined)[], zone: string | undefined): void {
  for (const end of ends) {
    if (end?.kind !== 'wall') continue;
    if (zone === undefined) {
      throw new Unreadable('A time of day needs to say where: add Z, an offset such as +03:00, or a zone.');
    }
    if (showingOf(end.wall, zone).skipped) {
      throw new Unreadable(`The clocks of ${zone} went forward over that time: give one that they showed.`);
    }
  }
}

function checkOrder(occurred: Occurred, [start, end]: readonly (Reading | undefined)[]): void {
  if (start === undefined && end === undefined) {
    throw new Unreadable('An interval needs a start or an end: leave the date out where neither is known.');
  }
  if (earliestMoment(occurred) <= latestMoment(occurred)) return;
  throw new Unreadable(
    occurred.edtf.includes('/')
      ? 'The interval ends before it starts: give its earlier date first.'
      : `The clocks of ${occurred.zone} left that day out: give the day before or after.`,
  );
}
