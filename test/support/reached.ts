import type { Api } from './api.js';

/** The event types of these slices that nothing recorded in their streams on this server has reached yet. */
export async function unreached(api: Api, ...sliceNames: readonly string[]): Promise<readonly string[]> {
  await api.settled();
  const { registry, projections } = api.server.record;
  const recorded = projections.record.after(-1, 100_000).map((one) => one.event);
  return sliceNames.flatMap((name) => {
    const { prefix, schemas } = registry.get(name);
    const own = recorded.filter((one) => one.stream.startsWith(`${prefix}-`)).map((one) => one.type);
    return Object.keys(schemas).filter((type) => !own.includes(type));
  });
}
