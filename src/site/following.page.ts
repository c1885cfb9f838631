import { html, written } from '#libs/html';
import type { Html } from '#libs/html';
import { layout } from '../layout/page.js';
import type { Query } from '../platform/http/query.js';
import type { RecordRead } from '../platform/record/reading.js';
import type { digestOf, DigestItem } from '../following/digest.js';
import { authorOf, keptByInWords, standingInWords } from '../following/digest-atom.js';
import { feedKinds } from '../following/follower.js';
import type { FeedKind, Following, Watch } from '../following/follower.js';
import { inWords, nameOfThing } from '../following/things.js';
import { instantInWords } from '../wording/dates.js';
import { labelOf, quotesOf } from '../wording/quotes.js';
import { recordedInWords } from '../wording/standing.js';
import { capacityMarks, capitalised } from '../wording/terms.js';
import { spokenWords } from './fragments.js';
import { readerBar } from './reader-bar.js';
import type { PageReader } from './reader-bar.js';

interface Shown {
  readonly record: RecordRead;
  readonly following: Following;
  /** Whether the reader sees a dialogue at this moment. */
  readonly isSeen: (dialogueId: string) => boolean;
  readonly digest: ReturnType<typeof digestOf>;
  readonly query: Query;
  /** A secret address that was just made: it is on this page and nowhere else. */
  readonly address: string | undefined;
}

/** A correction says in its own sentence only that there are new words. */
function newWords({ event }: DigestItem): readonly Html[] {
  if (event.envelope.type !== 'EventCorrected') return [];
  const worded = { party: event.envelope.act.party, capacity: event.envelope.act.capacity };
  // Whose they are and whether they may be quoted says the page of the matter, which has what they correct beside them.
  return quotesOf(event.content, worded).map((quote) => {
    const { lang, text } = quote;
    const label = html`<span class="label">${labelOf(quote)}</span>`;
    return lang === null
      ? html`<p class="given">${label} ${written(text)}</p>`
      : html`<div class="quote">${label} ${spokenWords({ lang, text, isQuotable: false, whose: [] })}</div>`;
  });
}

function change(item: DigestItem): Html {
  const { act, recordedAt } = item.event.envelope;
  const standing = standingInWords(item);
  return html`<li>
    ${capacityMarks[act.capacity]} ${written(item.summary)} ${newWords(item)}
    <span class="said"
      >${written(authorOf(item))}, ${recordedInWords(item)}; recorded
      ${instantInWords(recordedAt)}${standing === undefined ? '' : `. ${standing}`}</span
    >
  </li>`;
}

function addressOfThing({ thing }: DigestItem): string | undefined {
  if (thing.key !== null) return `/irritants/${thing.key}`;
  return thing.kind === 'round' ? `/rounds/${thing.id}` : undefined;
}

/** What one thing went through, the latest first, under its name. */
function thing(items: readonly [DigestItem, ...DigestItem[]]): Html {
  const [first] = items;
  const address = addressOfThing(first);
  const name = written(inWords(first.thing));
  return html`<h3>${address === undefined ? name : html`<a href="${address}">${name}</a>`}</h3>
    <p class="quiet">${capitalised(keptByInWords(first))}.</p>
    <ul>
      ${items.map(change)}
    </ul>`;
}

function section(id: string, title: string, items: readonly DigestItem[], none: string): Html {
  const things = Map.groupBy(items, ({ thing: { id: of } }) => of);
  return html`<section aria-labelledby="${id}">
    <h2 id="${id}">${title}</h2>
    ${items.length === 0 ? html`<p class="none">${none}</p>` : ''}
    ${[...things.values()].map((one) => thing(one as [DigestItem, ...DigestItem[]]))}
  </section>`;
}

/** What came after the first page was shown is not on it, nor on those that follow it: so up to that moment, and no further. */
function lookForm({ items, next }: Shown['digest'], upTo: string | null): Html {
  if (upTo === null || !items.some((one) => one.new)) return html``;
  if (next !== undefined && items.every((one) => one.new))
    return html`<p class="quiet">More that is new is on the next page.</p>`;
  return html`<form class="following" method="post" action="/following">
    <input type="hidden" name="what" value="look" /><input type="hidden" name="upTo" value="${upTo}" />
    <button type="submit">I have seen all of this</button>
  </form>`;
}

/** Of what the reader does not see any more nothing is told, its name neither. */
function nameOf(record: RecordRead, watch: Watch, isSeen: (dialogueId: string) => boolean): string {
  if (watch.kind === 'party') return `Everything that ${watch.party} says`;
  if (!isSeen(watch.dialogueId))
    return `${watch.kind === 'irritant' ? 'An irritant' : 'A dialogue'} that you do not see any more`;
  return nameOfThing(record, watch.kind, watch.kind === 'irritant' ? watch.irritantId : watch.dialogueId);
}

function watchRow(watch: Watch, name: string): Html {
  return html`<li>
    <form class="following" method="post" action="/following">
      <input type="hidden" name="what" value="end" /><input type="hidden" name="id" value="${watch.id}" />
      ${written(name)}, since ${instantInWords(watch.begunAt)} <button type="submit">Stop following</button>
    </form>
  </li>`;
}

function watchForm(name: 'irritant' | 'party', label: string, hint: string): Html {
  return html`<form class="following" method="post" action="/following">
    <input type="hidden" name="what" value="watch" />
    <div class="field">
      <label for="${name}">${label}</label>
      <input
        id="${name}"
        name="${name}"
        required
        maxlength="64"
        autocomplete="off"
        aria-describedby="${name}-hint"
      />
      <small id="${name}-hint">${hint}</small>
    </div>
    <button type="submit">Follow</button>
  </form>`;
}

const feedNames: { readonly [kind in FeedKind]: string } = {
  digest: 'What is new, for a feed reader (Atom)',
  calendar: 'What is due, for a calendar (iCalendar)',
};

function feedRow({ addresses }: Following, kind: FeedKind): Html {
  const made = addresses[kind];
  const button = (what: string, label: string) =>
    html`<form class="following" method="post" action="/following">
      <input type="hidden" name="what" value="${what}" /><input type="hidden" name="feed" value="${kind}" />
      <button type="submit">${label}</button>
    </form>`;
  return html`<li>
    ${feedNames[kind]}:
    ${made === undefined ? 'no address' : `an address, made ${instantInWords(made.madeAt)}`}
    ${button('make-address', made === undefined ? 'Make an address' : 'Make a new one; the old one ends')}
    ${made === undefined ? '' : button('withdraw-address', 'Withdraw it')}
  </li>`;
}

/** What is new of what a reader follows, what that is, and the feeds that tell of it elsewhere. */
export function followingPage(
  { record, following, isSeen, digest, query, address }: Shown,
  reader: PageReader,
): string {
  const upTo = query['upTo'] ?? digest.asOf;
  const fresh = digest.items.filter((one) => one.new);
  const earlier = digest.items.filter((one) => !one.new);
  const onward = new URLSearchParams(
    Object.entries({ ...query, upTo: upTo ?? undefined, cursor: digest.next }).filter(
      (one): one is [string, string] => one[1] !== undefined,
    ),
  );
  return layout({
    title: 'What I follow',
    main: html`${readerBar(reader)}
      <h1>What I follow</h1>
      <p class="quiet">To follow is no act: nobody else is told of it, and nothing of it is in the record.</p>
      ${
        address === undefined
          ? ''
          : html`<p role="status">
              The new address: <code>${address}</code><br />It is shown this once. Whoever has it reads what
              you may read.
            </p>`
      }
      ${section('new', 'New since your last look', fresh, 'Nothing is new.')} ${lookForm(digest, upTo)}
      ${section('earlier', 'Earlier', earlier, 'Nothing came before, since you began to follow.')}
      ${digest.next === undefined ? '' : html`<p><a rel="next" href="/following?${onward.toString()}">Next page</a></p>`}
      <section aria-labelledby="watches">
        <h2 id="watches">Followed</h2>
        ${following.watches.length === 0 ? html`<p class="none">You follow nothing yet.</p>` : ''}
        <ul>
          ${following.watches.map((one) => watchRow(one, nameOf(record, one, isSeen)))}
        </ul>
        ${watchForm('irritant', 'Follow an irritant', 'Its key, such as ISTX-1.')}
        ${watchForm('party', 'Follow a party', 'Its code, such as US.')}
      </section>
      <section aria-labelledby="feeds">
        <h2 id="feeds">Elsewhere</h2>
        <ul>
          ${feedKinds.map((kind) => feedRow(following, kind))}
        </ul>
      </section>`,
  });
}
