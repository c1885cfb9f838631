import {
  eventTypeFilter,
  excludeSystemEvents,
  streamNameFilter,
  type AllStreamSubscription,
  type Filter as ServerFilter,
  type Position as ServerPosition,
} from '@eventstore/db-client';

import type { Filter } from '#libs/event-store';

import { keyStreams, keyTypes } from './key-streams.js';

/** How many events the server looks at before it says how far it came. */
const searchWindow = 500;

/** As much of the filter as the server takes, and the keys of what it lets through. It can't express an empty list, which matches nothing. */
export function serverFilter(
  filter: Filter | undefined,
  onCheckpoint: (position: ServerPosition) => void,
): ServerFilter {
  const options = {
    checkpointInterval: 1,
    maxSearchWindow: searchWindow,
    checkpointReached: (_: AllStreamSubscription, position: ServerPosition) => onCheckpoint(position),
  };
  const { streamPrefixes = [], types = [] } = filter ?? {};
  if (streamPrefixes.length > 0)
    return streamNameFilter({ ...options, prefixes: [...streamPrefixes, keyStreams] });
  if (types.length > 0) return eventTypeFilter({ ...options, prefixes: [...types, keyTypes] });
  return excludeSystemEvents(options);
}
