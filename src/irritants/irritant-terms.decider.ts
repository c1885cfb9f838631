import type { Act, CommandOf, Infer, LookUp, RefusalOf, Rest, RulesOf, Said } from '#libs/decider';
import type { irritantCommands } from './irritant.commands.js';
import type { InstrumentKind, irritantEvents, LinkedKind } from './irritant.events.js';
import type { Irritant } from './irritant.facts.js';
import type { Checked } from './irritant-settlement.facts.js';

export type IrritantRefusal = RefusalOf<typeof irritantCommands>;

/** What the rules of an irritant need to know from elsewhere. */
export interface IrritantKnown {
  /** The id of the irritant itself, by which instruments name it. */
  readonly self?: string;
  readonly instruments?: readonly Checked[];
  /** The streams of these, at the revisions that are looked at. */
  readonly checked?: readonly Pick<Checked, 'stream' | 'revision'>[];
  /** The irritants that linkages join with it, and what those depend on. */
  readonly lookUp?: LookUp;
}

/** What reactions ask of an irritant. No route gives these commands; each carries the event it was drawn from. */
interface Consequence<T extends string, D> {
  readonly type: T;
  readonly act: Act;
  readonly cause: string;
  readonly data: D;
  readonly rests: readonly Rest[];
}

type Reached = { readonly basis: 'direct' | 'attributed'; readonly restsOn: readonly string[] };

/** What brings a milestone about, by the event that says so: the command of a reaction, and its data. */
export interface Milestones {
  readonly ConsultationBegan: { readonly by: ByInstrument<'round' | 'proposal' | 'roadmap'> } & BySide;
  readonly RoadmapAgreed: { readonly roadmapId: string } & OfVersion;
  readonly Agreed: { readonly by: ByInstrument<'proposal'> } & OfVersion;
  readonly ImplementationBegan: { readonly by: ByInstrument<'exchange' | 'roadmap' | 'commitment'> } & BySide;
}

/** The side by whose word alone it comes about; absent where both have spoken. */
export interface BySide {
  readonly byWordOf?: string;
}

interface ByInstrument<K extends string> {
  readonly kind: K;
  readonly id: string;
}
interface OfVersion {
  readonly version: number;
  readonly contentHash: string;
}

/** By when the matter must have been raised for this milestone: after the one word, before the other. */
export interface Raised {
  readonly after?: Said | undefined;
  readonly before?: Said | undefined;
}

export type MilestoneType = keyof Milestones;
type MilestoneData = { readonly [T in MilestoneType]: Milestones[T] & Reached }[MilestoneType];

export type IrritantConsequence =
  | Consequence<
      'ReachMilestone' | 'BetterMilestone',
      { readonly type: MilestoneType; readonly raised?: Raised } & MilestoneData
    >
  | Consequence<'LinkInstrument', { readonly kind: LinkedKind; readonly id: string }>
  | Consequence<'NoteBreach' | 'ClearBreach', { readonly commitmentId: string; readonly by?: string }>
  | Consequence<'EndInstrument', { readonly kind: InstrumentKind; readonly id: string; readonly by?: string }>
  | Consequence<'TakeEffect', Effect>
  | Consequence<'ChangeConditions', Infer<(typeof irritantEvents)['ResolutionConditionsChanged']['data']>>;

/** What takes effect by the acceptance of all that it waited for; or what stands in its way. */
interface Effect extends Reached {
  readonly resolutionId: string;
  readonly checked: readonly { readonly stream: string; readonly revision: number }[];
  readonly linked: readonly string[];
  readonly obstacle?: { readonly refused: IrritantRefusal; readonly because: string };
}

export type IrritantAct = CommandOf<typeof irritantCommands, typeof irritantEvents, IrritantKnown>;
export type IrritantCommand = IrritantAct | IrritantConsequence;

export type Rules<N extends IrritantCommand['type']> = Pick<
  RulesOf<typeof irritantCommands, IrritantCommand, Irritant>,
  N
>;
