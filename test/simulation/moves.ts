import type { Principal } from '../../src/platform/principal.js';
import { acts, principals } from '../support/desk.js';
import { amend, amendmentKinds } from './amendment-asks.js';
import type { Ask, Turn } from './asking.js';
import { irritantAsks } from './irritant-asks.js';
import { matterAsks } from './matter-asks.js';
import { otherSide } from './stage.js';
import type { Stage, Things } from './stage.js';
import { talkAsks } from './talk-asks.js';
import { textAsks } from './text-asks.js';

const asks = { ...irritantAsks, ...talkAsks, ...textAsks, ...matterAsks };
type AskKind = keyof typeof asks;
type AmendmentKind = (typeof amendmentKinds)[number];
export type Kind = AskKind | AmendmentKind;

export const kinds: readonly Kind[] = [...(Object.keys(asks) as AskKind[]), ...amendmentKinds];

export interface Move extends Turn {
  readonly kind: Kind;
}

/** Who records the move, and what they say of whose act it is and on which evidence. */
function recorderOf({ sources }: Stage, command: string, { side, manner, pick, twist }: Turn) {
  const declaration = acts.get(command)?.declaration;
  const standing = declaration?.standing;
  const other = otherSide(side);
  if (standing === 'record-keeping' || standing === 'commentary') {
    return { who: manner === 'direct' ? principals[side] : principals.secretariat, body: {} };
  }
  const occurred = pick % 3 === 2 ? { occurred: `2025-04-${10 + twist}` } : {};
  // Only the party itself can say it: mostly it does.
  if (manner === 'direct' || (standing === 'own-word' && twist < 12)) {
    return { who: principals[side], body: occurred };
  }
  const source = {
    attributed: sources[side],
    'by-the-other': sources[side],
    'joint-text': sources.joint,
    press: sources.press,
    'source-of-the-other': sources[other],
  }[manner];
  const who: Principal = manner === 'by-the-other' ? principals[other] : principals.secretariat;
  const party = declaration?.partyIsData === true ? {} : { party: side };
  return { who, body: { ...occurred, ...party, sources: [{ sourceId: source }] } };
}

function isAmendment(kind: Kind): kind is AmendmentKind {
  return (amendmentKinds as readonly Kind[]).includes(kind);
}

/** Gives the command of one move; throws the `Problem` where it is refused. */
export async function play(stage: Stage, move: Move): Promise<void> {
  const { desk, things } = stage;
  if (isAmendment(move.kind)) return amend(stage, move.kind, move);
  const ask: Ask = asks[move.kind];
  const asked = await ask(stage, move);
  if (asked === undefined) return;
  const [command, id, body, path] = asked;
  const { who, body: acting } = recorderOf(stage, command, move);
  const made = await desk.do(who, command, id, { ...body, ...acting }, path);
  if (id === null) things[command.slice(0, command.indexOf('.')) as Things].push(made.id);
}
