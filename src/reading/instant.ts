import { latestMoment } from '#libs/edtf';
import type { Moment } from './moment.js';

/** An effective date asks what was due then; a moment of knowledge, at that moment; otherwise it is now. In epoch ms. */
export function instantOf({ effectiveAt, knownMs }: Moment): number {
  const latest = effectiveAt === undefined ? Infinity : latestMoment({ edtf: effectiveAt });
  return Number.isFinite(latest) ? latest : knownMs;
}
