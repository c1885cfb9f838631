import streams from '@eventstore/db-client/generated/streams_pb.js';
import { randomUUID } from 'node:crypto';

import type { FacadeDatabase } from './facade-database.js';
import type { Stored } from './facade-log.js';
import { placeIn, responseOf } from './facade-messages.js';
import type { FacadeNode } from './facade-node.js';
import { send, type ReadCall } from './facade-sending.js';

/** The window that the real server takes where the client names none. */
const defaultWindow = 32;

/** A subscription to `$all`: the confirmation, the past, word that it caught up, and what comes. */
export async function runSubscription(
  call: ReadCall,
  options: streams.ReadReq.Options,
  { log, faults }: FacadeDatabase,
  node: FacadeNode,
): Promise<void> {
  let [ended, muted, caughtUp] = [false, false, false];
  let wake: () => void = () => undefined;
  const over = () => ended || call.cancelled;
  const forget = faults.register({
    end: () => {
      ended = true;
      wake();
    },
    mute: () => {
      muted = true;
    },
  });
  const unwatch = log.watch(() => wake());
  call.on('cancelled', () => wake());
  const say = async (response: streams.ReadResp) => {
    if (node.isFrozen) await node.awake();
    if (!muted && node.hears(call.getPeer())) await send(call, response);
  };

  await say(new streams.ReadResp().setConfirmation(confirmation()));
  const filter = options.getFilter();
  const interval = (filter?.getMax() || defaultWindow) * (filter?.getCheckpointintervalmultiplier() ?? 1);
  let considered = 0;
  for (let index = startOf(options, log.indexAt.bind(log)); !over();) {
    const readable = () => index < Math.min(log.readable, node.sleptAt ?? log.readable);
    const event = readable() ? log.all[index] : undefined;
    if (event === undefined) {
      if (!caughtUp && faults.saysCaughtUp)
        await say(new streams.ReadResp().setCaughtUp(new streams.ReadResp.CaughtUp()));
      caughtUp = true;
      const last = log.all.at(-1);
      if (faults.checkpointsAtEnd && last !== undefined) await say(checkpointAfter(last));
      if (!readable() && !over()) await new Promise<void>((resolve) => (wake = resolve));
      continue;
    }
    index += 1;
    considered += 1;
    if (faults.zeroCheckpoints) await say(checkpointAt(event, '0'));
    if (faults.cutsSubscriptionsAfterCheckpoint) break;
    if (matches(filter, event)) {
      await say(responseOf(event));
      if (faults.deliversTwice) await say(responseOf(event));
    }
    if (filter !== undefined && considered % interval === 0) await say(checkpointAt(event));
  }
  unwatch();
  forget();
  call.end();
}

/** The real server skips the first event that is at the position or after it, whether it is the one meant or not. */
function startOf(
  options: streams.ReadReq.Options,
  indexAt: (place: ReturnType<typeof placeIn>) => number,
): number {
  const position = options.getAll()?.getPosition();
  return position === undefined ? 0 : indexAt(placeIn(position)) + 1;
}

function matches(filter: streams.ReadReq.Options.FilterOptions | undefined, event: Stored): boolean {
  const byStream = filter?.getStreamIdentifier();
  const expression = byStream ?? filter?.getEventType();
  if (expression === undefined) return true;
  const text = byStream === undefined ? event.type : event.stream;
  const prefixes = expression.getPrefixList();
  if (prefixes.length > 0) return prefixes.some((prefix) => text.startsWith(prefix));
  return new RegExp(expression.getRegex()).test(text);
}

function confirmation(): streams.ReadResp.SubscriptionConfirmation {
  return new streams.ReadResp.SubscriptionConfirmation().setSubscriptionId(randomUUID());
}

function checkpointAfter(event: Stored): streams.ReadResp {
  const end = event.place.commit + 1n;
  return checkpointAt({ ...event, place: { commit: end, prepare: end } });
}

function checkpointAt({ place }: Stored, prepare = String(place.prepare)): streams.ReadResp {
  const checkpoint = new streams.ReadResp.Checkpoint();
  checkpoint.setCommitPosition(String(place.commit)).setPreparePosition(prepare);
  return new streams.ReadResp().setCheckpoint(checkpoint);
}
