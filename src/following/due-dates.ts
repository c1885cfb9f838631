import { keptJson } from '#libs/projections';
import { sightOf } from '../platform/access/sight.js';
import type { Principal } from '../platform/record/principal.js';
import type { RecordRead } from '../platform/record/reading.js';
import { dueEnd, dueFrom, dueLabel } from '../platform/record/due-labels.js';
import type { CommitmentDocument, RoadmapDocument, RoundDocument } from '../reading/documents.js';
import type { Watch } from './follower.js';
import { dueCommitment, dueRound, dueSteps } from './due-entries.js';
import type { Due } from './due-entries.js';

/** How many entries a calendar is drawn from at the most, the earliest due first; and for how long what is past stays. */
export const entriesMax = 500;
const pastMs = 365 * 86_400_000;

const drawn = {
  commitments: (one: object, party?: string) => dueCommitment(one as CommitmentDocument, party),
  roadmaps: (one: object, party?: string) => dueSteps(one as RoadmapDocument, party),
  rounds: (one: object) => dueRound(one as RoundDocument),
} as const;
const sliceNames = ['commitments', 'roadmaps', 'rounds'] as const;
type SliceName = (typeof sliceNames)[number];

/** Where a watch looks for what is due. */
interface Looked {
  readonly dialogueIds: readonly string[];
  readonly irritantId?: string;
  readonly party?: string;
}

function lookedAt(record: RecordRead, principal: Principal, watch: Watch): Looked {
  const sight = sightOf(record, principal);
  const seen = (ids: readonly string[]) => (sight === 'all' ? ids : ids.filter((one) => sight.includes(one)));
  if (watch.kind === 'party') {
    const { party } = watch;
    return { dialogueIds: seen(sightOf(record, { ...principal, party }) as readonly string[]), party };
  }
  const dialogueIds = seen([watch.dialogueId]);
  return watch.kind === 'irritant' ? { dialogueIds, irritantId: watch.irritantId } : { dialogueIds };
}

interface Row {
  readonly id: string;
  readonly at: string;
}

/** By an index of what is due, from a year ago on: no document is read but of those that are shown. */
function rowsOf(record: RecordRead, name: SliceName, { dialogueIds, irritantId }: Looked): readonly Row[] {
  const from = new Date(record.clock.now() - pastMs).toISOString();
  const bounds = dialogueIds.map((id) => [dueFrom(id, from), dueEnd(id)]);
  const onMatter =
    irritantId === undefined
      ? ''
      : `AND EXISTS (SELECT 1 FROM {labels} m WHERE m.name = 'irritant' AND m.value = ? AND m.id = l.id)`;
  return record.projections
    .view(name)
    .tables.prepare(
      `SELECT l.id AS id, substr(l.value, 38) AS at FROM json_each(?) b CROSS JOIN {labels} l
       WHERE l.name = '${dueLabel}' AND l.value >= b.value ->> 0 AND l.value < b.value ->> 1 ${onMatter}
       ORDER BY at LIMIT ?`,
    )
    .all(
      JSON.stringify(bounds),
      ...(irritantId === undefined ? [] : [irritantId]),
      entriesMax + 1,
    ) as unknown as readonly Row[];
}

interface Wanted extends Row {
  readonly name: SliceName;
  /** Those whose part in it is asked for; undefined in it where all of it is. */
  readonly parties: Set<string | undefined>;
}

/** What is due of what the principal watches, the earliest first; and whether there is more than that. */
export function dueOf(
  record: RecordRead,
  principal: Principal,
  watches: readonly Watch[],
): { readonly items: readonly Due[]; readonly isCut: boolean } {
  const wanted = new Map<string, Wanted>();
  for (const looked of watches.map((one) => lookedAt(record, principal, one)))
    for (const name of sliceNames)
      for (const { id, at } of rowsOf(record, name, looked)) {
        const known = wanted.get(id) ?? { id, at, name, parties: new Set() };
        known.parties.add(looked.party);
        wanted.set(id, known);
      }
  const ordered = [...wanted.values()].toSorted((one, other) => (one.at < other.at ? -1 : 1));
  const items = ordered.slice(0, entriesMax).flatMap((one) => drawnFrom(record, one));
  return { items, isCut: ordered.length > entriesMax };
}

function drawnFrom(record: RecordRead, { id, name, parties }: Wanted): readonly Due[] {
  const row = record.projections
    .view(name)
    .tables.prepare('SELECT document FROM {entries} WHERE id = ?')
    .get(id);
  if (row === undefined) return [];
  const document = keptJson<object>(row['document']);
  if (parties.has(undefined)) return drawn[name](document);
  const each = [...parties].flatMap((party) => drawn[name](document, party));
  return [...new Map(each.map((one) => [one.uid, one])).values()];
}
