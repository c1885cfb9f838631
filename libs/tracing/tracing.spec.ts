import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Causes, formatTraceparent, parseTraceparent } from './index.js';

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
const spanId = '00f067aa0ba902b7';

describe('The header traceparent', () => {
  it('is read as W3C Trace Context has it, in any later version too', () => {
    const place = { traceId, spanId, isSampled: true };
    expect(parseTraceparent(`00-${traceId}-${spanId}-01`)).toEqual(place);
    expect(parseTraceparent(`00-${traceId}-${spanId}-00`)).toEqual({ ...place, isSampled: false });
    expect(parseTraceparent(`cc-${traceId}-${spanId}-03-what-comes-later`)).toEqual(place);
    expect(formatTraceparent(place)).toBe(`00-${traceId}-${spanId}-01`);
  });

  it.each([
    undefined,
    '',
    ['a', 'b'],
    `ff-${traceId}-${spanId}-01`,
    `00-${traceId}-${spanId}-01-more`,
    `00-${traceId}-${spanId}-01 `,
    `00-${traceId.toUpperCase()}-${spanId}-01`,
    `00-${'0'.repeat(32)}-${spanId}-01`,
    `00-${traceId}-${'0'.repeat(16)}-01`,
    `00-${traceId}-${spanId}-0g`,
    `00-${traceId}-${spanId}-01, 00-${traceId}-${spanId}-01`,
    `cc-${traceId}-${spanId}-01-${'x'.repeat(600)}`,
  ])('is passed over where it is not one: %j', (text) => {
    expect(parseTraceparent(text)).toBeUndefined();
  });

  it('never gives anything but hexadecimal digits, whatever was sent', () => {
    const parts = fc.tuple(
      fc.constantFrom('00', '01', 'ff', 'x'),
      fc.oneof(fc.constant(traceId), fc.string({ maxLength: 40 })),
      fc.oneof(fc.constant(spanId), fc.string({ maxLength: 20 })),
      fc.constantFrom('00', '01', 'ff', '1', '\u0661\u0661'),
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          parts.map((all) => all.join('-')),
        ),
        (text) => {
          const found = parseTraceparent(text);
          if (found !== undefined)
            expect(formatTraceparent(found)).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$/);
        },
      ),
    );
  });
});

describe('The spans of the latest events', () => {
  const place = (at: number) => ({ traceId, spanId: at.toString(16).padStart(16, '0'), isSampled: true });

  it('are as many as were said, and the oldest go first', () => {
    const causes = new Causes(3);
    for (let at = 1; at <= 5; at += 1) causes.keep([`e${at}`], place(at));
    expect([1, 2, 3, 4, 5].map((at) => causes.of(`e${at}`)?.spanId)).toEqual([
      undefined,
      undefined,
      ...[3, 4, 5].map((at) => place(at).spanId),
    ]);
    causes.keep(['e3'], place(9));
    causes.keep(['e6'], place(6));
    expect(causes.of('e3')).toEqual(place(9));
    expect(causes.of('e4')).toBeUndefined();
  });

  it('are told once each, up to a bound', () => {
    const causes = new Causes();
    const [one, two] = [place(1), place(2)];
    causes.keep(['a', 'b'], one);
    causes.keep(['c', 'd'], two);
    expect(causes.ofAll(['a', 'b', 'unknown', 'c'], 5)).toEqual([one, two]);
    expect(causes.ofAll(['a', 'b', 'c', 'd'], 1)).toEqual([one]);
  });
});
