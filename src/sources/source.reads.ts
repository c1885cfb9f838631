import type { ReadsOf } from '../platform/record/slice.js';
import type { Source, SourceCommand } from './source.decider.js';
import { heldFor } from './uploads.js';

/** Bytes stand beside the record: whether they were sent, and by whom. */
export const sourceReads: ReadsOf<SourceCommand, Source> = {
  RegisterSource: async (
    { store },
    { id: self, data: { dialogueId, bytesId }, act: { recorderParty: party } },
  ) => {
    const bytes = bytesId === undefined ? undefined : await heldFor(store, { dialogueId, bytesId, party });
    return { self, ...(bytes === undefined ? {} : { bytes }) };
  },
};
