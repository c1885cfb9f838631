import { refuse } from '#libs/decider';
import type { Decided, Decision } from '#libs/decider';
import type { Problem } from '#libs/problem-details';
import { resolveAct } from './attribution.js';
import type { Acting } from './attribution.js';
import { refuseActedUpon } from './amending-attribution.js';
import { decideAmendment, refuseWrongWords } from './amending.js';
import { amendmentCommands } from './amendment.commands.js';
import { amendingOf } from './circumstances.js';
import type { Circumstances } from './circumstances.js';
import { schemaOf } from '../record/amendment-events.js';
import type { Talks } from '../record/evidence.js';
import type { DialogueLogs } from '../record/dialogue-logs.js';
import type { Draws } from './draws.js';
import { overWordsInItsName, takingBackDespite } from './own-words.js';
import type { Deciding } from './own-words.js';
import { holds } from '../record/principal.js';
import { propose, withRead } from './proposed-event.js';
import { refuseOverBinding } from './binding-words.js';
import { refuseStrangers, refuseUnknownReferences } from './references.js';
import { dialogueOf } from '../record/references.js';
import { refusalOf, unreadableSince } from '../record/refusals.js';
import type { CommandRequest } from './request.js';
import { whyNoRemedy } from './remedies.js';
import { restingOnNamed } from './rests.js';
import type { ReadingTools } from '../record/slice.js';
import { refuseUnsaidWording } from './wording.js';
import type { Once } from '../record/once.js';
import type { LoadedStream } from '../record/streams.js';

export interface Judged {
  readonly acting: Acting;
  /** Nothing where the rule refuses it, or would record nothing. */
  readonly decided: readonly Decided[];
  /** What the rule refuses it with: whoever only repeats what was recorded is not refused. */
  readonly refusal?: Problem;
  /** The event of another act that says it already. */
  readonly saidIn?: string | undefined;
  readonly talks: Talks | undefined;
}

/** What is judged with, beside the streams. */
export interface Judging {
  readonly draws: Draws;
  readonly logs: DialogueLogs;
}

/** Who acts and what follows, or by what it is refused: all that is decided before anything is written. */
export async function judge(
  streams: Once,
  judging: Judging,
  request: CommandRequest,
  id: string,
  { events, folded }: LoadedStream,
): Promise<Judged> {
  const { slice, declaration, data } = request;
  const state = folded?.state ?? null;
  // A dialogue that is only being opened belongs to none yet.
  const isOpening = slice.part === 'dialogue' && folded === undefined;
  const dialogueId = isOpening ? undefined : dialogueOf(slice, id, state ?? data);
  const schema = schemaOf(slice, declaration.event);
  const refers = { shape: schema?.data ?? {}, data };
  await refuseUnknownReferences(streams, refers, dialogueId, request.principal);
  const talks = dialogueId === undefined ? undefined : await streams.dialogue(dialogueId);
  // Without its dialogue nobody can say whose matter it is, so nobody acts on it.
  if (dialogueId !== undefined && talks === undefined) throw unreadableSince(0, dialogueId);
  const named = { ...data, ...request.content };
  if (talks !== undefined) refuseStrangers({ ...schema?.data, ...schema?.content }, named, talks.parties);
  const acting = await resolveAct(streams, {
    ...request,
    talks,
    speaker: slice.speaker?.(request.name, data, state),
  });
  request.broughtIn?.refuseOther?.(acting.act);
  refuseUnsaidWording(request, acting.act);
  const decision = await decide(streams, judging, { request, id, events, acting, talks, state });
  if ('refused' in decision) return { acting, decided: [], refusal: refusalOf(slice, decision), talks };
  const decided = decision.events.map((one) => restingOnNamed(slice, events, one));
  return { acting, decided, saidIn: decision.saidIn, talks };
}

async function decide(streams: Once, judging: Judging, circumstances: Circumstances): Promise<Decision> {
  const { request, events } = circumstances;
  const { slice, name, data, content } = request;
  if (Object.hasOwn(amendmentCommands, name)) {
    const decision = await amended(streams, judging, circumstances);
    if (!('refused' in decision)) await refuseWrongWords(slice, events, data, content);
    return decision;
  }
  return decideAct(streams, judging, circumstances);
}

/** The refusals that name what takes an act back. */
const namingRemedies: ReadonlySet<string> = new Set(['RELIED_UPON', 'CONTENT_SEALED']);

/** A refusal names as what takes an act back only what would be accepted. */
async function amended(streams: Once, judging: Judging, circumstances: Circumstances): Promise<Decision> {
  const { request, events, acting } = circumstances;
  const targetId = String((request.data as { readonly target?: unknown }).target);
  const amending = await amendingOf(streams, circumstances, targetId);
  const decision = decideAmendment(amending);
  const target = events.find(({ id }) => id === targetId);
  if (!('refused' in decision) || !namingRemedies.has(decision.refused) || target === undefined)
    return decision;
  const { party, capacity } = target.act;
  const said = { act: { ...acting.act, party, capacity }, sources: [] };
  const noRemedy = await whyNoRemedy(amending, target, (command) =>
    decideAct(streams, judging, {
      ...circumstances,
      request: { ...request, ...command },
      acting: said,
    }),
  );
  return noRemedy === undefined ? decision : decideAmendment({ ...amending, noRemedy });
}

/** What the rules say of an act that amends nothing. */
async function decideAct(streams: Once, judging: Judging, circumstances: Circumstances): Promise<Decision> {
  const { request, events } = circumstances;
  const { slice, declaration } = request;
  const decision = await ruled(streams, judging, circumstances);
  const saying = { slice, principal: request.principal, act: circumstances.acting.act };
  const unbound = refuseOverBinding(saying, events, decision);
  if (unbound !== decision) return unbound;
  if (!('refused' in decision)) return refuseContradicting(streams, circumstances, decision);
  const speaking = { slice, declaration, act: circumstances.acting.act };
  const deciding: Deciding = (rest, state) =>
    ruled(streams, judging, { ...circumstances, events: rest, state });
  const despite = await takingBackDespite(speaking, events, decision, deciding);
  if (!('refused' in despite)) return despite;
  const over = await overWordsInItsName(speaking, events, decision, deciding);
  const judged = await refuseContradicting(streams, circumstances, over);
  // Where the party has acted on what was said in its name, that is its own: it is refused as by its own word.
  return 'refused' in judged && judged.refused === 'ACTED_UPON' ? decision : judged;
}

/** What the rule of the slice says of it. */
async function ruled(
  streams: Once,
  { draws, logs }: Judging,
  circumstances: Circumstances,
): Promise<Decision> {
  const { request, id, state, talks } = circumstances;
  const { act, sources } = circumstances.acting;
  const { slice, declaration, name, occurred, principal } = request;
  const proposed = propose(request, draws, talks);
  const about = { id, state, data: proposed.data as never, act, sources, principal };
  const find: ReadingTools['find'] = (of, other) => streams.find(of, other);
  const tools: ReadingTools = { find, store: streams.store, logs };
  const facts = (await slice.reads?.[name]?.(tools, about)) ?? {};
  const command = { type: name, act, occurred, event: withRead(proposed, declaration, facts), facts };
  return slice.decide(command as never, state);
}

const notByClerk =
  'What was recorded in the name of the party says the contrary, and drops out with this: only a negotiator of the party says it, as only a negotiator disavows what was recorded.';

/** A party's own word takes out what was said in its name as a disavowal does, and no further than that. */
async function refuseContradicting(
  streams: Once,
  circumstances: Circumstances,
  decision: Decision,
): Promise<Decision> {
  if ('refused' in decision) return decision;
  const contradicted = decision.events.filter(({ type }) => type === 'AttributionContradicted');
  const { principal } = circumstances.request;
  // It has the effect of a disavowal, so it takes who may disavow.
  if (contradicted.length > 0 && !holds(principal, ['negotiator'])) return refuse('FORBIDDEN', notByClerk);
  for (const { data } of contradicted) {
    const target = circumstances.events.find(
      ({ id }) => id === (data as { readonly target?: unknown }).target,
    );
    if (target === undefined) continue;
    const refused = refuseActedUpon(await amendingOf(streams, circumstances, target.id), target);
    if (refused !== undefined) return refused;
  }
  return decision;
}
