import { parsePosition } from '#libs/event-store';
import type { Sequenced } from '#libs/projections';
import { eventView } from '../platform/record/envelope.js';
import type { RecordRead } from '../platform/record/reading.js';
import { summaryOf } from '../reading/naming.js';
import type { Standing } from '../reading/amended.js';
import type { Unheard } from '../platform/record/unheard.js';
import type { ErasedWords } from '../platform/record/erased-words.js';

/** An event of the record as CloudEvents 1.0 has it, in structured form (cloudevents.io, JSON event format 1.0). */
export interface CloudEvent {
  readonly specversion: '1.0';
  /** The place of the event in the log of its dialogue: with `source` it names the event for ever. */
  readonly id: string;
  /** The origin of the dialogue's log and the life of the store: `//host/dialogue?epoch=…`, a relative URI reference. */
  readonly source: string;
  readonly type: string;
  /** The stream. */
  readonly subject: string;
  readonly time: string;
  readonly datacontenttype: 'application/json';
  /** An extension: the dialogue. */
  readonly dialogue: string;
  readonly data: ReturnType<typeof eventView> & {
    readonly summary: string;
    /** Only where the event counts at no time. What becomes of it later, later events say. */
    readonly standing?: Extract<Standing, 'unheard'>;
  };
}

/** What it takes to show an event beside the record. */
export interface Showing {
  readonly originOf: (dialogueId: string) => string;
  readonly words: ErasedWords;
  readonly unheard: Unheard;
}

export function cloudEvent(
  record: RecordRead,
  { originOf, words, unheard }: Showing,
  { log, seq, event }: Sequenced,
): CloudEvent {
  const stored = words.asItMayBeShown(record, record.registry.read(event));
  const { epoch } = parsePosition(event.position);
  return {
    specversion: '1.0',
    id: String(seq),
    source: `//${originOf(log)}?epoch=${epoch}`,
    type: event.type,
    subject: event.stream,
    time: event.recordedAt,
    datacontenttype: 'application/json',
    dialogue: log,
    data: {
      ...eventView(stored),
      summary: summaryOf(record, stored),
      ...(unheard.has(record, stored) ? { standing: 'unheard' } : {}),
    },
  };
}
