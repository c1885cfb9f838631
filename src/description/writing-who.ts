import { demonstrationPrincipals } from '../demo/principals.js';
import type { Role } from '../platform/principal.js';
import { shell, table } from './operating-parts.js';
import type { Section } from './operating-parts.js';
import { html } from './page.js';

const allowed: { readonly [role in Role]: string } = {
  registrar:
    'Reads; keeps the record of its party, and records its statements directly. What binds its party it records only as anybody else would the acts of the other side: never directly.',
  negotiator:
    'Reads; records directly whatever its party says, what binds it included. Only a negotiator disavows what was recorded in the name of its party.',
  secretariat:
    'Reads; acts for no party, so it records the acts of both in their names, each with a source. Can ask that words be erased.',
  reader: 'Reads, and writes nothing.',
  auditor: 'Reads, and writes nothing; for whoever examines the record.',
  operator: 'Makes and revokes keys and reads the metrics; neither reads nor writes what is recorded.',
};

const who = html`<p>
    <code>keys.json</code> of the demonstration has a key for each of these eight principals, by name, and
    four more for the two sides of its invented dialogue. The record says who recorded what, so use the key of
    the one whose act it is.
  </p>
  ${table(
    'The principals of the demonstration',
    ['Principal', 'Acts for', 'What its role allows'],
    demonstrationPrincipals.map(
      ({ name, party, roles }) =>
        [`\`${name}\``, party ?? 'no party', roles.map((role) => allowed[role]).join(' ')] as const,
    ),
  )}
  ${shell(
    'Take three keys, and a way to read fields of answers',
    `key() { node -p "JSON.parse(require('fs').readFileSync('keys.json'))['$1']"; }
field() { node -p "JSON.parse(require('fs').readFileSync(0))$1"; }
RU=$(key ru-negotiator)
US=$(key us-negotiator)
SECRETARIAT=$(key secretariat)`,
  )}
  <p>
    Without a key, or with one that is revoked, the answer is
    <a href="/problems/unauthenticated"><code>unauthenticated</code></a
    >; where the role does not suffice it is <a href="/problems/forbidden"><code>forbidden</code></a
    >. The page on the interface says of each operation who may call it.
  </p>`;

const capacity = html`<dl>
    <dt>Direct</dt>
    <dd>
      The party records its own act, through its own key. It needs no source. What binds the party is recorded
      directly by its negotiator only.
    </dd>
    <dt>Attributed</dt>
    <dd>
      Somebody else records it: name the party in <code>party</code>, and in <code>sources</code> what it
      rests on. A statement takes any source. What binds a party takes a source that this very party issued: a
      <code>note</code>, a <code>statement</code>, or a <code>joint-text</code> of both; never
      <code>press</code>, for press speaks for no party.
    </dd>
  </dl>
  <p>
    “Records” of an operation in the <a href="/docs">interface</a> says which of the two it is. Without a
    source the answer is <a href="/problems/source-required"><code>source-required</code></a
    >; with one that does not carry the party’s word it is
    <a href="/problems/source-not-issued-by-party"><code>source-not-issued-by-party</code></a
    >.
  </p>`;

export const keySections: readonly Section[] = [
  { anchor: 'who', title: 'Who writes', body: who },
  { anchor: 'capacity', title: 'Direct and attributed', body: capacity },
];
