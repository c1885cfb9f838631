import fc from 'fast-check';
import type { Principal } from '../../src/platform/record/principal.js';
import { isProblem, principals } from '../support/desk.js';
import type { Desk } from '../support/desk.js';
import { aStep } from '../support/roadmap.js';
import { told } from './text-reading.js';
import type { Reading, Slice, Talks } from './text-reading.js';

export type Side = 'RU' | 'US';
type Who = Side | 'secretariat';

/** Somebody attempts something; `side` is in whose name the secretariat records, and `twist` varies the rest. */
export interface Move {
  readonly who: Who;
  readonly side: Side;
  readonly what: string;
  readonly twist: number;
}

const amendments = ['join', 'endorse', 'endorse', 'disavow', 'retract', 'retract'];
const onText = ['assent', 'assent', 'assent', 'confirm', 'withdraw', 'revise', 'terminate'];
const whats: { readonly [slice in Slice]: readonly string[] } = {
  proposals: [...amendments, ...onText, 'decline', 'lapse'],
  roadmaps: [
    ...amendments,
    ...onText,
    ...['StartStep', 'StartStep', 'ReportStepDone', 'ReportStepDone', 'AcceptStep', 'RejectStep'],
    ...['BlockStep', 'UnblockStep', 'WaiveStep'],
  ],
};

export function movesOn(slice: Slice): fc.Arbitrary<readonly Move[]> {
  const move = fc.record({
    who: fc.constantFrom<Who>('RU', 'US', 'secretariat', 'secretariat'),
    side: fc.constantFrom<Side>('RU', 'US'),
    what: fc.constantFrom(...whats[slice]),
    twist: fc.nat({ max: 11 }),
  });
  return fc.array(move, { minLength: 12, maxLength: 40 });
}

const joins: readonly Move[] = [
  { who: 'RU', side: 'RU', what: 'join', twist: 0 },
  { who: 'US', side: 'US', what: 'join', twist: 0 },
];
const assents = (...by: readonly Who[]): readonly Move[] =>
  by.map((who, index) => ({ who, side: index === 0 ? 'RU' : 'US', what: 'assent', twist: 0 }));

const direct = [...joins, ...assents('RU', 'US')];
/** How far the talks have come: nothing is agreed, or by the sides themselves, or by what is attributed to them. */
export const openings: { readonly [name: string]: readonly Move[] } = {
  nothing: [],
  direct,
  underWay: [
    ...direct,
    { who: 'RU', side: 'RU', what: 'StartStep', twist: 0 },
    { who: 'RU', side: 'RU', what: 'ReportStepDone', twist: 0 },
  ],
  attributed: assents('secretariat', 'secretariat'),
  joinedSince: [...assents('secretariat', 'secretariat'), ...joins],
};

const summary = [{ as: 'summary' }];
const steps = [aStep({ responsible: 'RU' }), aStep({ responsible: 'US' })];
const words = (twist: number) => ({ en: `Version ${twist}.` });

let prefixes = 0;

/** The text is tabled by the secretariat in the name of one of the sides. */
export async function talksOn(desk: Desk, slice: Slice, tabler: Side): Promise<Talks> {
  const { secretariat } = principals;
  prefixes += 1;
  const parties = ['RU', 'US'];
  const dialogue = { parties, keyPrefix: `TX${prefixes}`, name: { en: 'Texts' } };
  const dialogueId = (await desk.do(secretariat, 'dialogues.OpenDialogue', null, dialogue)).id;
  const register = async (side: Side) => {
    const cited = { kind: 'note', issuers: [side], lang: 'en', held: false, title: 'N', citation: 'N' };
    return (await desk.do(secretariat, 'sources.RegisterSource', null, { dialogueId, ...cited })).id;
  };
  const sources = { RU: await register('RU'), US: await register('US') };
  const said = (side: Side) => ({ party: side, sources: [{ sourceId: sources[side] }] });
  const raised = { raisers: ['RU'], respondents: ['US'], raisedBasis: 'stated', category: 'visas' };
  const irritant = { dialogueId, ...raised, title: { en: 'Visas' }, ...said('RU') };
  const irritantId = (await desk.do(secretariat, 'irritants.RaiseIrritant', null, irritant)).id;
  const made = { desk, slice, dialogueId, irritantId, sources };
  const body = { dialogueId, irritantIds: [irritantId], ...said(tabler) };
  if (slice === 'proposals') {
    const tabling = { ...body, form: 'proposal', texts: words(0), wording: summary };
    return { ...made, id: (await desk.do(secretariat, 'proposals.TableProposal', null, tabling)).id };
  }
  const { id } = await desk.do(secretariat, 'roadmaps.DraftRoadmap', null, body);
  const talks = { ...made, id };
  await attempt(talks, { who: 'secretariat', side: tabler, what: 'revise', twist: 0 });
  return talks;
}

const commands: { readonly [what: string]: { readonly [slice in Slice]?: string } } = {
  assent: { proposals: 'AssentToProposal', roadmaps: 'AssentToRoadmap' },
  confirm: { proposals: 'ConfirmAssentToProposal', roadmaps: 'ConfirmRoadmapAssent' },
  withdraw: { proposals: 'WithdrawAssentToProposal', roadmaps: 'WithdrawRoadmapAssent' },
  revise: { proposals: 'ReviseProposal', roadmaps: 'TableRoadmapVersion' },
  terminate: { proposals: 'TerminateProposal', roadmaps: 'TerminateRoadmap' },
  decline: { proposals: 'DeclineProposal' },
  lapse: { proposals: 'LapseProposal' },
  endorse: { proposals: 'EndorseAttribution', roadmaps: 'EndorseAttribution' },
  disavow: { proposals: 'DisavowAttribution', roadmaps: 'DisavowAttribution' },
  retract: { proposals: 'RetractEvent', roadmaps: 'RetractEvent' },
};

function bodyOf({ irritantId, slice }: Talks, { what, twist }: Move, before: Reading): object {
  const latest = before.state.versions.at(-1);
  const named = { version: latest?.version, contentHash: latest?.contentHash };
  const target = before.events.at(-1 - (twist % before.events.length))?.id;
  switch (what) {
    case 'assent':
      return { ...named, adReferendum: twist % 4 === 3 };
    case 'confirm':
      return named;
    case 'withdraw':
      return { version: named.version };
    case 'revise': {
      const texts = Object.fromEntries(steps.map((one) => [one.stepId, words(twist)]));
      return slice === 'proposals'
        ? { form: 'proposal', irritantIds: [irritantId], texts: words(twist) }
        : { irritantIds: [irritantId], steps, texts };
    }
    case 'endorse':
      return { target };
    case 'disavow':
      return { target, ground: 'not-what-we-said' };
    case 'retract':
      return { target, reason: { en: 'Entered in error.' } };
    default:
      return {};
  }
}

/** Its own step, or that of the other side where the act answers one. */
function stepFor({ who, side, what }: Move): string | undefined {
  const by = who === 'secretariat' ? side : who;
  const isAnswer = ['AcceptStep', 'RejectStep', 'WaiveStep'].includes(what);
  return steps.find((one) => (one['responsible'] === by) !== isAnswer)?.stepId;
}

/** What the move brought about; undefined where it was refused or repeated what was there. */
export async function attempt(
  talks: Talks,
  move: Move,
): Promise<{ readonly before: Reading; readonly after: Reading } | undefined> {
  const { desk, slice, id, dialogueId } = talks;
  const before = await told(talks);
  const principal: Principal = principals[move.who];
  const command = commands[move.what]?.[slice] ?? move.what;
  if (/Step/.test(command) && slice === 'proposals') return undefined;
  const isAct = !amendments.includes(move.what);
  const inTheName = {
    party: move.side,
    sources: [{ sourceId: talks.sources[move.side] }],
    ...(move.what === 'revise' ? { wording: summary } : {}),
  };
  const attributed = move.who === 'secretariat' && isAct ? inTheName : {};
  try {
    if (move.what === 'join') await desk.do(principal, 'dialogues.JoinDialogue', dialogueId, {});
    else {
      const body = { ...bodyOf(talks, move, before), ...attributed };
      const path = /Step/.test(command) ? { stepId: stepFor(move) } : {};
      await desk.do(principal, `${slice}.${command}`, id, body, path);
    }
  } catch (error) {
    if (!isProblem(error) || error.kind.status >= 500) throw error;
    return undefined;
  }
  const after = await told(talks);
  return after.events.length === before.events.length ? undefined : { before, after };
}
