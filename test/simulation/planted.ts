import type { Act, Decided, Decision, Fact } from '#libs/decider';
import type { Slice } from '../../src/platform/record/slice.js';
import { slices } from '../../src/slices.js';
import type { Part } from './episode-table.js';

/** A rule of the domain that a slice no longer keeps, and what a history must be about for it to matter. */
export interface Planted {
  readonly fault: string;
  readonly slices: readonly Slice[];
  readonly about: readonly Part[];
  /** What has to be there first; absent where that is what it is about. */
  readonly begins?: readonly Part[];
}

type Command = { readonly type: string; readonly act: Act; readonly event?: Decided };
type Decide = (command: Command, state: unknown) => Decision;
type Evolve = (state: unknown, fact: Fact) => unknown;

function planted(name: string, change: (slice: Slice) => Partial<Slice>): readonly Slice[] {
  if (!slices.some((one) => one.name === name)) throw new Error(`There is no slice ${name}.`);
  return slices.map((one) => (one.name === name ? { ...one, ...change(one) } : one));
}

/** The decider is given another command than the one that was sent. */
function asked(name: string, type: string, changed: (command: Command, state: never) => Command) {
  return planted(name, (slice) => {
    if (!Object.hasOwn(slice.commands, type)) throw new Error(`There is no command ${type} in ${name}.`);
    const decide = slice.decide as unknown as Decide;
    const deciding: Decide = (command, state) =>
      decide(command.type === type ? changed(command, state as never) : command, state);
    return { decide: deciding };
  });
}

/** What was decided is not what is recorded. */
function decided(
  name: string,
  changed: (events: readonly Decided[], command: Command) => readonly Decided[],
) {
  return planted(name, (slice) => {
    const decide = slice.decide as unknown as Decide;
    const deciding: Decide = (command, state) => {
      const decision = decide(command, state);
      return 'refused' in decision ? decision : { events: changed(decision.events, command) };
    };
    return { decide: deciding };
  });
}

/** What was said is understood as something else. */
function folded(name: string, type: string, facts: (fact: Fact, state: never) => readonly Fact[]) {
  return planted(name, (slice) => {
    if (!Object.hasOwn(slice.schemas, type)) throw new Error(`There is no event ${type} in ${name}.`);
    const evolve = slice.evolve as Evolve;
    const evolving: Evolve = (state, fact) =>
      (fact.type === type ? facts(fact, state as never) : [fact]).reduce(evolve, state);
    return { evolve: evolving };
  });
}

/** What it answers, ends or replaces is not recorded with it. */
function withoutEnds(decide: Decide): never {
  const deciding: Decide = (command, state) => {
    const decision = decide(command, state);
    return 'refused' in decision ? decision : { events: decision.events.map(({ ends: _, ...one }) => one) };
  };
  return deciding as never;
}

function mapped<T>(
  all: { readonly [name: string]: T },
  change: (one: T) => T,
): { readonly [name: string]: T } {
  return Object.fromEntries(Object.entries(all).map(([name, one]) => [name, change(one)]));
}

const other = (party: string | null) => (party === 'RU' ? 'US' : 'RU');
const asOther = <C extends { readonly act: Act }>(said: C): C => ({
  ...said,
  act: { ...said.act, party: other(said.act.party) },
});
const byBoth = (fact: Fact): readonly Fact[] => [fact, asOther(fact)];
const withData = <F extends { readonly data: unknown }>(fact: F, data: object): F => ({
  ...fact,
  data: { ...(fact.data as object), ...data },
});

/** As if the other side had said what whoever acts should owe. */
function assertedByOther({ act }: Fact, state: unknown): unknown {
  const { asserted } = assertedOf(state);
  return { ...(state as object), asserted: { ...asserted, party: other(act.party) } };
}

function assertedOf(state: unknown): { readonly asserted: object } {
  return { asserted: (state as { readonly asserted: object }).asserted };
}

const agreed: readonly Part[] = [
  'one draftRoadmap',
  'one tableVersion',
  'one assentToRoadmap',
  'other assentToRoadmap',
];
const tabledAndAssented: readonly Part[] = [
  'one tableProposal',
  'one assentToProposal',
  'other assentToProposal',
];

export const allPlanted: readonly Planted[] = [
  {
    fault: 'what whoever registers a source says of it is taken for a secretariat’s word',
    slices: planted('sources', ({ evolve }) => ({
      evolve: (state, fact) => {
        const next = (evolve as Evolve)(state, fact) as object | null;
        return next && { ...next, registrar: null };
      },
    })),
    begins: ['one join', 'one registerSource'],
    about: ['one registerSource', 'other position', 'other contest', 'other reportPart'],
  },
  {
    fault: 'the joining of the second party is forgotten',
    slices: folded('dialogues', 'PartyJoined', (fact, { joined }: { joined: readonly string[] }) =>
      joined.length === 0 ? [fact] : [],
    ),
    about: ['other position', 'other contest', 'one position', 'other reportPart'],
  },
  {
    fault: 'a party claims and confirms its own claim',
    slices: asked('irritants', 'ConfirmUnderstanding', asOther),
    about: ['one claim', 'one confirmClaim', 'other claim', 'one confirmClaim'],
  },
  {
    fault: 'a denial of a claim on the dialogue is taken for its confirmation',
    slices: folded('dialogues', 'DialogueUnderstandingDenied', (fact) => [
      { ...withData(fact, { mode: 'own-words' }), type: 'DialogueUnderstandingConfirmed' },
    ]),
    about: ['one claimOfTalks', 'other denyOfTalks', 'other claimOfTalks', 'one denyOfTalks'],
  },
  {
    fault: 'a partial confirmation counts as one in full',
    slices: planted('irritants', ({ decide }) => {
      const deciding: Decide = (command, state) => {
        const { type, event } = command;
        if (type !== 'ConfirmUnderstanding' || event === undefined)
          return (decide as unknown as Decide)(command, state);
        const inFull = { ...command, event: withData(event, { mode: 'own-words' }) };
        const decision = (decide as unknown as Decide)(inFull, state);
        if ('refused' in decision) return decision;
        const [first, ...others] = decision.events;
        return { events: first === undefined ? [] : [{ ...first, data: event.data }, ...others] };
      };
      return { decide: deciding };
    }),
    about: ['one claim', 'other confirmClaim'],
  },
  {
    fault: 'a party accepts its own terms',
    slices: asked('irritants', 'AcceptResolution', asOther),
    about: ['one proposeTerms', 'one acceptTerms', 'other acceptTerms'],
  },
  {
    fault: 'a position is recorded with another stance than the one that was stated',
    slices: decided('irritants', (events) =>
      events.map((one) => (one.type === 'PositionStated' ? withData(one, { stance: 'resolved' }) : one)),
    ),
    about: ['one position', 'other position'],
  },
  {
    fault: 'an assent ad referendum counts in full',
    slices: folded('proposals', 'AssentGiven', (fact) => [withData(fact, { adReferendum: false })]),
    about: ['one tableProposal', 'one assentToProposalAdReferendum', 'other assentToProposal'],
  },
  {
    fault: 'an assent holds for whatever is tabled after it',
    slices: planted('proposals', ({ evolve }) => ({
      evolve: (state, fact) => {
        const next = (evolve as Evolve)(state, fact) as object | null;
        const assents = (state as { readonly assents?: unknown } | null)?.assents;
        return fact.type === 'ProposalRevised' && next !== null ? { ...next, assents } : next;
      },
    })),
    about: ['one assentToProposal', 'other assentToProposal', 'one reviseProposal'],
  },
  {
    fault: 'a text is agreed once one side has assented',
    slices: folded('proposals', 'AssentGiven', byBoth),
    about: tabledAndAssented,
  },
  {
    fault: 'what both reported or noted is complete after one of them',
    slices: folded('exchanges', 'ExchangeReported', (fact) => byBoth(fact)),
    about: ['one openExchange', 'other openExchange', 'one reportExchange'],
  },
  {
    fault: 'a round is held once one side has said so',
    slices: folded('rounds', 'RoundConfirmedHeld', byBoth),
    about: ['one confirmHeld', 'one discuss', 'other confirmHeld'],
  },
  {
    fault: 'a matter is shown as discussed by both that one side alone tells of',
    slices: folded('irritants', 'ConsultationBegan', (fact) => [withData(fact, { byWordOf: undefined })]),
    about: ['one confirmHeld', 'one discuss', 'other confirmHeld'],
  },
  {
    fault: 'a discussion that both tell of stays by the word of the first',
    slices: folded('irritants', 'ConsultationBegan', (fact) => [withData(fact, { byWordOf: 'RU' })]),
    about: ['one confirmHeld', 'one discuss', 'other confirmHeld', 'other discuss'],
  },
  {
    fault: 'a property is returned once one side has said so',
    slices: folded('assets', 'AssetReturned', byBoth),
    about: ['one registerAsset', 'one recordReturn', 'other recordReturn'],
  },
  {
    fault: 'a side accepts its own step',
    slices: asked('roadmaps', 'AcceptStep', asOther),
    about: ['one startStep', 'one reportStep', 'one acceptStep'],
    begins: [...agreed, 'one startStep', 'one reportStep'],
  },
  {
    fault: 'a commitment is in force for whoever is said to owe it',
    slices: folded('commitments', 'CommitmentAsserted', (fact) => [
      fact,
      { ...asOther(fact), type: 'CommitmentUndertaken' },
    ]),
    about: ['one assertDebt', 'other assertDebt'],
  },
  {
    fault: 'whoever names a new date does not say whose place that takes, and the date in force is nobody’s',
    slices: planted('commitments', ({ decide }) => ({
      joint: () => ({}),
      decide: withoutEnds(decide as unknown as Decide),
    })),
    about: ['one extend', 'one extend', 'other extend', 'other extend'],
    begins: ['one assertDebt'],
  },
  {
    fault: 'what both say of whose a property is holds for neither',
    slices: planted('assets', ({ decide }) => ({
      joint: () => ({}),
      decide: withoutEnds(decide as unknown as Decide),
    })),
    about: ['one assertOwnership', 'other assertOwnership', 'one assertOwnership'],
    begins: ['one registerAsset'],
  },
  {
    fault: 'an undertaking may be taken back by whoever gave it',
    slices: planted('commitments', ({ commands }) => ({
      commands: mapped(commands, ({ bindsAtOnce: _, ...one }) => one),
    })),
    about: ['one assertDebt', 'one undertake', 'other undertake'],
  },
  {
    fault: 'what one version of a text put in force stays so, whatever the next one says',
    slices: planted('commitments', ({ reactions }) => ({
      reactions: reactions.filter((one) => one.name !== 'end-agreement'),
    })),
    begins: ['one assertDebt', ...agreed],
    about: ['one tableVersion', 'one assentToRoadmap', 'other assentToRoadmap'],
  },
  {
    fault: 'what an obligor alone says is under an agreement is under it',
    slices: planted('commitments', (slice) => {
      const evolve = slice.evolve as Evolve;
      const evolving: Evolve = (state, fact) =>
        fact.type === 'FulfilmentReported'
          ? { ...(evolve(assertedByOther(fact, state), fact) as object), ...assertedOf(state) }
          : evolve(state, fact);
      return { evolve: evolving };
    }),
    begins: ['one tableProposal', 'one assentToProposal', 'other assentToProposal', 'one assertDebt'],
    about: ['one undertake', 'one report', 'one assertDebt'],
  },
  {
    fault: 'a new date holds once one side has named it',
    slices: folded('commitments', 'CommitmentExtended', byBoth),
    about: ['one assertDebt', 'one undertake', 'one extend', 'other extend'],
  },
];

/** A fault that does no harm, since a retraction is held against the state without what it takes back as well. */
export const harmless: Planted = {
  fault: 'a new version does not say which assents it ends',
  slices: planted('proposals', ({ decide }) => ({ decide: withoutEnds(decide as unknown as Decide) })),
  about: ['one tableProposal', 'other assentToProposal', 'one reviseProposal', 'one retract', 'one retract'],
};
