import fc from 'fast-check';

type Json = unknown;

/** Names that mean something to JavaScript, to a framework, or to us in another place. */
export const hostileKey: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    ...['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf', 'then', 'toJSON'],
    ...['isPrototypeOf', '__defineGetter__', 'sr-latn', 'sr-Latn', 'EN', 'iw'],
    ...['', ' ', 'a.b', 'a/b', '~1', '([', '$where', 'id', 'revision', 'stage', 'act', 'recordedAt'],
    ...['\u0000', '\ud800', '\u202e', 'x'.repeat(5_000)],
  ),
  fc.string({ unit: 'binary', maxLength: 12 }),
);

export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    ...['', ' ', '\u0000', 'a\u0007b', '\ud800', 'x\udfffy', '\u202eabc', '\ufeff', '\u2028', '👩‍👩‍👧'],
    ...['2026-02-31', '2023-02-29', '9999999-01-01', '2025-04-10T25:61:00Z', '-0000', '2025-04-10/2024'],
    ...['2025-04-10T09:00:00Z/2025-04-11T09:00:00Z', 'Y170000002', '2004-06-~01/2004-06-~20', '156X-12-25'],
    ...[
      'Russia pays \u202e000,1\u202c EUR',
      'a\u2066b',
      'a\r\nb',
      'T\u{e0041}',
      '\u{1fffe}',
      '\u200b',
      '\u3164',
    ],
    ...['9999-12-31T23:59:59-12:00', '0000-01-01T00:00:00+14:00', '2025-04-10T10:00:00+99:00', 'sr-latn'],
    ...['../../etc/passwd', "'; DROP TABLE entries;--", '<script>alert(1)</script>', '%00', '${7*7}'],
    ...['__proto__', 'constructor', 'null', 'true', '0', '-1', '1e3', 'NaN', 'x'.repeat(30_000)],
    ...['00000000-0000-0000-0000-000000000000', 'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF', 'ru', 'XX', 'R'],
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.uuid(),
);

const hostileNumber: fc.Arbitrary<number> = fc.constantFrom(
  ...[0, -0, -1, 0.5, 1e21, 1e308, -1e308, 5e-324, 2 ** 31, 2 ** 53, 2 ** 53 + 2, 2 ** 63, 100_000, 100_001],
);

/** Anything JSON can say, where something else was expected. */
export const hostileValue: fc.Arbitrary<Json> = fc.oneof(
  hostileText,
  hostileNumber,
  fc.constantFrom<Json>(null, true, false, [], {}, [[]], [[[]]], [null], [{}], { en: null }, { en: [] }),
  fc.constantFrom<Json>({ edtf: 1 }, { edtf: '2025', zone: 'Nowhere/Land' }, { edtf: '2025', zone: null }),
  fc.dictionary(hostileKey, hostileText, { maxKeys: 3 }),
  fc.array(hostileText, { maxLength: 4 }),
  fc.constant(Array.from({ length: 2_000 }, () => 'x')),
  fc.jsonValue({ maxDepth: 4 }),
);

type Path = readonly string[];

function pathsOf(value: Json, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([name, child]) => pathsOf(child, [...at, name]))];
}

/** A copy with the value at the path changed; `undefined` takes it out. Own keys only, `__proto__` among them. */
function changed(value: Json, [name, ...rest]: Path, change: (before: Json) => Json): Json {
  if (name === undefined) return change(value);
  const entries = Object.entries(value ?? {});
  const known = entries.some(([key]) => key === name) ? entries : [...entries, [name, undefined] as const];
  const after = known.map(
    ([key, child]) => [key, key === name ? changed(child, rest, change) : child] as const,
  );
  if (Array.isArray(value)) return after.map(([, child]) => child);
  return Object.fromEntries(after.filter(([, child]) => child !== undefined));
}

/** A body that is right but for one thing, somewhere in it. */
export function spoilt(example: Json): fc.Arbitrary<Json> {
  const paths = pathsOf(example);
  const inner = paths.filter((path) => path.length > 0);
  const somewhere = fc.constantFrom(...(inner.length > 0 ? inner : paths));
  return fc.oneof(
    fc.tuple(somewhere, hostileValue).map(([path, value]) => changed(example, path, () => value)),
    somewhere.map((path) => changed(example, path, () => undefined)),
    somewhere.map((path) => changed(example, path, (before) => [before])),
    fc
      .tuple(fc.constantFrom(...paths), hostileKey, hostileValue)
      .map(([path, name, value]) => changed(example, [...path, name], () => value)),
    fc
      .tuple(fc.constantFrom('party', 'occurred', 'sources', 'audience'), hostileValue)
      .map(([name, value]) => changed(example, [name], () => value)),
    hostileValue,
  );
}

const deep = 10_000;
const large = 250_000;

/** Bodies near the largest that are read, each of one thing many times over. */
const largeBodies: readonly string[] = [
  `{"sources":[${'0,'.repeat(large / 2)}0]}`,
  `{"sources":[${'{},'.repeat(large / 3)}{}]}`,
  `{"irritantIds":[${Array.from({ length: 6_000 }, (_, at) => `"01960b3a-0000-7000-8000-${String(at).padStart(12, '0')}"`).join()}]}`,
  `{${Array.from({ length: 20_000 }, (_, at) => `"f${at}":0`).join()}}`,
  `{"title":{${Array.from({ length: 15_000 }, (_, at) => `"x-${at}":"a"`).join()}}}`,
  `{"texts":{${Array.from({ length: 9_000 }, (_, at) => `"${at}":{"en":"a"}`).join()}}}`,
  `{"steps":[${'{"after":[{}]},'.repeat(large / 16)}{}]}`,
  `{"${'x'.repeat(large)}":1}`,
  JSON.stringify({ title: { en: '\u0301'.repeat(large / 3) } }),
  JSON.stringify({ text: { en: '漢'.repeat(20_000), zh: '字'.repeat(20_000), ja: 'か'.repeat(20_000) } }),
  JSON.stringify({ occurred: '['.repeat(large) }),
  JSON.stringify({ reason: { en: ' '.repeat(large) } }),
];

/** Fields that stand twice, and others that JSON lets through. */
const twice: readonly string[] = [
  '{"a":1,"a":2}',
  '{"title":{"en":"One","en":"Two"}}',
  '{"c\\u0061tegory":"debt","category":"visas"}',
  '{"sources":[{"sourceId":"x","sourceId":"y"}]}',
];

/** The bytes of a body, which need not be JSON, nor even text. */
export function hostileBody(example: Json): fc.Arbitrary<Buffer | undefined> {
  const right = JSON.stringify(example ?? {});
  return fc.oneof(
    { weight: 8, arbitrary: spoilt(example ?? {}).map((one) => Buffer.from(JSON.stringify(one) ?? '')) },
    { weight: 1, arbitrary: fc.nat(right.length).map((length) => Buffer.from(right.slice(0, length))) },
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        ...[undefined, Buffer.alloc(0), Buffer.from([0xff, 0xfe, 0x00]), Buffer.from('\ufeff{}')],
        ...[`{"a":"\\ud800"}`, '{"a":1e999}', '{"a":1,"a":2}', "{'a':1}", `${right}x`, '{"a":NaN}', '"'].map(
          (text) => Buffer.from(text),
        ),
        Buffer.concat([
          Buffer.from('{"name":"'),
          Buffer.from([0xc3, 0x28, 0xed, 0xa0, 0x80]),
          Buffer.from('"}'),
        ]),
        Buffer.from('['.repeat(deep) + ']'.repeat(deep)),
        Buffer.from('{"a":'.repeat(deep) + '1' + '}'.repeat(deep)),
        Buffer.from('{"a":'.repeat(deep)),
        Buffer.from(JSON.stringify({ reason: { en: 'x'.repeat(300_000) } })),
        ...twice.map((text) => Buffer.from(text)),
      ),
    },
    { weight: 1, arbitrary: fc.constantFrom(...largeBodies).map((text) => Buffer.from(text)) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)) },
  );
}
