import { amendmentEvents } from '../../src/platform/record/amendment-events.js';
import { standingsIn } from '../../src/platform/record/dropping.js';
import type { Stored } from '../../src/platform/record/envelope.js';
import type { Principal } from '../../src/platform/record/principal.js';
import { principals } from '../support/desk.js';
import { fitting, irritantOf, newest, text } from './asking.js';
import type { Turn } from './asking.js';
import { otherSide } from './stage.js';
import type { Side, Stage, Things } from './stage.js';

type Fits = (event: Stored, side: Side) => boolean;
type Body = (target: Stored, turn: Turn) => object;

const isOwn: Fits = ({ act, type }, side) =>
  act.capacity === 'direct' && act.party === side && !Object.hasOwn(amendmentEvents, type);
const isAttributed: Fits = ({ act }, side) => act.capacity === 'attributed' && act.party === side;
const isLaterWord: Fits = ({ act, revision, type }) =>
  act.capacity !== 'derived' && revision > 0 && !Object.hasOwn(amendmentEvents, type);
/** Mostly what the side, or whoever keeps the record for it, entered: nobody else takes it back. */
const isRetractable: Fits = (event, side) =>
  isLaterWord(event, side) && (event.act.recorderParty === side || event.act.recorderParty === null);

const named: Body = ({ id }) => ({ target: id });

const amendments = {
  retract: { command: 'RetractEvent', fits: isRetractable, body: ({ id }) => ({ target: id, reason: text }) },
  correct: {
    command: 'CorrectEvent',
    fits: isLaterWord,
    body: ({ id }) => ({ target: id, occurred: '2025-04-09' }),
  },
  requestErasure: {
    command: 'RequestErasure',
    fits: isLaterWord,
    body: ({ id }) => ({ target: id, basis: 'personal-data', reason: text }),
  },
  erase: {
    command: 'RequestErasure',
    fits: isLaterWord,
    body: ({ id }) => ({ target: id, basis: 'personal-data', reason: text }),
  },
  endorse: { command: 'EndorseAttribution', fits: isAttributed, body: named },
  disavow: {
    command: 'DisavowAttribution',
    fits: isAttributed,
    body: ({ id, sources }, { twist }) => {
      const sourceId = sources[0]?.sourceId;
      return twist % 3 !== 0 || sourceId === undefined
        ? { target: id, ground: 'not-what-we-said' }
        : { target: id, ground: 'not-our-source', sourceId };
    },
  },
  doubt: {
    command: 'DoubtAttribution',
    fits: ({ act }) => act.capacity === 'attributed',
    body: ({ id }) => ({ target: id, reason: text }),
  },
  repudiate: { command: 'RepudiateAct', fits: isOwn, body: named },
  concludeActReview: {
    command: 'ConcludeActReview',
    fits: ({ type }) => type === 'ActRepudiated',
    body: ({ data }, { twist }) => ({
      target: (data as { target?: string }).target,
      outcome: twist % 4 === 3 ? 'stands' : 'void',
    }),
  },
} as const satisfies { [kind: string]: { command: string; fits: Fits; body: Body } };

type Kind = keyof typeof amendments;
export const amendmentKinds = Object.keys(amendments) as Kind[];

interface Target {
  readonly slice: string;
  readonly id: string;
  readonly event: Stored;
}

/** Some event of some aggregate of the history that still counts; on its irritant more often than anywhere else. */
async function targetOf(stage: Stage, turn: Turn, fits: Fits): Promise<Target | undefined> {
  const slices = Object.keys(stage.things) as Things[];
  const slice = turn.twist % 3 === 0 ? 'irritants' : (slices[(turn.pick + turn.twist) % slices.length] ?? '');
  const ids = stage.things[slice as Things];
  const id = slice === 'irritants' ? irritantOf(stage, turn) : newest(ids, turn.pick >> 2);
  if (id === undefined) return undefined;
  const { prefix } = stage.desk.record.registry.get(slice);
  const events = await stage.desk.record.streams.events(`${prefix}-${id}`);
  const { dropped } = standingsIn(events);
  const event = fitting(events, (one) => fits(one, turn.side) && !dropped.has(one.id), turn);
  return event && { slice, id, event };
}

const byRecorder: readonly Kind[] = ['retract', 'correct', 'doubt'];

/** Mostly whoever may: the side itself for what only it can say, and whoever recorded the act for the rest. */
function whoAmends(kind: Kind, event: Stored, { side, twist }: Turn): Principal {
  if (kind === 'requestErasure' && twist % 4 === 3) return principals.secretariat;
  if (!byRecorder.includes(kind)) return principals[side];
  const recorder = Object.values(principals).find((one) => one.id === event.act.recordedBy);
  return twist >= 13 || recorder === undefined ? principals[side] : recorder;
}

export async function amend(stage: Stage, kind: Kind, turn: Turn): Promise<boolean> {
  const { command, fits, body } = amendments[kind];
  const target = await targetOf(stage, turn, fits);
  if (target === undefined) return false;
  const { slice, id, event } = target;
  const give = (who: Principal) => stage.ledger.give(who, `${slice}.${command}`, id, body(event, turn));
  await give(whoAmends(kind, event, turn));
  if (kind === 'erase') await give(principals[otherSide(turn.side)]);
  return true;
}
