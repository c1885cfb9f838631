import { demonstrationPrincipals, syntheticPrincipals } from '../demo/principals.js';
import type { Role } from '../platform/principal.js';
import { shell, table } from './operating-parts.js';
import type { Section } from './operating-parts.js';
import { html } from './page.js';

const allowed: { readonly [role in Role]: string } = {
  registrar:
    'Reads; keeps the record of its party, and records its statements. What binds its party it never records.',
  negotiator:
    'Reads; records whatever its party says, what binds it included. Only a negotiator joins, and endorses, disavows or repudiates what stands under the name of its party.',
  secretariat:
    'Reads; acts for no party, so it records what parties that have not joined said, each time from a source, and what third parties and the press say. Can ask that words be erased.',
  reader: 'Reads, and writes nothing.',
  auditor: 'Reads, and writes nothing; for whoever examines the record.',
  operator: 'Makes and revokes keys and reads the metrics; neither reads nor writes what is recorded.',
};

const principals = [...demonstrationPrincipals, ...syntheticPrincipals];

const who = html`<p>
    <code>keys.json</code> of the demonstration has a key for each of these principals, by name. The record
    says who recorded what, so use the key of the one whose act it is.
  </p>
  ${table(
    'The principals of the demonstration',
    ['Principal', 'Acts for', 'What its role allows'],
    principals.map(
      ({ name, party, roles }) =>
        [`\`${name}\``, party ?? 'no party', roles.map((role) => allowed[role]).join(' ')] as const,
    ),
  )}
  ${shell(
    'Take three keys, and write less than a program would',
    `key() { node -p "JSON.parse(require('fs').readFileSync('keys.json'))['$1']"; }
field() { node -p "JSON.parse(require('fs').readFileSync(0))$1"; }
ALDOR=$(key aldor-negotiator)
BREVIA=$(key brevia-negotiator)
SECRETARIAT=$(key secretariat)
new() {
  curl -sS "$ENTENTE/v1/$2" -o answer.json \\
    -H "Authorization: Bearer $1" -H 'Content-Type: application/json' \\
    -H "Idempotency-Key: $(openssl rand -hex 16)" -d "$3" -w '%{http_code}\\n'
}
look() {
  SEEN=$(curl -sS "$ENTENTE/v1/$AT" -H "Authorization: Bearer $ALDOR" -o answer.json -w '%header{etag}')
}
act() {
  curl -sS "$ENTENTE/v1/$AT/$2" -D headers.txt -o answer.json \\
    -H "Authorization: Bearer $1" -H 'Content-Type: application/json' \\
    -H "If-Match: $SEEN" -H "Idempotency-Key: $(openssl rand -hex 16)" -d "$3" -w '%{http_code}\\n'
}`,
  )}
  <p>
    <code>new</code> makes something, <code>look</code> reads what <code>$AT</code> names, and
    <code>act</code> acts on what was read; <a href="#creating">Creating</a> and
    <a href="#acting">Acting</a> say what they send and why. Without a key, or with one that is revoked, the
    answer is <a href="/problems/unauthenticated"><code>unauthenticated</code></a
    >; where the role does not suffice it is <a href="/problems/forbidden"><code>forbidden</code></a
    >. The page on the interface says of each operation who may call it.
  </p>`;

const opening = html`<p>
    A dialogue is opened by a negotiator of one of its parties, which joins it with that, or by a secretariat,
    with which nobody joins. <a href="/docs/reading#keeping">How a dialogue is kept</a> follows from it. The
    examples go on in a dialogue of their own, between the two invented parties and marked as an exercise; the
    consultations of Istanbul stay as they are.
  </p>
  ${shell(
    'Open a dialogue, as a secretariat',
    `new "$SECRETARIAT" dialogues '{
  "parties": ["ALDOR", "BREVIA"], "keyPrefix": "G'"$(openssl rand -hex 4 | tr a-f A-F)"'", "synthetic": true,
  "name": { "en": "A dialogue to try the guide on" }
}'
DIALOGUE=$(field .id < answer.json)
field .kept.by < answer.json`,
  )}`;

export const keySections: readonly Section[] = [
  { anchor: 'who', title: 'Who writes', body: who },
  { anchor: 'opening', title: 'Opening a dialogue', body: opening },
];
