import { shell } from './operating-parts.js';
import type { Section } from './operating-parts.js';
import { html } from './page.js';

const capacity = html`<dl>
    <dt>Direct</dt>
    <dd>
      The party records its own act, through its own key, once it has joined. It needs no source. What binds
      the party is recorded by its negotiator only.
    </dd>
    <dt>Attributed</dt>
    <dd>
      Somebody else records what a party said that has <em>not</em> joined: a secretariat, or the other party
      where that keeps the dialogue alone. Name the party in <code>party</code>, in <code>sources</code> where
      it said so, and in <code>wording</code> whose words you send.
    </dd>
  </dl>
  <p>
    Whatever is attributed, a mere statement too, cites a source that this very party issued: a
    <code>note</code>, a <code>statement</code> or a <code>joint-text</code>. Where a paper quotes it,
    register the statement, with the paper in <code>obtainedVia</code>. Press speaks for no party, and no
    party for the other: a source of the press, or, where a secretariat keeps the record, one that the other
    side registered, carries no word of it (<a href="/problems/source-not-issued-by-party"
      ><code>source-not-issued-by-party</code></a
    >).
  </p>
  <p>
    <code>wording</code> says of each field, or of all of them, whether the words are <code>verbatim</code>, a
    <code>translation</code> (with <code>translationFrom</code>) or your own <code>summary</code>. A summary
    is shown, and never in quotation marks. Titles and names are labels and need none. Without it the answer
    is <a href="/problems/wording-required"><code>wording-required</code></a
    >.
  </p>
  ${shell(
    'Raise an irritant in the name of ALDOR, from a statement of ALDOR',
    `new "$SECRETARIAT" sources '{
  "dialogueId": "'"$DIALOGUE"'", "kind": "statement", "issuers": ["ALDOR"], "lang": "en",
  "date": "2025-05-02", "held": false,
  "title": "Statement on visas", "citation": "Foreign Office of Aldor, 2 May 2025 (invented)"
}'
SOURCE=$(field .id < answer.json)
new "$SECRETARIAT" irritants '{
  "dialogueId": "'"$DIALOGUE"'", "party": "ALDOR", "sources": [{ "sourceId": "'"$SOURCE"'" }],
  "wording": [{ "as": "summary" }], "occurred": "2025-05-02",
  "raisers": ["ALDOR"], "respondents": ["BREVIA"], "raisedBasis": "stated", "category": "visas",
  "title": { "en": "Visas of the drivers of the embassy" },
  "statement": { "en": "Twelve drivers wait for their visas." }
}'
AT=irritants/$(field .id < answer.json)
field .raised.capacity < answer.json`,
  )}
  <p>
    A source is cited, or held with its bytes. Send them first, for the dialogue, at most 20 MiB; then
    register one source that names them. They are that source’s alone: the same bytes are sent again for
    another one, and when the words of the source are erased, they go too (<a href="/problems/bytes-erased"
      ><code>bytes-erased</code></a
    >). A request that broke off is sent again with its key.
  </p>
  ${shell(
    'Keep a paper of the other side with its bytes',
    `printf 'Ten visas were refused.' | curl -sS "$ENTENTE/v1/dialogues/$DIALOGUE/bytes" -o answer.json \\
  -H "Authorization: Bearer $SECRETARIAT" -H 'Content-Type: application/octet-stream' \\
  -H "Idempotency-Key: $(openssl rand -hex 16)" --data-binary @- -w '%{http_code}\\n'
new "$SECRETARIAT" sources '{
  "dialogueId": "'"$DIALOGUE"'", "kind": "note", "issuers": ["BREVIA"], "lang": "en",
  "held": true, "bytesId": "'"$(field .bytesId < answer.json)"'",
  "title": "Note on visas", "citation": "Foreign Office of Brevia, note 3 of 2025 (invented)"
}'
field .sha256 < answer.json`,
  )}
  ${shell(
    'Claim in its name, first without saying whose words they are',
    `look
act "$SECRETARIAT" claim '{
  "party": "ALDOR", "sources": [{ "sourceId": "'"$SOURCE"'" }],
  "kind": "factual", "text": { "en": "All visas were refused." }
}'
field .code < answer.json
act "$SECRETARIAT" claim '{
  "party": "ALDOR", "sources": [{ "sourceId": "'"$SOURCE"'" }], "wording": [{ "as": "summary" }],
  "kind": "factual", "text": { "en": "All visas were refused." }
}'`,
  )}
  ${shell(
    'Suspend in the name of BREVIA, on a report of the press',
    `new "$SECRETARIAT" sources '{
  "dialogueId": "'"$DIALOGUE"'", "kind": "press", "issuers": [], "lang": "en", "held": false,
  "title": "Talks on visas put off", "citation": "A newspaper, 6 May 2025, page 3 (invented)"
}'
PRESS=$(field .id < answer.json)
look
act "$SECRETARIAT" suspend '{ "party": "BREVIA", "sources": [{ "sourceId": "'"$PRESS"'" }] }'
field .code < answer.json`,
  )}`;

const answering = html`<p>
    A party answers for what stands in its name, through its negotiator and before it has joined too: it
    <code>endorse</code>s an act, which then counts as its own, or <code>disavow</code>s it, because it is
    <code>not-what-we-said</code>, or <code>not-our-source</code>, which bars that source for the party from
    then on. Each act is answered once. What is disavowed drops out of what holds, with all that rests on it,
    and never comes back; it stays in the history, struck through. What a party has endorsed, or has acted on
    itself, it can’t disavow any more (<a href="/problems/acted-upon"><code>acted-upon</code></a
    >).
  </p>
  ${shell(
    'Endorse the raising, and disavow the claim',
    `look
RAISING=$(field .raised.eventId < answer.json)
CLAIM=$(field '.claims[0].eventId' < answer.json)
act "$ALDOR" endorse '{ "target": "'"$RAISING"'" }'
field .raised.capacity < answer.json
look
act "$ALDOR" disavow '{
  "target": "'"$CLAIM"'", "ground": "not-what-we-said",
  "reason": { "en": "We said that twelve were not yet issued." }
}'
field .claims.length < answer.json`,
  )}`;

const joining = html`<p>
    <code>join</code> takes a negotiator. From then on the party speaks for itself: what it says it records,
    and nobody else records in its name any more (<a href="/problems/party-speaks-for-itself"
      ><code>party-speaks-for-itself</code></a
    >). It endorses nothing of what was recorded before, and a party can’t leave. Until it has joined, the
    only acts of its people are to endorse and to disavow (<a href="/problems/not-joined"
      ><code>not-joined</code></a
    >). What the other side is heard to say elsewhere, after it has joined, is a claim of one’s own about it,
    with the source.
  </p>
  ${shell(
    'Let both join, and then record in the name of one of them',
    `IRRITANT=$AT
AT=dialogues/$DIALOGUE
look
act "$ALDOR" join '{}'
look
act "$BREVIA" join '{}'
field .kept.by < answer.json
AT=$IRRITANT
look
act "$SECRETARIAT" state-position '{
  "party": "ALDOR", "sources": [{ "sourceId": "'"$SOURCE"'" }], "wording": [{ "as": "summary" }],
  "stance": "seeks-action", "text": { "en": "Visas are to be issued within a month." }
}'
field .code < answer.json`,
  )}`;

export const nameSections: readonly Section[] = [
  { anchor: 'capacity', title: 'In whose name, on which evidence, in whose words', body: capacity },
  { anchor: 'answering', title: 'What was recorded in your name', body: answering },
  { anchor: 'joining', title: 'Joining', body: joining },
];
