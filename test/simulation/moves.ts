import type { Principal } from '../../src/platform/record/principal.js';
import { acts, principals } from '../support/desk.js';
import { amend, amendmentKinds } from './amendment-asks.js';
import type { Ask, Turn } from './asking.js';
import { irritantAsks } from './irritant-asks.js';
import { matterAsks } from './matter-asks.js';
import { keeperFor, otherSide } from './stage.js';
import type { Stage, Things } from './stage.js';
import { talkAsks } from './talk-asks.js';
import { textAsks } from './text-asks.js';

const asks = { ...irritantAsks, ...talkAsks, ...textAsks, ...matterAsks };
/** Those registered later are what one side says the other issued. */
const sourcesAtFirst = 5;
const clerks = { RU: principals.clerkOfRU, US: principals.clerkOfUS } as const;

type AskKind = keyof typeof asks;
type AmendmentKind = (typeof amendmentKinds)[number];
export type Kind = AskKind | AmendmentKind;

export const kinds: readonly Kind[] = [...(Object.keys(asks) as AskKind[]), ...amendmentKinds];

export interface Move extends Turn {
  readonly kind: Kind;
}

/**
 * Mostly as it is done where the record is kept like this: where both have joined, each speaks for itself, and all else
 * is an attempt.
 */
function mannerIn({ keeping }: Stage, { manner, twist }: Turn): Turn['manner'] {
  if (keeping === 'both') return manner === 'direct' || manner === 'clerk' || twist >= 11 ? manner : 'direct';
  return manner === 'direct' && twist < 11 ? 'attributed' : manner;
}

/** Who records the move, and what they say of whose act it is and on which evidence. */
function recorderOf(stage: Stage, command: string, turn: Turn) {
  const { sources } = stage;
  const { side, pick, twist } = turn;
  const manner = mannerIn(stage, turn);
  const declaration = acts.get(command)?.declaration;
  const standing = declaration?.weight;
  const own = manner === 'clerk' ? clerks[side] : principals[side];
  const keeper = keeperFor(stage, side);
  if (standing === 'record-keeping') {
    // What a side registers as the other's own words is its own doing, whoever keeps the record.
    const isOwnDoing = manner === 'direct' || command === 'sources.RegisterSource';
    return { who: isOwnDoing ? own : keeper, body: {} };
  }
  const wording = [{ as: twist % 2 === 0 ? 'summary' : 'verbatim' }];
  if (standing === 'commentary') return { who: keeper, body: { wording } };
  const occurred =
    pick % 3 === 2 && declaration?.undated !== true ? { occurred: `2025-04-${10 + twist}` } : {};
  const isOwnWord = standing === 'own-word' && twist < 12;
  const speaksForItself = stage.keeping !== 'both' && keeper === own;
  if (manner === 'direct' || manner === 'clerk' || isOwnWord || speaksForItself) {
    return { who: isOwnWord ? principals[side] : own, body: occurred };
  }
  const [newest] = stage.things.sources.slice(sourcesAtFirst).toReversed();
  const forged = newest ?? (sources.forged === '' ? sources[otherSide(side)] : sources.forged);
  const source = {
    attributed: sources[side],
    'by-the-other': sources[side],
    'joint-text': sources.joint,
    press: sources.press,
    'source-of-the-other': forged,
  }[manner];
  const isByTheOther = manner === 'by-the-other' || manner === 'source-of-the-other';
  const attempting = stage.keeping === 'both' ? principals.secretariat : keeper;
  const isForged = manner === 'source-of-the-other' && stage.keeping !== 'both';
  const who: Principal = isByTheOther && !isForged ? principals[otherSide(side)] : attempting;
  const party = declaration?.partyIsData === true ? {} : { party: side };
  return { who, body: { ...occurred, ...party, wording, sources: [{ sourceId: source }] } };
}

function isAmendment(kind: Kind): kind is AmendmentKind {
  return (amendmentKinds as readonly Kind[]).includes(kind);
}

/** Whether there was anything to give a command about; throws the `Problem` where it is refused. */
export async function play(stage: Stage, move: Move): Promise<boolean> {
  const { things } = stage;
  if (isAmendment(move.kind)) return amend(stage, move.kind, move);
  const ask: Ask = asks[move.kind];
  const asked = await ask(stage, move);
  if (asked === undefined) return false;
  const [command, id, body, path] = asked;
  const { who, body: acting } = recorderOf(stage, command, move);
  const made = await stage.ledger.give(who, command, id, { ...body, ...acting }, path);
  if (id === null) things[command.slice(0, command.indexOf('.')) as Things].push(made.id);
  return true;
}
