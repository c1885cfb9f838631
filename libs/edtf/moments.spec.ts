import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { earliestMoment, isCertainlyBefore, latestMoment } from './index.js';

const day = (edtf: string, zone?: string) => ({ edtf, zone });
const iso = (moment: number) => (Number.isFinite(moment) ? new Date(moment).toISOString() : moment);

describe('the moments that a time can mean', () => {
  it.each([
    ['2025', '2025-01-01T00:00:00.000Z', '2025-12-31T23:59:59.999Z'],
    ['0099', '0099-01-01T00:00:00.000Z', '0099-12-31T23:59:59.999Z'],
    ['9999', '9999-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z'],
    ['-0001', '-000001-01-01T00:00:00.000Z', '-000001-12-31T23:59:59.999Z'],
    ['2024-02', '2024-02-01T00:00:00.000Z', '2024-02-29T23:59:59.999Z'],
    ['2025-04-10~', '2025-04-10T00:00:00.000Z', '2025-04-10T23:59:59.999Z'],
    ['2025-12-31', '2025-12-31T00:00:00.000Z', '2025-12-31T23:59:59.999Z'],
    ['202X', '2020-01-01T00:00:00.000Z', '2029-12-31T23:59:59.999Z'],
    ['-202X', '-002029-01-01T00:00:00.000Z', '-002020-12-31T23:59:59.999Z'],
    ['XXXX', '0000-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z'],
    ['2025-XX', '2025-01-01T00:00:00.000Z', '2025-12-31T23:59:59.999Z'],
    ['2025-04-XX', '2025-04-01T00:00:00.000Z', '2025-04-30T23:59:59.999Z'],
    ['2025-21', '2025-03-01T00:00:00.000Z', '2025-12-31T23:59:59.999Z'],
    ['2025-24', '2024-12-01T00:00:00.000Z', '2026-03-31T23:59:59.999Z'],
    ['2025-02/2025-04-10', '2025-02-01T00:00:00.000Z', '2025-04-10T23:59:59.999Z'],
    ['../2025-04-10', -Infinity, '2025-04-10T23:59:59.999Z'],
    ['/2025-04-10', -Infinity, '2025-04-10T23:59:59.999Z'],
    ['2025-04-10/..', '2025-04-10T00:00:00.000Z', Infinity],
    ['2025-04-10/', '2025-04-10T00:00:00.000Z', Infinity],
    ['2025-04-10T10:00:00.5Z', '2025-04-10T10:00:00.500Z', '2025-04-10T10:00:00.500Z'],
    ['2025-04-10T10:00:00.1239Z', '2025-04-10T10:00:00.123Z', '2025-04-10T10:00:00.123Z'],
    ['2025-04-10T10:00+03:00', '2025-04-10T07:00:00.000Z', '2025-04-10T07:00:00.000Z'],
    ['2025-04-10T22:00:00-05', '2025-04-11T03:00:00.000Z', '2025-04-11T03:00:00.000Z'],
  ])('%s is from %s to %s', (edtf, earliest, latest) => {
    expect([iso(earliestMoment({ edtf })), iso(latestMoment({ edtf }))]).toEqual([earliest, latest]);
  });

  it.each([
    // Whole days on either side of UTC.
    ['2025-04-10', 'Europe/Moscow', '2025-04-09T21:00:00.000Z', '2025-04-10T20:59:59.999Z'],
    ['2025-04-10', 'America/New_York', '2025-04-10T04:00:00.000Z', '2025-04-11T03:59:59.999Z'],
    // Days of 23 and of 25 hours.
    ['2025-03-09', 'America/New_York', '2025-03-09T05:00:00.000Z', '2025-03-10T03:59:59.999Z'],
    ['2025-11-02', 'America/New_York', '2025-11-02T04:00:00.000Z', '2025-11-03T04:59:59.999Z'],
    // Clocks that went forward at midnight: the day began at 01:00.
    ['2018-11-04', 'America/Sao_Paulo', '2018-11-04T03:00:00.000Z', '2018-11-05T01:59:59.999Z'],
    ['2018-11-03', 'America/Sao_Paulo', '2018-11-03T03:00:00.000Z', '2018-11-04T02:59:59.999Z'],
    // Clocks that went from 23:30 to 00:30: midnight lies inside the gap.
    ['1919-03-30', 'America/Toronto', '1919-03-30T05:00:00.000Z', '1919-03-31T04:29:59.999Z'],
    // Clocks that went back over midnight: the day ended twice.
    ['2010-11-06', 'America/St_Johns', '2010-11-06T02:30:00.000Z', '2010-11-07T03:29:59.999Z'],
    // The day before the one that Samoa left out.
    ['2011-12-29', 'Pacific/Apia', '2011-12-29T10:00:00.000Z', '2011-12-30T09:59:59.999Z'],
    // Moscow's local mean time, with seconds.
    ['1900-01-01', 'Europe/Moscow', '1899-12-31T21:29:43.000Z', '1900-01-01T21:29:42.999Z'],
    // A clock time that came twice, one that came once, and one with an offset, which stands above the zone.
    ['2025-10-26T02:30', 'Europe/Berlin', '2025-10-26T00:30:00.000Z', '2025-10-26T01:30:00.000Z'],
    ['2025-10-26T03:30', 'Europe/Berlin', '2025-10-26T02:30:00.000Z', '2025-10-26T02:30:00.000Z'],
    ['2025-10-26T02:30Z', 'Europe/Berlin', '2025-10-26T02:30:00.000Z', '2025-10-26T02:30:00.000Z'],
  ])('%s in %s is from %s to %s', (edtf, zone, earliest, latest) => {
    const occurred = day(edtf, zone);
    expect([iso(earliestMoment(occurred)), iso(latestMoment(occurred))]).toEqual([earliest, latest]);
  });

  it('throws where the text or the zone is not one that is taken', () => {
    expect(() => latestMoment({ edtf: 'yesterday' })).toThrow('is not an EDTF date');
    expect(() => latestMoment(day('2025', 'Europe/Atlantis'))).toThrow(RangeError);
  });
});

describe('a calendar day in any zone', () => {
  const zones = [
    ...['UTC', 'Europe/Moscow', 'America/New_York'],
    ...['Asia/Kathmandu', 'Australia/Lord_Howe', 'Asia/Beirut'],
  ];
  const days = fc
    .integer({ min: -40_000, max: 40_000 })
    .map((n) => new Date(n * 86_400_000).toISOString().slice(0, 10));

  it('begins and ends where the clocks there say that it does', () => {
    fc.assert(
      fc.property(days, fc.constantFrom(...zones), (edtf, timeZone) => {
        // Swedish dates are year-month-day.
        const clocks = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });
        const [earliest, latest] = [earliestMoment(day(edtf, timeZone)), latestMoment(day(edtf, timeZone))];
        expect(clocks.format(earliest)).toBe(edtf);
        expect(clocks.format(latest)).toBe(edtf);
        expect(clocks.format(earliest - 1) < edtf).toBe(true);
        expect(clocks.format(latest + 1) > edtf).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('a coarser date holds every finer one inside it', () => {
    fc.assert(
      fc.property(days, fc.constantFrom(...zones), (edtf, zone) => {
        for (const coarse of [edtf.slice(0, 7), edtf.slice(0, 4), `${edtf.slice(0, 3)}X`, `../${edtf}`]) {
          expect(latestMoment(day(coarse, zone))).toBeGreaterThanOrEqual(latestMoment(day(edtf, zone)));
          expect(earliestMoment(day(coarse, zone))).toBeLessThanOrEqual(earliestMoment(day(edtf, zone)));
        }
      }),
    );
  });
});

describe('a time that was over before another can have begun', () => {
  it.each([
    ['2020', '2025-04-01', true],
    ['2025-04-09', '2025-04-10', true],
    ['2025-04', '2025-04-10', false],
    ['2025-04-10', '2025-04-10', false],
    ['2025-04-11', '2025-04-10', false],
    ['2020', '../2025-04-10', false],
    ['2020/..', '2025-04-10', false],
    ['2020~', '2025-04-10', false],
    ['2020', '2025-04-10?', false],
    ['2025-04-10T09:59:59Z', '2025-04-10T10:00:00Z', true],
    // 10 April may have ended at noon of the 11th in UTC, and may have begun at ten in the morning of the 9th.
    ['2025-04-10', '2025-04-11T11:59:59Z', false],
    ['2025-04-10', '2025-04-11T12:00:00Z', true],
    ['2025-04-08T10:00:00Z/2025-04-10', '2025-04-11T11:59:59Z', false],
    ['2025-04-09T10:00:00Z', '2025-04-10/2025-04-11T10:00:00Z', false],
    ['2025-04-09T10:00:00Z', '2025-04-10', false],
    ['2025-04-09T09:59:59Z', '2025-04-10', true],
  ])('%s before %s: %s', (one, other, isBefore) => {
    expect(isCertainlyBefore({ edtf: one }, { edtf: other })).toBe(isBefore);
  });

  it('is so of a day without a zone where it is so in whichever zone it was', () => {
    const zones = ['Etc/GMT-14', 'Europe/Moscow', 'UTC', 'America/New_York', 'Etc/GMT+12'];
    const hours = fc.integer({ min: -72, max: 72 }).map((n) => Date.UTC(2025, 3, 10) + n * 3_600_000);
    fc.assert(
      fc.property(hours, (moment) => {
        const instant = { edtf: new Date(moment).toISOString() };
        const days = zones.map((zone) => ({ edtf: '2025-04-10', zone }));
        expect(isCertainlyBefore({ edtf: '2025-04-10' }, instant)).toBe(
          days.every((one) => latestMoment(one) < moment),
        );
        expect(isCertainlyBefore(instant, { edtf: '2025-04-10' })).toBe(
          days.every((one) => moment < earliestMoment(one)),
        );
      }),
    );
  });
});
