import { daysInMonth, wallOf } from './calendar.js';

/**
 * What one end of an interval, or a date that stands alone, can mean:
 * `days` from a wall up to but without another, a `wall` whose zone isn't said, or an `instant` in epoch ms.
 */
export type Reading =
  | { readonly kind: 'days'; readonly from: number; readonly until: number }
  | { readonly kind: 'wall'; readonly wall: number }
  | { readonly kind: 'instant'; readonly moment: number };

/** Thrown for a text that can't be read; the message says what is wrong and how to mend it. */
export class Unreadable extends Error {}

const datePattern = /^(-?[0-9X]{4})(?:-([0-9X]{2})(?:-([0-9X]{2}))?)?[?~%]?$/;
const instantPattern =
  /^(-?\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(?:(Z)|([+-])(\d{2})(?::?(\d{2}))?)?$/;
const examples =
  'write a date such as 2025-04-10, 2025-04 or 2025, an interval such as 2025-04/2025-06, ' +
  'or an instant such as 2025-04-10T10:00:00Z';

/** Both ends of a text without its openness: a date alone is both, an unknown or open end is undefined. */
export function endsOf(edtf: string): [Reading | undefined, Reading | undefined] {
  const [start = '', end = start, ...more] = edtf.split('/');
  if (more.length > 0) throw new Unreadable('An interval has one slash, between its start and its end.');
  const isInterval = edtf.includes('/');
  const read = (text: string) => (isInterval && (text === '' || text === '..') ? undefined : readingOf(text));
  return [read(start), read(end)];
}

export function unknownForm(text: string): Unreadable {
  return new Unreadable(`"${text}" is not an EDTF date of level 0 or 1: ${examples}.`);
}

function readingOf(text: string): Reading {
  const date = datePattern.exec(text);
  if (date !== null) return readDate(text, date[1] ?? '', date[2], date[3]);
  const instant = instantPattern.exec(text);
  if (instant !== null) return readInstant(text, instant);
  throw unknownForm(text);
}

function readDate(text: string, year: string, month?: string, day?: string): Reading {
  const [firstYear, lastYear] = rangeOf(year);
  if (month === undefined) return days(firstYear, 1, lastYear, 12);
  if (month === 'XX') return days(firstYear, 1, lastYear, 12);
  if (month >= '21' && month <= '24') return readSeason(firstYear, month);
  checkMonth(text, month);
  if (day === undefined || day === 'XX') return days(firstYear, Number(month), lastYear, Number(month));
  checkDay(text, Number(year), Number(month), Number(day));
  const from = wallOf(Number(year), Number(month), Number(day));
  return { kind: 'days', from, until: wallOf(Number(year), Number(month), Number(day) + 1) };
}

/** `202X` is 2020 to 2029, and `-202X` is -2029 to -2020. */
function rangeOf(year: string): [number, number] {
  const [a, b] = [Number(year.replaceAll('X', '0')), Number(year.replaceAll('X', '9'))];
  return a <= b ? [a, b] : [b, a];
}

function days(firstYear: number, firstMonth: number, lastYear: number, lastMonth: number): Reading {
  return { kind: 'days', from: wallOf(firstYear, firstMonth, 1), until: wallOf(lastYear, lastMonth + 1, 1) };
}

/**
 * Level 1 seasons are "independent of location": spring (21) and autumn (23) lie in March to June in one hemisphere and
 * in September to December in the other; summer (22) and winter (24) lie across a new year in one of them, and a year
 * is given to them by its start or by its end. The reading is as wide as that leaves it.
 */
function readSeason(year: number, season: string): Reading {
  return season === '21' || season === '23' ? days(year, 3, year, 12) : days(year - 1, 12, year + 1, 3);
}

function readInstant(text: string, parts: RegExpExecArray): Reading {
  const [
    ,
    year,
    month = '',
    day,
    hour,
    minute,
    second = '0',
    fraction = '',
    utc,
    sign,
    offHours,
    offMinutes = '0',
  ] = parts;
  checkMonth(text, month);
  checkDay(text, Number(year), Number(month), Number(day));
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) {
    throw new Unreadable(`"${text}" has no time of day: hours run to 23, minutes and seconds to 59.`);
  }
  const ms = Number(fraction.padEnd(3, '0').slice(0, 3));
  const timeMs = ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1000 + ms;
  const wall = wallOf(Number(year), Number(month), Number(day), timeMs);
  if (utc !== undefined) return { kind: 'instant', moment: wall };
  if (sign === undefined) return { kind: 'wall', wall };
  const offset = Number(`${sign}1`) * (Number(offHours) * 60 + Number(offMinutes)) * 60_000;
  return { kind: 'instant', moment: wall - offset };
}

function checkMonth(text: string, month: string): void {
  if (month >= '01' && month <= '12' && !month.includes('X')) return;
  throw new Unreadable(`"${text}" has no month ${month}: months run from 01 to 12, seasons from 21 to 24.`);
}

function checkDay(text: string, year: number, month: number, day: number): void {
  const last = daysInMonth(year, month);
  if (Number.isNaN(last) || Number.isNaN(day)) throw unknownForm(text);
  if (day >= 1 && day <= last) return;
  throw new Unreadable(`"${text}" is not in the calendar: that month has the days 01 to ${last}.`);
}
