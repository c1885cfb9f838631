import { represent, streamOf } from '../platform/record/fold.js';
import type { Aggregate } from '../platform/record/fold.js';
import type { RecordRead } from '../platform/record/reading.js';
import type { Query } from '../platform/http/query.js';
import type { Sight } from '../platform/access/sight.js';
import type { Slice } from '../platform/record/slice.js';
import { AtMoment } from './at-moment.js';
import { diff } from './diff.js';
import type { Documents } from './documents.js';
import { entriesOf, entryViews, historyPage } from './history.js';
import type { Signed } from './history.js';
import { documentsOf } from './holdings.js';
import { gradedMoment } from './graded.js';
import { list } from './listing.js';
import { logOf } from './moment.js';
import { comparisonOf, overviewOf } from './overview.js';
import { aboutOf, levelOf, levelWith } from './read-model.js';
import { replay } from './replay.js';
import { search } from './search.js';

/**
 * The record as it stood at one moment: whatever is read through it is of that moment, which is found once. Controllers,
 * pages, briefing books and the command line read through nothing else.
 */
export class Readings extends AtMoment {
  /** For questions about one entry, of which a revision can name the moment. */
  static of(record: RecordRead, query: Query, slice: Slice, id: string): Readings {
    return new Readings(record, query, { stream: streamOf(slice, id) });
  }

  /** What changed between two moments of knowledge, both named by the query. */
  static async diff(record: RecordRead, { from, to, ...query }: Query, slice: Slice, id: string) {
    const stream = streamOf(slice, id);
    const at = async (parameter: string, knownAt: string | undefined) =>
      new Readings(record, { ...query, knownAt }, { stream, parameter }).graded();
    return diff(await at('from', from), await at('to', to), slice, id);
  }

  /** For questions about all that somebody may see, or about all that one dialogue holds. */
  static over(record: RecordRead, query: Query, sight: Sight): Readings {
    return new Readings(record, query, { ...aboutOf(query, sight), sight });
  }

  /**
   * The same, where the query asks for what was signed by then, which takes a way to the store. What does not exist has no
   * log: whoever asks for it is told so by what is read of it.
   */
  async graded(): Promise<Readings> {
    const { record, query, asking } = this;
    const isNothing = asking.stream !== undefined && logOf(record, asking) === undefined;
    const given = isNothing ? undefined : await gradedMoment(record, query, asking, asking.parameter);
    return given === undefined ? this : new Readings(record, query, asking, given);
  }

  /**
   * Where lists are read beside single entries: at the moment that is asked for, once they have reached it; else at the
   * place that all of them have reached.
   */
  async level(dialogueId?: string): Promise<Readings> {
    const { record, query, asking } = this;
    const { slices } = record.registry;
    if (this.isAsOf) await levelWith(record, slices, this.moment.knownOrdinal);
    const isFixed = this.isAsOf || this.given !== undefined;
    const knownOrdinal = isFixed ? this.moment.knownOrdinal : levelOf(record, slices);
    const log = dialogueId ?? asking.dialogueId;
    const seq = log === undefined ? {} : { knownSeq: record.projections.record.seqAt(log, knownOrdinal) };
    return new Readings(record, query, asking, { ...this.moment, knownOrdinal, ...seq });
  }

  /** Its representation; undefined where it was not there yet. */
  one<N extends keyof Documents>(name: N, id: string): Documents[N] | undefined {
    return shown(this.folded(this.record.registry.get(name), id));
  }

  /** The same of what is only named beside what the page is about: in later words rather than in none. */
  named<N extends keyof Documents>(name: N, id: string): Documents[N] | undefined {
    return shown(this.beside(this.record.registry.get(name), id));
  }

  /** All of one slice in a dialogue, in the order in which it was begun. */
  async all<N extends keyof Documents>(name: N, dialogueId: string): Promise<readonly Documents[N][]> {
    return (await documentsOf(this, this.record.registry.get(name), dialogueId)) as readonly Documents[N][];
  }

  /** Its entries as JSON, for whoever passes them on as they are. */
  async listed(slice: Slice, query: Query = this.query) {
    return list(this, slice, query);
  }

  async list(slice: Slice, query: Query = this.query) {
    const { entries, sealed } = await this.listed(slice, query);
    return { items: entries.map(({ text }) => JSON.parse(text) as object), ...sealed() };
  }

  async search() {
    return search(this, this.query);
  }

  /** Everything that bears on the entry, and how to show some of it. */
  history(slice: Slice, id: string) {
    const all = entriesOf(this, slice, id);
    return { all, views: (shown = all, signed?: Signed) => entryViews(this, all, shown, signed) };
  }

  historyPage(slice: Slice, id: string, signed?: Signed) {
    return historyPage(this, slice, id, signed);
  }

  replay(slice: Slice, id: string, afterSeq?: number) {
    return replay(this, slice, id, afterSeq);
  }

  overview(id: string) {
    return overviewOf(this, id);
  }

  comparison(id: string) {
    return comparisonOf(this, id);
  }
}

function shown<D>(folded: Aggregate | undefined): D | undefined {
  return folded === undefined ? undefined : (represent(folded) as unknown as D);
}
