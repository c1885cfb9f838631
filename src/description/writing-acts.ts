import { shell } from './operating-parts.js';
import type { Section } from './operating-parts.js';
import { html } from './page.js';

const create = html`<p>
    A create needs an <code>Idempotency-Key</code>: a fresh random one for each thing to be made, and the very
    same one, with the very same body, whenever the request is repeated. Here ALDOR raises an irritant itself.
  </p>
  ${shell(
    'Raise an irritant',
    `REQUEST=$(openssl rand -hex 16)
raise() {
  curl -sS "$ENTENTE/v1/irritants" -o answer.json \\
    -H "Authorization: Bearer $ALDOR" \\
    -H 'Content-Type: application/json' \\
    -H "Idempotency-Key: $REQUEST" \\
    -d '{
      "dialogueId": "'"$DIALOGUE"'", "raisers": ["ALDOR"], "respondents": ["BREVIA"],
      "raisedBasis": "stated", "category": "visas", "occurred": "2025-05-02",
      "title": { "en": "Visas of the teachers of the embassy school" }
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
    a key makes the repeat safe then, so send one with every act that a program sends. The operations on keys
    take none: after that answer, look at the list of keys first, and revoke one that nobody was shown.
  </p>`;

const act = html`<p>
    Every act says what it was decided on: <code>If-Match</code> with the <code>ETag</code> of the
    representation that was read, quotes included. The answer is the representation with the act, and its
    <code>ETag</code> is the one for the next act.
  </p>
  ${shell(
    'Read the irritant, then acknowledge it',
    `AT=irritants/$(field .id < answer.json)
SEEN=$(curl -sS "$ENTENTE/v1/$AT" -H "Authorization: Bearer $BREVIA" \\
  -o answer.json -w '%header{etag}')
curl -sS "$ENTENTE/v1/$AT/acknowledge" -o answer.json \\
  -H "Authorization: Bearer $BREVIA" \\
  -H 'Content-Type: application/json' \\
  -H "If-Match: $SEEN" \\
  -d '{ "statement": { "en": "Noted, without prejudice." } }' \\
  -w '%{http_code}\\n'
field .stage < answer.json`,
  )}
  <p>
    Without <code>If-Match</code> the answer is 428,
    <a href="/problems/if-match-required"><code>if-match-required</code></a
    >.
  </p>`;

const twice = html`<p>
    Nothing that is said is lost, and nothing is recorded twice. The same act with the same content and
    sources is a repeat, whatever its <code>Idempotency-Key</code>: 200 with <code>Act-Recorded: false</code>.
    The same act in other words is recorded where it can recur, as positions, claims, account points, notes
    and reports can; where it can’t, it is refused with
    <a href="/problems/already-said"><code>already-said</code></a
    >, which names the earlier event: correct that one, or take it back.
  </p>
  ${shell(
    'Acknowledge it again, in the same words and in others',
    `look
act "$BREVIA" acknowledge '{ "statement": { "en": "Noted, without prejudice." } }'
tr -d '\\r' < headers.txt | sed -n 's/^[Aa]ct-[Rr]ecorded: /recorded: /p'
act "$BREVIA" acknowledge '{ "statement": { "en": "Noted with regret." } }'
field .code < answer.json`,
  )}`;

export const actSections: readonly Section[] = [
  { anchor: 'creating', title: 'Creating', body: create },
  { anchor: 'acting', title: 'Acting', body: act },
  { anchor: 'twice', title: 'Saying it again', body: twice },
];
