import type { Act, Decided, Decision } from '#libs/decider';
import type { EventStore } from '#libs/event-store';
import { eraseWords } from '../../platform/commands/amending-erasure.js';
import { overWordsInItsName, takingBackDespite } from '../../platform/commands/own-words.js';
import { dialogueOf } from '../../platform/record/references.js';
import type { Stored } from '../../platform/record/envelope.js';
import { idOf } from '../../platform/record/fold.js';
import type { Principal } from '../../platform/record/principal.js';
import type { ReadingTools, Slice } from '../../platform/record/slice.js';
import type { Streams } from '../../platform/record/streams.js';

/** What a rule asked for that stands beside the record, and is in no log. */
class BesideTheLog extends Error {}

function besideTheLog(): never {
  throw new BesideTheLog();
}

const noStore = new Proxy({} as EventStore, { get: besideTheLog });

/** Whoever acted, as far as the event tells; what its roles were then is in no log, and no rule of a stream asks for it. */
function principalOf({ recordedBy, recorderParty }: Act): Principal {
  return { id: recordedBy, name: recordedBy, party: recorderParty, roles: [] };
}

interface Anew {
  readonly slice: Slice;
  readonly act: Stored;
  /** The streams as they stood when the act was decided; its own as it stood before it. */
  readonly streams: Streams;
}

/**
 * What an act brings along, decided once more by each command that records an event of its type, with all that the rules
 * look at on the way: words of others that it contradicts, and what is said elsewhere. Those by which it would have been
 * refused are left out, and those that ask for what is in no log.
 */
export async function decidedAnew(anew: Anew): Promise<readonly (readonly Decided[])[]> {
  const { slice, act } = anew;
  // Only what has no path of its own brings into being.
  const names = Object.entries(slice.commands).filter(
    ([, { event, path }]) => event === act.type && (path === null) === (act.revision === 0),
  );
  const decisions =
    act.type === 'ErasureRequested'
      ? [await erasure(anew)]
      : await Promise.all(names.map(([name]) => decidedBy(anew, name)));
  return decisions.flatMap((one) =>
    one === undefined || 'refused' in one || one.events[0]?.type !== act.type
      ? []
      : [one.events.filter(({ derivedFrom }) => derivedFrom !== undefined)],
  );
}

async function decidedBy(anew: Anew, name: string): Promise<Decision | undefined> {
  const { slice, act, streams } = anew;
  const declaration = slice.commands[name];
  if (declaration === undefined) return undefined;
  try {
    const { events, folded } = await streams.stream(act.stream);
    const ruled = async (_events: readonly Stored[], state: unknown) => ruledBy(anew, name, state);
    const decision = await ruled(events, folded?.state ?? null);
    if (!('refused' in decision)) return decision;
    const speaking = { slice, declaration, act: act.act };
    const despite = await takingBackDespite(speaking, events, decision, ruled);
    if (!('refused' in despite)) return despite;
    return await overWordsInItsName(speaking, events, decision, ruled);
  } catch (error) {
    if (error instanceof BesideTheLog) return undefined;
    throw error;
  }
}

async function ruledBy({ slice, act, streams }: Anew, name: string, state: unknown): Promise<Decision> {
  const tools: ReadingTools = {
    find: (of, id) => streams.find(of, id),
    store: noStore,
    logs: { originOf: besideTheLog },
  };
  const about = {
    id: idOf(act.stream),
    state,
    data: act.data as never,
    act: act.act,
    sources: act.sources,
    principal: principalOf(act.act),
  };
  const facts = (await slice.reads?.[name]?.(tools, about)) ?? {};
  const event = { type: act.type, data: act.data, content: act.content };
  return slice.decide({ type: name, act: act.act, occurred: act.occurred, event, facts } as never, state);
}

/** The one amendment that brings something along: with the second request the words go. */
async function erasure({ slice, act, streams }: Anew): Promise<Decision | undefined> {
  const { events, folded } = await streams.stream(act.stream);
  const target = events.find(({ id }) => id === act.data['target']);
  const dialogueId = dialogueOf(slice, idOf(act.stream), folded?.state ?? {});
  if (target === undefined || dialogueId === undefined) return undefined;
  return eraseWords(
    {
      slice,
      events,
      state: folded?.state ?? null,
      request: { type: 'RequestErasure', act: act.act, data: act.data, content: act.content },
      principal: principalOf(act.act),
      roleFor: () => undefined,
      declared: () => undefined,
      dialogue: await streams.dialogue(dialogueId),
      elsewhere: {} as never,
    },
    target,
  );
}
