import type { Position } from '#libs/event-store';
import type { Stored } from '../platform/record/envelope.js';
import { derivedAct } from '../platform/record/recording.js';
import type { Slice } from '../platform/record/slice.js';
import { idOf, ids, nonce } from './worked-ids.js';
import { story } from './worked-story.js';

const start = Date.UTC(2025, 3, 11, 9);

const principals: { readonly [party: string]: string } = { RU: idOf(901), US: idOf(902) };

/** The stream of the slice in the story, as the store would give it. */
export function storyOf(slice: Slice, serial: number): readonly Stored[] {
  const [aggregate, told] = story[slice.name] ?? ['', []];
  const idAt = (revision: number) => idOf(1_000 + serial * 100 + revision);
  return told.map(({ by, type, data = {}, content = {}, sourced, rests }, revision) => {
    const restsOn = rests === undefined ? {} : { restsOn: rests.map(idAt) };
    const principal = principals[by ?? ''] ?? '';
    return {
      id: idAt(revision),
      stream: `${slice.prefix}-${aggregate}`,
      revision,
      type,
      schemaVersion: slice.schemas[type]?.version ?? 1,
      recordedAt: new Date(start + (serial * 10 + revision) * 60_000).toISOString(),
      ...(by === null ? {} : { occurred: { edtf: '2025-04-10' } }),
      act:
        by === null
          ? derivedAct
          : { party: by, capacity: 'direct', recordedBy: principal, recorderParty: by },
      sources: sourced === undefined ? [] : [{ sourceId: ids.source }],
      audience: 'both',
      correlationId: '4bf92f3577b34da6a3ce929d0e0e4736',
      salt: nonce,
      erased: false,
      data: { ...data, ...restsOn },
      content: { ...content },
      position: '' as Position,
    };
  });
}
