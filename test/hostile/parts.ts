import fc from 'fast-check';
import { hostileText } from './values.js';

const odd = (text: string) => encodeURIComponent(text.toWellFormed());

const longId = 'a'.repeat(150);
export const hostileSegment: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    ...['%00', '..%2f..%2fetc', 'a%2Fb', '%2e%2e', '%ZZ', '%', '%C3%28', '%F0%9F%92%A9', '*', ':id', ';a=1'],
    ...[
      '__proto__',
      'constructor',
      longId,
      longId.repeat(2),
      longId.repeat(40),
      '0',
      '-',
      'null',
      '%20',
      '~',
    ],
    ...['RUUS-0', 'RUUS-1', 'RUUS-99999999', 'SC1-1', 'sc1-1', 'bytes', 'history', 'é', '|', '"', '{id}'],
    '00000000-0000-0000-0000-000000000000',
  ),
  hostileText.map((text) => odd(text).slice(0, 900)),
);

const queryNames = fc.constantFrom(
  ...[
    'limit',
    'cursor',
    'sort',
    'order',
    'knownAt',
    'effectiveAt',
    'minPosition',
    'updatedSince',
    'dialogue',
  ],
  ...[
    'stage',
    'raiser',
    'category',
    'overlay',
    'party',
    'from',
    'to',
    'q',
    '__proto__',
    'constructor',
    'a[b]',
    '',
  ],
);
const aForeignPosition = `someone-else.${'1'.padStart(20, '0')}.${'1'.padStart(20, '0')}`;
const queryValues = fc.oneof(
  fc.constantFrom(
    ...[
      '',
      '0',
      '1',
      '201',
      '999',
      '-1',
      '1.5',
      '1e2',
      'ten',
      'r0',
      'r1',
      'r999999',
      'r-1',
      's0',
      's1',
      's99999999',
    ],
    ...[
      '2025-13-45',
      '2025-04-10',
      '2025-04-10T09:00:00Z',
      '2025-04-10T09:00:00',
      '../2025',
      '2025-04-10T09:00:00+99:00',
    ],
    ...[
      '2025-04-10T09:00:00Z%2F2025-04-11T09:00:00Z',
      '2025-04-10T09:00:00Z/..',
      '9999-12-31T23:59:59Z',
      '%00',
      '%',
    ],
    ...[
      'W10',
      'bnVsbA',
      'WyJpcnJpdGFudHMgLXVwZGF0ZWRBdCIsMV0',
      'eyJhIjoxfQ',
      aForeignPosition,
      'asc',
      '-updatedAt',
    ],
    ...[
      '2025-04-10T24:00:00Z',
      '0000-01-01T00:00:00Z',
      '-0001-01-01T00:00:00Z',
      '2025-04-10T09:00Z',
      'RU',
      'x'.repeat(3_000),
    ],
  ),
  hostileText.map((text) => odd(text).slice(0, 2_000)),
);
export const hostileQuery = fc
  .array(fc.tuple(queryNames, queryValues), { minLength: 1, maxLength: 3 })
  .chain((pairs) =>
    fc
      .boolean()
      .map((twice) =>
        [...pairs, ...(twice ? pairs.slice(0, 1) : [])].map(([name, value]) => `${name}=${value}`).join('&'),
      ),
  );

/** Visible to HTTP, and yet nothing that we give out. */
const garbage = fc.constantFrom(
  ...[
    '',
    ' ',
    ',',
    ';',
    '""',
    '\u00e9',
    'a, b',
    'x'.repeat(300),
    '\u00ff\u00fe',
    '%00',
    '(',
    '[object Object]',
    '{}',
  ],
);
export const hostileHeaders: Readonly<Record<string, fc.Arbitrary<string>>> = {
  'If-Match': fc.oneof(
    garbage,
    fc.constantFrom(
      ...[
        '*',
        'W/"0"',
        '"0", "1"',
        '0',
        '"-1"',
        '"01"',
        '"18446744073709551616"',
        '"999999"',
        `"${'9'.repeat(300)}"`,
      ],
    ),
  ),
  'Idempotency-Key': fc.oneof(garbage, fc.constantFrom('k'.repeat(256), 'two words', '"open', '"a\\b"')),
  Authorization: fc.oneof(
    garbage,
    fc.constantFrom(
      ...[
        'Bearer',
        'Bearer ',
        'Basic YTpi',
        'Bearer x y',
        `Bearer entente_${'0'.repeat(32)}_${'A'.repeat(43)}`,
      ],
      ...[`Bearer entente_${'g'.repeat(32)}_${'A'.repeat(43)}`, `Bearer ${'k'.repeat(9_000)}`, 'bearer\tx'],
    ),
  ),
  'Content-Type': fc.oneof(
    garbage,
    fc.constantFrom(
      ...[
        'text/plain',
        'application/xml',
        'multipart/form-data',
        'application/json; charset=utf-16',
        'application/json;',
      ],
      ...[
        'application/x-www-form-urlencoded',
        'application/octet-stream',
        'APPLICATION/JSON',
        'application/merge-patch+json',
      ],
    ),
  ),
  Accept: fc.oneof(
    garbage,
    fc.constantFrom('image/png', 'text/event-stream', 'application/*;q=0', '*/*;q=x'),
  ),
  'Last-Event-ID': fc.oneof(garbage, fc.constantFrom('-1', '1e9', '999999999999999', '9'.repeat(40))),
  'Content-Encoding': fc.constantFrom('gzip', 'br', 'nonsense'),
  'X-HTTP-Method-Override': fc.constantFrom('DELETE', 'GET'),
  Cookie: fc.oneof(garbage, fc.constantFrom('entente=x', 'entente=%', 'entente-begun=x', '__proto__=1')),
  Origin: fc.constantFrom('null', 'https://elsewhere.example'),
  'X-Forwarded-For': fc.constantFrom('1.2.3.4', 'x'.repeat(500)),
};

export const methods = fc.constantFrom(
  ...[
    'GET',
    'HEAD',
    'POST',
    'PUT',
    'PATCH',
    'DELETE',
    'OPTIONS',
    'TRACE',
    'QUERY',
    'PROPFIND',
    'SEARCH',
    'MKCOL',
  ],
);
