import type { RecordRead } from './reading.js';
import { notFound } from './refusals.js';
import { sameId } from '../shapes/sent.js';
import type { Slice } from './slice.js';

/** An irritant may be named by its key as well; everything else only by its id. */
export async function resolved(
  { present }: Pick<RecordRead, 'present'>,
  slice: Slice,
  idOrKey: string,
): Promise<string> {
  const id = (await slice.resolve?.(present, idOrKey)) ?? sameId(idOrKey);
  if (id.length > 64) throw notFound(slice, `${idOrKey.slice(0, 64)}…`);
  return id;
}
