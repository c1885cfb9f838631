import { amendmentEvents } from '../../src/platform/amendments.js';
import type { Stored } from '../../src/platform/envelope.js';
import type { Principal } from '../../src/platform/principal.js';
import { principals } from '../support/desk.js';
import { fitting, irritantOf, newest, text } from './asking.js';
import type { Turn } from './asking.js';
import type { Stage, Things } from './stage.js';

export const amendmentKinds = ['retract', 'correct', 'requestErasure', 'erase', 'disavow'] as const;
type Kind = (typeof amendmentKinds)[number];

interface Target {
  readonly slice: string;
  readonly id: string;
  readonly event: Stored;
}

/** Some event of some aggregate of the history; on its irritant more often than anywhere else. */
async function targetOf(
  stage: Stage,
  turn: Turn,
  fits: (event: Stored) => boolean,
): Promise<Target | undefined> {
  const slices = Object.keys(stage.things) as Things[];
  const slice = turn.twist % 3 === 0 ? 'irritants' : (slices[(turn.pick + turn.twist) % slices.length] ?? '');
  const ids = stage.things[slice as Things];
  const id = slice === 'irritants' ? irritantOf(stage, turn) : newest(ids, turn.pick >> 2);
  if (id === undefined) return undefined;
  const { prefix } = stage.desk.record.registry.get(slice);
  const event = fitting(await stage.desk.record.world.events(`${prefix}-${id}`), fits, turn);
  return event && { slice, id, event };
}

function recorderOf(event: Stored, turn: Turn): Principal {
  const recorder = Object.values(principals).find((one) => one.id === event.act.recordedBy);
  return turn.twist >= 13 || recorder === undefined ? principals[turn.side] : recorder;
}

/** What was attributed to the side, in any stream that the irritant's own can name. */
async function disavow(stage: Stage, turn: Turn): Promise<void> {
  const irritantId = irritantOf(stage, turn);
  const target = await targetOf(
    stage,
    turn,
    ({ act }) => act.capacity === 'attributed' && act.party === turn.side,
  );
  if (target === undefined) return;
  const body = { eventId: target.event.id };
  await stage.desk.do(principals[turn.side], 'irritants.DisavowAttribution', irritantId, body);
}

function isAmendable({ act, revision, type }: Stored): boolean {
  return act.capacity !== 'derived' && revision > 0 && !Object.hasOwn(amendmentEvents, type);
}

export async function amend(stage: Stage, kind: Kind, turn: Turn): Promise<void> {
  if (kind === 'disavow') return disavow(stage, turn);
  const target = await targetOf(stage, turn, isAmendable);
  if (target === undefined) return;
  const { slice, id, event } = target;
  const { desk } = stage;
  if (kind === 'erase') {
    const body = { target: event.id, basis: 'personal-data', reason: text };
    await desk.do(principals.RU, `${slice}.RequestErasure`, id, body);
    await desk.do(principals.US, `${slice}.RequestErasure`, id, body);
    return;
  }
  if (kind === 'requestErasure') {
    const who = turn.manner === 'direct' ? principals[turn.side] : principals.secretariat;
    const body = { target: event.id, basis: 'personal-data', reason: text };
    await desk.do(who, `${slice}.RequestErasure`, id, body);
    return;
  }
  const [command, body] =
    kind === 'retract'
      ? ['RetractEvent', { target: event.id, reason: text }]
      : ['CorrectEvent', { target: event.id, occurred: '2025-04-09' }];
  await desk.do(recorderOf(event, turn), `${slice}.${command}`, id, body);
}
