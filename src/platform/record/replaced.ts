import type { Stored } from './envelope.js';

/** What an act needs, and neither answers nor ends. */
const conditions = new Set(['IrritantReopened']);

/** What opens an entry is there for all that is said of it. */
function isNoFirst({ revision }: Stored): boolean {
  return revision > 0;
}

/** Whether the act came in the place of an earlier word of its own party, which would be there again without it. */
export function hasReplaced(byId: ReadonlyMap<string, Stored>, one: Stored): boolean {
  const known = (ids: readonly string[] = []) => ids.flatMap((id) => byId.get(id) ?? []);
  const earlier = [...known(one.ends), ...known(one.restsOn).filter(isNoFirst)];
  return earlier.some(({ act, type }) => act.party === one.act.party && !conditions.has(type));
}
