import fc from 'fast-check';
import type { Principal } from '../../src/platform/principal.js';
import { principals } from '../support/desk.js';
import type { Desk, Document } from '../support/desk.js';
import { appendBreach, appendErasure, appendRoadmap } from '../support/appended.js';

export type Side = 'RU' | 'US';
/** How the act comes into the record: by the party itself, or by a secretariat with one kind of source or another. */
const manners = ['direct', 'direct', 'attributed', 'attributed', 'press', 'source-of-the-other'] as const;

export interface Move {
  readonly kind: (typeof kinds)[number];
  readonly side: Side;
  readonly manner: (typeof manners)[number];
  /** Chooses among what is there: a claim, an event, a stage. */
  readonly pick: number;
  /** Whether policies get to run before the next move. */
  readonly settle: boolean;
}

/** What one history is about. */
export interface Stage {
  readonly desk: Desk;
  readonly dialogueId: string;
  readonly irritantId: string;
  readonly roundId: string;
  readonly exchanges: string[];
  readonly sources: { readonly [who in Side | 'press']: string };
}

type Ask = (
  stage: Stage,
  move: Move,
  present: Document,
) => readonly [command: string, id: string | null, body: object, path?: object] | undefined;

function among<T>(items: readonly T[], pick: number): T | undefined {
  return items[pick % Math.max(1, items.length)];
}

const text = { en: 'Words.' };
const onIrritant =
  (name: string, body: (move: Move, present: Document) => object = () => ({})): Ask =>
  ({ irritantId }, move, present) => [`irritants.${name}`, irritantId, body(move, present)];

function onClaim(name: string, body: (move: Move) => object): Ask {
  return ({ irritantId }, move, present) => {
    const claim = among(present['claims'] as { claimId: string }[], move.pick);
    return claim && [`irritants.${name}`, irritantId, body(move), { claimId: claim.claimId }];
  };
}

function onResolution(name: string, withHash: boolean): Ask {
  return ({ irritantId }, move, present) => {
    const found = among(present['resolutions'] as { resolutionId: string; termsHash: string }[], move.pick);
    const { resolutionId = '', termsHash = '' } = found ?? {};
    return found && [`irritants.${name}`, irritantId, { resolutionId, ...(withHash ? { termsHash } : {}) }];
  };
}

const asks = {
  acknowledge: onIrritant('AcknowledgeIrritant', () => ({ statement: text })),
  contest: onIrritant('ContestIrritant', () => ({ statement: text })),
  coRaise: onIrritant('CoRaiseIrritant'),
  position: onIrritant('StatePosition', () => ({ stance: 'seeks-action', text })),
  claim: onIrritant('ClaimUnderstanding', ({ pick }) => ({
    kind: pick % 3 === 0 ? 'agreement' : 'roadmap-to-be-developed',
    text,
  })),
  confirm: onClaim('ConfirmUnderstanding', ({ pick }) =>
    pick % 4 === 0 ? { mode: 'partial', text } : { mode: 'same-text' },
  ),
  deny: onClaim('DenyUnderstanding', () => ({})),
  withdrawClaim: onClaim('WithdrawUnderstandingClaim', () => ({})),
  propose: onIrritant('ProposeResolution', () => ({ terms: text })),
  accept: onResolution('AcceptResolution', true),
  reject: onResolution('RejectResolution', false),
  withdrawTerms: onResolution('WithdrawResolutionProposal', false),
  suspend: onIrritant('SuspendIrritant'),
  resume: onIrritant('ResumeIrritant'),
  withdraw: onIrritant('WithdrawIrritant'),
  reopen: onIrritant('ReopenIrritant', (_move, present) => {
    const closing = (present['milestones'] as { stage: string; eventId: string }[]).at(-1);
    return { closingEventId: closing?.eventId, reason: text };
  }),
  proposeDormancy: onIrritant('ProposeDormancy'),
  acceptDormancy: onIrritant('MakeIrritantDormant'),
  declineDormancy: onIrritant('DeclineDormancy'),
  conclude: onIrritant('ConcludeStageReview', ({ pick }, present) => ({
    stage:
      pick % 2 === 0
        ? present['stage']
        : among(['raised', 'under-consultation', 'in-implementation'], pick >> 1),
  })),
  confirmHeld: ({ roundId }) => ['rounds.ConfirmRoundHeld', roundId, {}],
  discuss: ({ roundId, irritantId }) => ['rounds.DiscussAgendaItem', roundId, { irritantId }],
  account: ({ roundId, sources }, { side }) => [
    'rounds.PublishAccount',
    roundId,
    { sourceId: sources[side], lang: 'en', rendering: 'official' },
  ],
  report: ({ exchanges, dialogueId }, { pick }) =>
    exchanges.length === 0
      ? ['exchanges.OpenExchange', null, { dialogueId }]
      : ['exchanges.ReportExchange', among(exchanges, pick) ?? '', {}],
  cover: ({ exchanges, irritantId }, { pick }) =>
    exchanges.length === 0
      ? undefined
      : ['exchanges.AssertCoverage', among(exchanges, pick) ?? '', { irritantId }],
} as const satisfies Record<string, Ask>;

const kinds = [
  ...(Object.keys(asks) as (keyof typeof asks)[]),
  'disavow',
  'retract',
  'retract',
  'correct',
  'erase',
  'roadmap',
  'breach',
] as const;

export const moveArbitrary: fc.Arbitrary<Move> = fc.record({
  kind: fc.constantFrom(...kinds),
  side: fc.constantFrom<Side>('RU', 'US'),
  manner: fc.constantFrom(...manners),
  pick: fc.nat({ max: 15 }),
  settle: fc.boolean(),
});

/** Who records the move, and what they cite. */
function recorderOf({ sources }: Stage, { side, manner }: Move): { who: Principal; body: object } {
  if (manner === 'direct') return { who: principals[side], body: {} };
  const other = side === 'RU' ? 'US' : 'RU';
  const source = { attributed: sources[side], press: sources.press, 'source-of-the-other': sources[other] }[
    manner
  ];
  return { who: principals.secretariat, body: { party: side, sources: [{ sourceId: source }] } };
}

export async function play(stage: Stage, move: Move): Promise<void> {
  const { desk, irritantId } = stage;
  switch (move.kind) {
    case 'roadmap': {
      const until = among(['tabled', 'one-assent', 'agreed'] as const, move.pick) ?? 'tabled';
      const roadmap = await appendRoadmap(desk.record, { ...stage, until });
      if (move.pick > 10) await roadmap.start();
      if (move.pick > 12) await roadmap.accept();
      return;
    }
    case 'breach': {
      const breach = await appendBreach(desk.record, stage);
      if (move.pick % 2 === 0) await breach.withdraw();
      return;
    }
    case 'erase':
      return appendErasure(desk.record, `irritant-${irritantId}`, move.pick * 5 + 1);
    case 'retract':
    case 'correct':
    case 'disavow':
      return amend(stage, move);
    default: {
      const asked = asks[move.kind](stage, move, await desk.read('irritants', irritantId));
      if (asked === undefined) return;
      const [command, id, body, path] = asked;
      const { who, body: acting } = recorderOf(stage, move);
      const made = await desk.do(who, command, id, { ...body, ...acting }, path);
      if (command === 'exchanges.OpenExchange') stage.exchanges.push(made.id);
    }
  }
}

/** Amends, or disavows, some event of the irritant, its round or its exchange; as its own recorder, or not. */
async function amend(stage: Stage, { kind, pick, side }: Move): Promise<void> {
  const { desk, irritantId, roundId, exchanges } = stage;
  const [slice, id] = among(
    [
      ['irritants', irritantId],
      ['rounds', roundId],
      ...exchanges.map((one) => ['exchanges', one] as const),
    ] as const,
    pick,
  ) ?? ['irritants', irritantId];
  const prefix = slice.slice(0, -1);
  const events = await desk.record.world.events(`${prefix}-${id}`);
  const target = among(events, pick * 7 + 3);
  if (target === undefined) return;
  if (kind === 'disavow') {
    await desk.do(principals[side], 'irritants.DisavowAttribution', irritantId, { eventId: target.id });
    return;
  }
  const who = Object.values(principals).find((one) => one.id === target.act.recordedBy) ?? principals[side];
  const body =
    kind === 'retract' ? { target: target.id, reason: text } : { target: target.id, occurred: '2025-04-09' };
  await desk.do(who, `${slice}.${kind === 'retract' ? 'RetractEvent' : 'CorrectEvent'}`, id, body);
}
