import type { Settings } from '#config';
import { istanbulRecord } from '../../src/demo/istanbul.record.js';
import { loadRecord } from '../../src/demo/load.js';
import type { Loaded } from '../../src/demo/load.js';
import type { Clock } from '../../src/platform/record/clock.js';
import type { Answers, List } from './answers.js';
import { startDemonstration } from './demonstration.js';
import type { Demonstration } from './demonstration.js';

/** The Istanbul record as a reader finds it once it is loaded; entries are found by the labels of its steps. */
export class Istanbul {
  constructor(
    readonly server: Demonstration,
    readonly loaded: Loaded,
    readonly irritants: readonly Answers['irritant'][],
    readonly comparison: Answers['comparison'],
    readonly exchange: Answers['exchange'],
    readonly dialogue: Answers['dialogue'],
  ) {}

  idOf(label: string): string {
    return idIn(this.loaded, label);
  }

  irritant(label: string): Answers['irritant'] {
    return this.irritants.find((one) => one.id === this.idOf(label))!;
  }

  /** What is compared: all that is said of an irritant, or what of one kind names none. */
  subject(label: string | null, kind: string): Answers['comparison']['subjects'][number] {
    const key = label === null ? null : this.irritant(label).key;
    const isIt = (one: Answers['comparison']['subjects'][number]) =>
      key === null ? one.key === null && one.kind === kind : one.key === key;
    return this.comparison.subjects.find(isIt)!;
  }

  /** Which parties say so in their accounts, and in which words. */
  toldBy(label: string | null, kind: string): { readonly by: readonly string[]; readonly quotes: string } {
    const all = Object.values(this.subject(label, kind).byParty).flat();
    const speaking = all.filter((one) => one.kind === kind);
    return {
      by: [...new Set(speaking.map((one) => one.party ?? ''))],
      quotes: speaking.map((one) => one.quote.en).join(' '),
    };
  }

  /** Every event that any history shows, once. */
  async allEntries(): Promise<readonly Answers['entry'][]> {
    const entries = new Map<number, Answers['entry']>();
    for (const collection of ['dialogues', 'sources', 'irritants', 'rounds', 'exchanges', 'assets']) {
      const { items } = await this.server.read<List<{ id: string }>>(`/v1/${collection}?limit=200`);
      for (const { id } of items) {
        const history = `/v1/${collection}/${id}/history?limit=200`;
        const page = await this.server.read<List<Answers['entry']>>(history);
        for (const entry of page.items) entries.set(entry.seq, entry);
      }
    }
    return [...entries.values()].sort((one, other) => one.seq - other.seq);
  }
}

function idIn(loaded: Loaded, label: string): string {
  const id = loaded.ids.get(label);
  if (id === undefined) throw new Error(`The record has no ${label}.`);
  return id;
}

export async function loadIstanbul(settings: Partial<Settings> = {}, clock?: Clock): Promise<Istanbul> {
  const server = await startDemonstration(settings, clock);
  const loaded = await loadRecord(istanbulRecord, { url: server.url, key: server.keys['secretariat']! });
  return new Istanbul(
    server,
    loaded,
    (await server.read<List<Answers['irritant']>>('/v1/irritants?sort=createdAt')).items,
    await server.read(`/v1/rounds/${idIn(loaded, 'round-2')}/comparison`),
    await server.read(`/v1/exchanges/${idIn(loaded, 'banking-notes')}`),
    await server.read(`/v1/dialogues/${idIn(loaded, 'missions-dialogue')}`),
  );
}
