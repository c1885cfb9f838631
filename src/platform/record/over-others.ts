import type { Stored } from './envelope.js';
import { isLink } from './is-link.js';
import { targetOf } from './redating.js';

/** What is out of a prefix, where these of its events amend nothing. */
type OutOf = (events: readonly Stored[], idle: ReadonlySet<string>) => ReadonlySet<string>;

const amending = new Set(['EventRetracted', 'EventCorrected']);

/**
 * What both brought about is another's as well: a closing that was reopened would be back. And of what was recorded in the
 * name of a party, whatever another side than that of its recorder has said is another's: the party's own words above all.
 */
export function isOfOthers({ act }: Stored, target: Stored): boolean {
  const isByAnother = target.act.capacity === 'attributed' && act.recorderParty !== target.act.recorderParty;
  return act.capacity === 'derived' || act.party !== target.act.party || isByAnother;
}

/** By event, those that rest on it or answered it, in the order of the stream. */
function relyingIn(events: readonly Stored[]): ReadonlyMap<string, readonly Stored[]> {
  const relying = new Map<string, Stored[]>();
  for (const event of events) {
    for (const one of new Set([...(event.restsOn ?? []), ...(event.ends ?? [])])) {
      const known = relying.get(one);
      if (known === undefined) relying.set(one, [event]);
      else known.push(event);
    }
  }
  return relying;
}

/** What stands on each event of a stream, of which a rule asks before it lets it be amended. */
class Reliance {
  readonly #byId: ReadonlyMap<string, Stored>;
  readonly #relying: ReadonlyMap<string, readonly Stored[]>;
  readonly #endorsing = new Map<string, Stored[]>();

  constructor(events: readonly Stored[]) {
    this.#byId = new Map(events.map((one) => [one.id, one]));
    this.#relying = relyingIn(events);
    for (const one of events.filter(({ type }) => type === 'AttributionEndorsed'))
      this.#endorsing.set(targetOf(one), [...(this.#endorsing.get(targetOf(one)) ?? []), one]);
  }

  /** The words of others that stood before the amendment and keep its party from it, if any of them counts. */
  barring(one: Stored): readonly Stored[] {
    const target = this.#byId.get(targetOf(one));
    if (target === undefined) return [];
    const endorsing = this.#endorsing.get(target.id) ?? [];
    const isOwn = one.act.recorderParty === target.act.party;
    const words =
      one.type === 'EventRetracted'
        ? [...endorsing, ...this.#ofOthersOn(target, one)]
        : isOwn
          ? []
          : endorsing;
    return words.filter(({ revision }) => revision < one.revision);
  }

  /** What answered it, or rests on it, however far removed. */
  #ofOthersOn(target: Stored, { revision }: Stored): readonly Stored[] {
    const found = new Set<Stored>();
    const open = [target];
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      for (const one of this.#relying.get(at.id) ?? []) {
        const isFurther = at === target || one.restsOn?.includes(at.id) === true;
        if (found.has(one) || one.revision >= revision || !isFurther) continue;
        found.add(one);
        if (one.restsOn?.includes(at.id) === true) open.push(one);
      }
    }
    return [...found].filter((one) => !isLink(one) && isOfOthers(one, target));
  }
}

/**
 * The retractions of what others rely on, or have endorsed, and the corrections by others of what its party has endorsed. A
 * request for any of them is refused; written into the store in another way, they would take the words of others along, or
 * put words into their mouths. Each is judged as a request is: by what counts before it.
 */
export function overOthersIn(
  events: readonly Stored[],
  unheard: ReadonlySet<string>,
  outOf: OutOf,
): ReadonlySet<string> {
  const idle = new Set<string>();
  if (!events.some(({ type }) => amending.has(type))) return idle;
  const reliance = new Reliance(events);
  events.forEach((event, place) => {
    if (!amending.has(event.type) || unheard.has(event.id)) return;
    const barring = reliance.barring(event);
    if (barring.length === 0) return;
    const out = outOf(events.slice(0, place), idle);
    if (barring.some(({ id }) => !out.has(id))) idle.add(event.id);
  });
  return idle;
}
