import { GossipClient } from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import gossip from '@eventstore/db-client/generated/gossip_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import { Metadata, type ChannelCredentials } from '@grpc/grpc-js';

import { reasonOf } from './reasons.js';
import type { Timers } from './timers.js';

/** What one round of asking came to. */
export interface Round {
  /** `host:port` of the node that the most of those who answered take for the leader. */
  readonly leader: string | undefined;
  /** Every node that was named by one who answered, without those that are known to be dead. */
  readonly named: readonly string[];
  readonly answered: number;
  /** Why the others did not answer, each with its address. */
  readonly failures: readonly { readonly node: string; readonly reason: string }[];
}

interface Answer {
  readonly leaders: readonly string[];
  readonly named: readonly string[];
}

/**
 * Asks all nodes at once who leads, so that one that hangs keeps nobody waiting. One that slept takes itself for the
 * leader when it wakes, so what counts is what most of them say; the round ends early once more than half agree.
 */
export async function askAround(
  nodes: readonly string[],
  credentials: ChannelCredentials,
  { deadlineMs, timers }: { readonly deadlineMs: number; readonly timers: Timers },
): Promise<Round> {
  const votes = new Map<string, number>();
  const named = new Set<string>();
  const failures: { node: string; reason: string }[] = [];
  const agreed = Promise.withResolvers<void>();
  let answered = 0;
  const asked = nodes.map(async (node) => {
    try {
      const answer = await ask(node, credentials, deadlineMs, timers);
      answered += 1;
      for (const one of answer.named) named.add(one);
      for (const leader of answer.leaders) {
        const count = (votes.get(leader) ?? 0) + 1;
        votes.set(leader, count);
        if (count * 2 > nodes.length) agreed.resolve();
      }
    } catch (error) {
      failures.push({ node, reason: reasonOf(error) });
    }
  });
  await Promise.race([agreed.promise, Promise.all(asked)]);
  const [first] = [...votes].sort(([, a], [, b]) => b - a);
  return { leader: first?.[0], named: [...named], answered, failures };
}

/** One node's view of the cluster. Whatever comes after the time is dropped. */
function ask(
  node: string,
  credentials: ChannelCredentials,
  deadlineMs: number,
  timers: Timers,
): Promise<Answer> {
  const client = new GossipClient(node, credentials, {
    // Every look is a connection of its own: one that hangs must not be found again by the next.
    'grpc.use_local_subchannel_pool': 1,
  });
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const stop = timers.start(deadlineMs, () => {
    call.cancel();
    reject(new Error('gives no answer'));
  });
  const call = client.read(new shared.Empty(), new Metadata(), {}, (error, info) => {
    if (error === null) resolve(answerOf(info));
    else reject(error);
  });
  return promise.finally(() => {
    stop();
    client.close();
  });
}

function answerOf(info: gossip.ClusterInfo): Answer {
  const alive = info.getMembersList().filter((one) => one.getIsAlive());
  const addressOf = (one: gossip.MemberInfo) => {
    const at = one.getHttpEndPoint();
    return at === undefined ? [] : [`${at.getAddress()}:${at.getPort()}`];
  };
  return {
    leaders: alive.filter((one) => one.getState() === gossip.MemberInfo.VNodeState.LEADER).flatMap(addressOf),
    named: alive.flatMap(addressOf),
  };
}
