import { shell } from './operating-parts.js';
import type { Section } from './operating-parts.js';
import { html } from './page.js';

const stale = html`<p>
    412, <a href="/problems/stale-revision"><code>stale-revision</code></a
    >: somebody, or a rule, has recorded something since you read. The answer has it in <code>events</code>,
    and in <code>revision</code> where it stands now. Read these events, read the irritant again, and decide
    anew whether you still want to say it. Never repeat it blindly with the new tag: it may be answered
    already.
  </p>
  ${shell(
    'Act on what has changed since, then look and decide anew',
    `look
act "$ALDOR" claim '{
  "kind": "roadmap-to-be-developed", "text": { "en": "The sides agreed to develop a roadmap." }
}'
act "$BREVIA" state-position '{ "stance": "acknowledges", "text": { "en": "We can take it up." } }'
field .code < answer.json
field '.events.map((event) => event.type).join()' < answer.json
look
act "$BREVIA" state-position '{ "stance": "acknowledges", "text": { "en": "We can take it up." } }'`,
  )}`;

const refused = html`<p>
    409: a rule of the record refuses the act, and will as long as things are as they are. Decide by
    <code>code</code>; <code>detail</code> says what stands against it, <code>errors</code> which field, and
    the page at <code>type</code> how to mend it. <a href="/problems">All problems</a> are on one page, and
    each operation names those that it can answer with. The act is not recorded.
  </p>
  ${shell(
    'Answer a claim of one’s own, which needs the other side',
    `look
CLAIM=$(field '.claims[0].claimId' < answer.json)
act "$ALDOR" "claims/$CLAIM/confirm" '{ "mode": "same-text" }'
field .code < answer.json
field .type < answer.json`,
  )}
  ${shell(
    'Let the other side answer it',
    `act "$BREVIA" "claims/$CLAIM/confirm" '{ "mode": "same-text" }'
field .stage < answer.json`,
  )}`;

const again = html`<dl>
  <dt>400, 401, 403, 404, 409, 422, 428</dt>
  <dd>The same request gets the same answer. Mend what the answer says first.</dd>
  <dt>412</dt>
  <dd>Read, decide anew, and send it with a new <code>Idempotency-Key</code>: it is another act.</dd>
  <dt>429, 503</dt>
  <dd>
    Wait as long as <code>Retry-After</code> says, then send the same again, with the same
    <code>Idempotency-Key</code>, body and <code>If-Match</code>.
  </dd>
  <dt>500, or no answer at all</dt>
  <dd>
    The same, after a pause that grows with every try. If it lasts, give the operator the
    <code>traceId</code>.
  </dd>
</dl>`;

const own = html`<p>
    An irritant that is read by its id shows one’s own act at once. Lists, histories and pages follow a moment
    later, as do the consequences that rules draw from an act. The answer to every write has an
    <code>Event-Position</code>; give it as <code>minPosition</code>, and the read waits for it, for up to two
    seconds. After that it is <a href="/problems/projection-lagging"><code>projection-lagging</code></a
    >: ask again.
  </p>
  ${shell(
    'List with one’s own act in it',
    `look
act "$ALDOR" state-position '{ "stance": "seeks-action", "text": { "en": "Ten visas are owed." } }'
POSITION=$(tr -d '\\r' < headers.txt | sed -n 's/^[Ee]vent-[Pp]osition: //p')
curl -sS -G "$ENTENTE/v1/irritants" -H "Authorization: Bearer $ALDOR" \\
  -d category=visas -d sort=-updatedAt --data-urlencode "minPosition=$POSITION" |
  field '.items[0].positions.ALDOR.text.en'`,
  )}`;

export const refusalSections: readonly Section[] = [
  { anchor: 'stale', title: 'When it has changed since', body: stale },
  { anchor: 'refused', title: 'When a rule refuses', body: refused },
  { anchor: 'again', title: 'Sending it again', body: again },
  { anchor: 'own', title: 'Reading one’s own act', body: own },
];
