import type { Api } from './api.js';

/** The event types of these slices that nothing recorded on this server has reached yet. */
export async function unreached(api: Api, ...sliceNames: readonly string[]): Promise<readonly string[]> {
  await api.settled();
  const { registry, projections } = api.server.record;
  const reached = new Set(projections.record.after(-1, 100_000).map((one) => one.event.type));
  return sliceNames
    .flatMap((name) => Object.keys(registry.get(name).schemas))
    .filter((type) => !reached.has(type));
}
