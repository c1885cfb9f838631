import type { NameOf } from '#libs/decider';
import type { Stored } from '../platform/record/envelope.js';
import { streamOf } from '../platform/record/fold.js';
import type { RecordRead } from '../platform/record/reading.js';

/** The first event of an irritant gives its key, which never changes. */
export function keyOf(record: RecordRead, irritantId: string): string | undefined {
  const stream = streamOf(record.registry.part('matter'), irritantId);
  const [first] = record.projections.record.ofStream(stream, { uptoRevision: 0n });
  const key = first?.event.data['key'];
  return typeof key === 'string' ? key : undefined;
}

/** An irritant by its key, a linkage by the other irritant that it names. */
function namesIn(record: RecordRead, { stream, revision }: Stored): NameOf {
  return (id) => {
    const own = keyOf(record, id);
    if (own !== undefined) return own;
    const asserted = record.projections.record
      .ofStream(stream, { uptoRevision: BigInt(revision) })
      .find(({ event }) => event.type === 'LinkageAsserted' && event.data['linkageId'] === id);
    const other = asserted?.event.data['irritantId'];
    return typeof other === 'string' ? keyOf(record, other) : undefined;
  };
}

/** The sentence that says what the event says, with the names of what it is about. */
export function summaryOf(record: RecordRead, event: Stored): string {
  return record.registry.summarise(event, namesIn(record, event));
}
