import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { latestMoment, parseOccurred } from './index.js';

const reasonOf = (edtf: string, zone?: string) => {
  const check = parseOccurred(edtf, zone);
  return check.ok ? 'taken' : check.reason;
};

describe('a time that can be recorded', () => {
  it.each([
    ...['2025', '0000', '-0044', '2025-04', '2025-04-10', '2024-02-29', '2000-02-29'],
    ...['2025-04-10?', '2025-04~', '2025%'],
    ...['202X', '20XX', '-202X', 'XXXX', '2025-XX', '2025-04-XX', '2025-XX-XX'],
    ...['2025-21', '2025-24'],
    ...['2025-04-10T10:00:00Z', '2025-04-10T10:00Z', '2025-04-10T10:00:00.123456Z'],
    ...['2025-04-10T10:00:00+03:00', '2025-04-10T10:00:00-05'],
    ...['2025-04/2025-06', '2025-04-10/2025-04-10', '2025-04-10/2025-04', '2025-04~/2025-06?'],
    '2025-04-10T10:00:00Z/2025-04-10T12:00:00Z',
    ...['/2025-04-10', '../2025-04-10', '2025-04-10/', '2025-04-10/..'],
  ])('%s', (edtf) => {
    expect(parseOccurred(edtf)).toEqual({ ok: true });
    expect(parseOccurred(edtf, 'Europe/Moscow')).toEqual({ ok: true });
  });
});

describe('a time that is refused, with what to do about it', () => {
  it.each([
    ['', 'The date is empty'],
    ['2023-02-29', '"2023-02-29" is not in the calendar: that month has the days 01 to 28.'],
    ['1900-02-29', 'the days 01 to 28'],
    ['2025-02-31', 'the days 01 to 28'],
    ['2025-04-31', 'the days 01 to 30'],
    ['2025-04-00', 'the days 01 to 30'],
    ['2023-02-29~', 'the days 01 to 28'],
    ['2023-02-29/2023-03', 'the days 01 to 28'],
    ['2023-02/2023-02-29', 'the days 01 to 28'],
    ['../2023-02-29', 'the days 01 to 28'],
    ['2023-02-29T10:00:00Z', 'the days 01 to 28'],
    ['2025-13', 'months run from 01 to 12'],
    ['2025-00', 'months run from 01 to 12'],
    ['2025-25', 'months run from 01 to 12'],
    ['2025-0X', 'months run from 01 to 12'],
    ['2025-13-01T10:00:00Z', 'months run from 01 to 12'],
    ['2025-04-10T24:00:00Z', 'hours run to 23'],
    ['2025-04-10T10:60:00Z', 'minutes and seconds to 59'],
    ['2025-04-10T23:59:60Z', 'minutes and seconds to 59'],
    ['2025-04-10T10:00', 'add Z, an offset such as +03:00, or a zone'],
    ['2025-04-10T10:00:00', 'add Z'],
    ['2025-04-09/2025-04-10T10:00', 'add Z'],
    ['2025-04-10T10:00:00+99:00', 'is not an EDTF date'],
    ['2025-04-10T10:00:00-00:00', 'is not an EDTF date'],
    ['2025-04-10T10:00:00\u221203:00', 'only ASCII'],
    ['2025-04-10 10:00', 'T between date and time'],
    ['2025-04-10\n', 'no blanks'],
    ['[2025,2026]', 'level 2'],
    ['{2025,2026}', 'level 2'],
    ['[..2025]', 'level 2'],
    ['Y170000002', 'four digits'],
    ['Y-170000002', 'four digits'],
    ['12025', 'is not an EDTF date'],
    ['?2025-04', 'at the end'],
    ['2025?-04-10', 'at the end'],
    ['2025-04-XX/2025-05', 'without X'],
    ['../202X', 'without X'],
    ['2XXX', 'is not an EDTF date'],
    ['2025-XX-10', 'is not an EDTF date'],
    ['202X-04-10', 'is not an EDTF date'],
    ['2025-02-2X', 'is not an EDTF date'],
    ['20', 'is not an EDTF date'],
    ['201', 'is not an EDTF date'],
    ['1950S2', 'is not an EDTF date'],
    ['2025-21/2025-22', 'is not an EDTF date'],
    ['20250410', 'hyphens'],
    ['10.04.2025', 'begins with the year'],
    ['2025-4-1', 'is not an EDTF date'],
    ['yesterday', 'write a date such as 2025-04-10'],
    ['2025/2026/2027', 'one slash'],
    ['/', 'a start or an end'],
    ['../..', 'a start or an end'],
    ['../', 'a start or an end'],
    ['2025/2024', 'ends before it starts'],
    ['2025-04-10/2025-03', 'ends before it starts'],
    ['2025-04-10T10:00:00Z/2025-04-10T12:00:00+03:00', 'ends before it starts'],
    [`2025${'0'.repeat(61)}`, 'at most 64 characters'],
  ])('%j: %s', (edtf, reason) => {
    expect(reasonOf(edtf)).toContain(reason);
  });

  it.each([
    ['2025-04-10', 'Europe/Atlantis', 'not an IANA time zone'],
    ['2025-04-10', '+03:00', 'not an IANA time zone'],
    ['2025-04-10', '', 'not an IANA time zone'],
    ['2025-04-10', 'x'.repeat(500), 'not an IANA time zone'],
    ['2025-03-30T02:30', 'Europe/Berlin', 'went forward over that time'],
    ['2011-12-30', 'Pacific/Apia', 'left that day out'],
    ['2025-04-10T12:00/2025-04-10T10:00', 'Europe/Moscow', 'ends before it starts'],
  ])('%s in %s: %s', (edtf, zone, reason) => {
    expect(reasonOf(edtf, zone)).toContain(reason);
  });

  it('a time of day without zone is taken once a zone comes along', () => {
    expect(reasonOf('2025-04-10T10:00', 'Europe/Moscow')).toBe('taken');
    expect(reasonOf('2025-10-26T02:30', 'Europe/Berlin')).toBe('taken');
  });
});

describe('for any text', () => {
  const pieces = [
    ...['2023', '2024', '-', '02', '29', '31', 'T', '10:00', 'Z'],
    ...['/', '..', 'X', 'Y', '~', '+03:00', '9'],
  ];
  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 80 }),
    fc.array(fc.constantFrom(...pieces), { maxLength: 12 }).map((chosen) => chosen.join('')),
  );

  it('there is an answer, a reason that mends, and a moment for what is taken', () => {
    fc.assert(
      fc.property(texts, (edtf) => {
        const check = parseOccurred(edtf);
        if (check.ok) expect(latestMoment({ edtf })).not.toBeNaN();
        else expect(check.reason).toMatch(/^.{20,300}\.$/s);
      }),
      { numRuns: 1000 },
    );
  });

  it('a date is taken exactly where the calendar has it', () => {
    const year = fc.integer({ min: 0, max: 9999 });
    fc.assert(
      fc.property(year, fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 31 }), (y, m, d) => {
        const rolled = new Date(0);
        rolled.setUTCFullYear(y, m - 1, d);
        const edtf = `${pad(y, 4)}-${pad(m, 2)}-${pad(d, 2)}`;
        expect(parseOccurred(edtf).ok).toBe(rolled.getUTCDate() === d);
        expect(parseOccurred(`${edtf}/..`).ok).toBe(rolled.getUTCDate() === d);
      }),
    );
  });
});

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}

it('what is plain is taken or refused as the grammar takes or refuses it', () => {
  const part = (max: number) => fc.nat(max).map((number) => String(number).padStart(2, '0'));
  const day = fc
    .tuple(fc.nat(9999), part(13), part(32))
    .map(([year, month, date]) => `${String(year).padStart(4, '0')}-${month}-${date}`);
  const instant = fc
    .tuple(day, part(24), part(60), part(60), fc.constantFrom('', '.000', '.999'))
    .map(([date, hour, minute, second, fraction]) => `${date}T${hour}:${minute}:${second}${fraction}Z`);
  fc.assert(
    fc.property(fc.oneof(day, instant), (text) => {
      // Qualified or as an interval the same text goes through the grammar.
      const asInterval = parseOccurred(`${text}/..`);
      expect([text, parseOccurred(text).ok]).toEqual([text, asInterval.ok]);
    }),
  );
});
