import type { Projections } from '#libs/projections';
import type { Act } from '#libs/decider';
import type { Recorder } from '../platform/commands/recorder.service.js';
import type { Logs } from './logs.js';

/** What a log has to say of itself; the dialogue decides whether it has said so already. */
export type Saying =
  | { readonly type: 'RotateLogKey'; readonly keys: readonly string[]; readonly before: readonly string[] }
  | { readonly type: 'AcceptGuardLoss'; readonly size: number; readonly root: string };

export type Say = (dialogueId: string, saying: Saying) => Promise<void>;

/** The service says it, for nobody. */
export const sayingAct: Act = {
  party: null,
  capacity: 'direct',
  recordedBy: 'entente',
  recorderParty: null,
};

/** As long as a leaf may take; a checkpoint of the leaves before it is no fault. */
const waitMs = 1_000;

interface Parts {
  readonly recorder: Pick<Recorder, 'inDialogue' | 'streams'>;
  readonly projections: Pick<Projections, 'record' | 'until'>;
  readonly logs: Logs;
}

/** Records what a log says of itself as an event of its dialogue, and waits for the leaf of it. */
export function saidIn({ recorder, projections, logs }: Parts): Say {
  return async (dialogueId, saying) => {
    const { revision } = await recorder.inDialogue(dialogueId, { ...saying, act: sayingAct });
    const stream = recorder.streams.registry.dialogueStream(dialogueId);
    const isDerived = () => {
      const ordinal = projections.record.ordinalOf(stream, BigInt(revision));
      return ordinal !== undefined && logs.isReady && logs.ordinal >= ordinal;
    };
    await projections.until(isDerived, waitMs);
  };
}
