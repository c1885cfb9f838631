import { isCertainlyBefore } from '#libs/edtf';
import type { Stored } from '../platform/record/envelope.js';
import { commandFor } from '../platform/record/slice.js';
import type { AtMoment } from './at-moment.js';
import { asRecorded, datesIn } from './entry-dates.js';
import type { Dated } from './entry-dates.js';

/**
 * What has to be looked at in an entry and refuses nothing: evidence that was issued before the act that it is cited for,
 * a source that the party says is not its own, an answer with an earlier date than what it answers.
 */
export type EntryFlag =
  | { readonly what: 'evidence-older-than-act' | 'evidence-disowned'; readonly sourceId: string }
  | { readonly what: 'answer-before-question'; readonly eventId: string };

export const entryFlags = ['evidence-older-than-act', 'evidence-disowned', 'answer-before-question'] as const;

/** What of a source the flags follow from. */
interface Evidence {
  readonly date: string | null;
  readonly barredBy: readonly string[];
}

/**
 * The flags of entries, by the dates and the sources as they were known at one moment. They are drawn as entries are read:
 * the fold of an entry knows no other stream, and no rule rests on a flag. Each source and each stream is looked at once.
 */
export class EntryFlags {
  readonly #sources = new Map<string, Evidence | undefined>();
  readonly #dates = new Map<string, Dated>();

  constructor(private readonly at: AtMoment) {}

  of(event: Stored): readonly EntryFlag[] {
    if (event.unreadable !== undefined) return [];
    return [...this.#onEvidence(event), ...this.#onQuestions(event)];
  }

  /** Only what others recorded rests on its sources: a party may cite for its own word whatever came before it. */
  #onEvidence(event: Stored): readonly EntryFlag[] {
    const { party, capacity } = event.act;
    if (capacity !== 'attributed') return [];
    const ids = [...new Set(event.sources.map(({ sourceId }) => sourceId))];
    return ids.flatMap((sourceId): readonly EntryFlag[] => {
      const source = this.#source(sourceId);
      if (source === undefined) return [];
      const isOlder = source.date !== null && this.#isBefore({ edtf: source.date }, event);
      const isDisowned = party !== null && source.barredBy.includes(party);
      return [
        ...(isOlder ? [{ what: 'evidence-older-than-act' as const, sourceId }] : []),
        ...(isDisowned ? [{ what: 'evidence-disowned' as const, sourceId }] : []),
      ];
    });
  }

  #onQuestions(event: Stored): readonly EntryFlag[] {
    const occurred = this.#dateOf(event);
    if (occurred === undefined || event.act.party === null) return [];
    return this.#questionsOf(event)
      .filter(({ act }) => act.party !== null && act.party !== event.act.party)
      .filter((one) => this.#isBefore(occurred, one))
      .map(({ id }) => ({ what: 'answer-before-question' as const, eventId: id }));
  }

  /** What it answers: of what it needed or ended; where that is nothing such, what its entry begins with. */
  #questionsOf(event: Stored): readonly Stored[] {
    const { registry, projections } = this.at.record;
    const declared = commandFor(registry.ofStream(event.stream), event.type);
    const answered = [...(declared?.answers ?? []), ...(declared?.takesUp ?? [])];
    if (answered.length === 0) return [];
    const isAnswered = (one: { readonly stream: string; readonly type: string }) =>
      one.stream === event.stream && answered.includes(one.type);
    const named = [...new Set([...(event.restsOn ?? []), ...(event.ends ?? [])])]
      .flatMap((id) => projections.record.byId(id)?.event ?? [])
      .filter(isAnswered);
    const first = () =>
      projections.record.ofStream(event.stream, { uptoRevision: 0n }).map((one) => one.event);
    const questions = named.length > 0 ? named : first().filter(isAnswered);
    return questions.map((one) => registry.read(one)).filter((one) => one.unreadable === undefined);
  }

  #isBefore(time: NonNullable<Stored['occurred']>, event: Stored): boolean {
    const occurred = this.#dateOf(event);
    return occurred !== undefined && isCertainlyBefore(time, occurred);
  }

  /** Most streams hold no correction, and then nothing of them has to be read. */
  #dateOf(event: Stored): Stored['occurred'] {
    const { stream } = event;
    let dated = this.#dates.get(stream);
    if (dated === undefined) {
      const isCorrected = this.at.record.projections.record.lastOf(stream, 'EventCorrected') >= 0;
      dated = isCorrected ? datesIn(this.at.events(stream)) : asRecorded;
      this.#dates.set(stream, dated);
    }
    return dated(event);
  }

  #source(id: string): Evidence | undefined {
    if (!this.#sources.has(id)) this.#sources.set(id, this.#lookedUp(id));
    return this.#sources.get(id);
  }

  #lookedUp(id: string): Evidence | undefined {
    const evidence = this.at.record.registry.part('evidence');
    const listed =
      this.at.moment.effectiveAt === undefined
        ? this.at.membersListed<[string | null, readonly string[] | null]>(evidence, id, ['date', 'barredBy'])
        : undefined;
    if (listed !== undefined) return { date: listed[0], barredBy: listed[1] ?? [] };
    const state = this.at.beside(evidence, id)?.state as Partial<Evidence> | undefined;
    return state === undefined ? undefined : { date: state.date ?? null, barredBy: state.barredBy ?? [] };
  }
}
