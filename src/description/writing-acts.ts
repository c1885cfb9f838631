import { shell } from './operating-parts.js';
import type { Section } from './operating-parts.js';
import { html } from './page.js';

const create = html`<p>
    A create needs an <code>Idempotency-Key</code>: a fresh random one for each thing to be made, and the very
    same one, with the very same body, whenever the request is repeated. Here RU raises an irritant in the
    dialogue of the demonstration.
  </p>
  ${shell(
    'Raise an irritant',
    `DIALOGUE=$(curl -sS "$ENTENTE/v1/dialogues" -H "Authorization: Bearer $RU" | field '.items.find((one) => one.keyPrefix === "RUUS").id')
REQUEST=$(openssl rand -hex 16)
raise() {
  curl -sS "$ENTENTE/v1/irritants" -o answer.json \\
    -H "Authorization: Bearer $RU" \\
    -H 'Content-Type: application/json' \\
    -H "Idempotency-Key: $REQUEST" \\
    -d '{
      "dialogueId": "'"$DIALOGUE"'", "raisers": ["RU"], "respondents": ["US"],
      "raisedBasis": "stated", "category": "visas", "occurred": "2025-05-02",
      "title": { "en": "Visas of the drivers of the embassy" }
    }' \\
    -w '%{http_code} %header{location} %header{idempotent-replayed}\\n'
}
raise`,
  )}
  <p>
    201: <code>Location</code> is its address, and the body the irritant with its <code>id</code> and its
    <code>key</code>. No answer, or a 503? Send it again, as often as needed: with the same key it is made
    once, and a repeat is told by <code>Idempotent-Replayed: true</code>.
  </p>
  ${shell('Repeat it, as after a lost answer', 'raise')}
  <p>
    The same key with another body is refused with
    <a href="/problems/idempotency-key-reused"><code>idempotency-key-reused</code></a
    >. An act takes an <code>Idempotency-Key</code> too. With
    <a href="/problems/outcome-unknown"><code>outcome-unknown</code></a> nobody knows whether it was recorded;
    a key makes the repeat safe then, so send one with every act that a program sends.
  </p>`;

const act = html`<p>
    Every act says what it was decided on: <code>If-Match</code> with the <code>ETag</code> of the
    representation that was read, quotes included. The answer is the representation with the act, and its
    <code>ETag</code> is the one for the next act.
  </p>
  ${shell(
    'Read the irritant, then acknowledge it',
    `ID=$(field .id < answer.json)
SEEN=$(curl -sS "$ENTENTE/v1/irritants/$ID" -H "Authorization: Bearer $US" \\
  -o answer.json -w '%header{etag}')
curl -sS "$ENTENTE/v1/irritants/$ID/acknowledge" -o answer.json \\
  -H "Authorization: Bearer $US" \\
  -H 'Content-Type: application/json' \\
  -H "If-Match: $SEEN" \\
  -d '{ "statement": { "en": "Noted, without prejudice." } }' \\
  -w '%{http_code}\\n'
field .stage < answer.json`,
  )}
  <p>
    Without <code>If-Match</code> the answer is 428,
    <a href="/problems/if-match-required"><code>if-match-required</code></a
    >. So that the examples below stay short:
  </p>
  ${shell(
    'Act on what was read last, with less to type',
    `look() {
  SEEN=$(curl -sS "$ENTENTE/v1/irritants/$ID" -H "Authorization: Bearer $RU" \\
    -o answer.json -w '%header{etag}')
}
act() {
  curl -sS "$ENTENTE/v1/irritants/$ID/$2" -D headers.txt -o answer.json \\
    -H "Authorization: Bearer $1" -H 'Content-Type: application/json' \\
    -H "If-Match: $SEEN" -H "Idempotency-Key: $(openssl rand -hex 16)" -d "$3" -w '%{http_code}\\n'
}`,
  )}
  ${shell(
    'Claim in the name of RU what a statement of RU says',
    `SOURCE=$(curl -sS "$ENTENTE/v1/sources" \\
  -H "Authorization: Bearer $SECRETARIAT" -H 'Content-Type: application/json' \\
  -H "Idempotency-Key: $(openssl rand -hex 16)" \\
  -d '{
    "kind": "statement", "issuers": ["RU"], "lang": "en", "date": "2025-05-05", "held": false,
    "title": "Statement on the visas of drivers", "citation": "Ministry, 5 May 2025"
  }' | field .id)
look
act "$SECRETARIAT" claim '{
  "party": "RU", "sources": [{ "sourceId": "'"$SOURCE"'" }], "occurred": "2025-05-05",
  "kind": "roadmap-to-be-developed", "text": { "en": "The sides agreed to develop a roadmap." }
}'
field '.claims[0].capacity' < answer.json`,
  )}
  <p>
    RU can take the act as it stands, or disavow it:
    <a href="/docs#disavowAttribution">only its negotiator can say that</a>.
  </p>`;

export const actSections: readonly Section[] = [
  { anchor: 'creating', title: 'Creating', body: create },
  { anchor: 'acting', title: 'Acting', body: act },
];
