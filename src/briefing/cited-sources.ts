import type { SourceRef } from '#libs/decider';
import type { SourceDocument, Sources } from '../reading/documents.js';
import type { Readings } from '../reading/readings.js';

/**
 * The sources that are cited, in the order in which they first are, with those through which they were obtained; all of
 * them as of the moment of what cites them.
 */
export function readSources(readings: Readings, refs: Iterable<SourceRef>): Sources {
  const sources = new Map<string, SourceDocument>();
  const wanted = [...refs].map((one) => one.sourceId);
  for (const id of wanted) {
    if (sources.has(id)) continue;
    const source = readings.named('sources', id);
    if (source === undefined) continue;
    sources.set(id, source);
    if (source.obtainedVia !== undefined) wanted.push(source.obtainedVia);
  }
  return sources;
}

/** Whatever a representation cites, in the order in which it does. */
export function citedIn(value: unknown): readonly SourceRef[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    name === 'sources' && Array.isArray(member) ? (member as readonly SourceRef[]) : citedIn(member),
  );
}
