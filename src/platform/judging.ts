import type { Decided, Decision } from '#libs/decider';
import { resolveAct } from './acts.js';
import type { Acting } from './acts.js';
import { decideAmendment, refuseWrongWords } from './amending.js';
import { amendmentCommands } from './amendment.commands.js';
import { schemaOf } from './amendments.js';
import type { Stored } from './envelope.js';
import { streamOf } from './fold.js';
import type { Ids } from './ids.js';
import { namedFacts } from './named-facts.js';
import { propose } from './proposal.js';
import { dialogueOf, refuseStrangers, resolveReferences } from './references.js';
import type { Known } from './references.js';
import { refusalOf, unreadableSince } from './refusals.js';
import type { CommandRequest } from './request.js';
import type { Kept, World } from './world.js';

export interface Judged {
  readonly acting: Acting;
  readonly decided: readonly Decided[];
}

/** Who acts and what follows, or the problem: all that is decided before anything is written. */
export async function judge(
  world: World,
  ids: Ids,
  request: CommandRequest,
  id: string,
  { events, folded }: Kept,
): Promise<Judged> {
  const { slice, declaration, data } = request;
  const state = folded?.state ?? null;
  const dialogueId = dialogueOf(state, data);
  const known = await resolveReferences(world, data, dialogueId);
  // Without its dialogue nobody can say whose matter it is, so nobody acts on it.
  if (dialogueId !== undefined && known.dialogue === undefined) throw unreadableSince(0, dialogueId);
  const parties = known.dialogue?.['parties'] as readonly string[] | undefined;
  const schema = schemaOf(slice, declaration.event);
  const named = { ...data, ...request.content };
  if (parties !== undefined) refuseStrangers({ ...schema?.data, ...schema?.content }, named, parties);
  const acting = await resolveAct(world, {
    ...request,
    parties,
    speaker: slice.speaker?.(request.name, data, state),
  });
  const decision = await decide(world, ids, { request, id, events, acting, known, state });
  if ('refused' in decision) throw refusalOf(slice, decision);
  return { acting, decided: decision.events };
}

interface Circumstances {
  readonly request: CommandRequest;
  readonly id: string;
  readonly events: readonly Stored[];
  readonly acting: Acting;
  readonly known: Known;
  readonly state: unknown;
}

async function decide(world: World, ids: Ids, circumstances: Circumstances): Promise<Decision> {
  const { request, id, events, known, state } = circumstances;
  const { act } = circumstances.acting;
  const { slice, declaration, name, occurred, data, content } = request;
  if (Object.hasOwn(amendmentCommands, name)) {
    const decision = decideAmendment(
      slice,
      events,
      { type: name, act, data, content },
      world.store.erasesContent,
    );
    if (!('refused' in decision)) await refuseWrongWords(slice, events, data, content);
    return decision;
  }
  const named = await namedFacts(world, declaration, streamOf(slice, id), state, data);
  const checked = (named.instruments ?? []).map(({ stream, revision }) => ({ stream, revision }));
  const event = propose(request, ids, { act, dialogue: known.dialogue, checked });
  const extra = await slice.lookUp?.(world.store, name, data);
  const command = { type: name, act, occurred, event, facts: { ...known, ...named, ...extra, self: id } };
  return slice.decide(command as never, state);
}
