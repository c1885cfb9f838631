import { toldView } from '#libs/decider';
import type { LangText, Said, SaidView, WordsOf } from '#libs/decider';
import { compareSubjects } from './round-subjects.view.js';
import { particulars } from './round.events.js';
import type { Round } from './round.facts.js';

type Account = Round['accounts'][number];

/** Several renderings of what one side published are one account of that side; each is shown as what it is. */
function accountsOf(round: Round, isIts: (account: Account) => boolean, wordsOf: WordsOf) {
  return round.accounts.filter(isIts).map(({ said, superseded, ...account }) => ({
    ...toldView(said, wordsOf),
    ...account,
    superseded: superseded !== undefined,
  }));
}

function renderingOf(round: Round, accountId: string | undefined) {
  const account = round.accounts.find((one) => one.accountId === accountId);
  return account === undefined
    ? null
    : {
        accountId: account.accountId,
        voice: account.voice,
        of: account.said.party,
        rendering: account.rendering,
        sourceId: account.sourceId,
        superseded: account.superseded !== undefined,
      };
}

/** Spellings, titles and roles belong to attendance, not to the person: all are shown, each with who gives it. */
function namesOf(round: Round, wordsOf: WordsOf) {
  const people = Map.groupBy(round.delegates, (one) => one.personId);
  return [...people].map(([personId, named]) => ({
    personId,
    party: named[0]?.party ?? null,
    given: named.map((one) => ({
      ...toldView(one.said, wordsOf),
      ...(one.role === undefined ? {} : { role: one.role }),
      account: renderingOf(round, one.accountId),
    })),
  }));
}

/** What somebody says of when, how long, where and at which level, and on which occasion. */
export const occasions = ['scheduled', 'postponed', 'reinstated', 'concluded', 'account'] as const;

interface Saying {
  readonly as: (typeof occasions)[number];
  readonly said: Said;
  readonly accountId?: string;
  readonly startsAt?: string;
  readonly endsAt?: string;
  readonly duration?: string;
  readonly hostParty?: string;
}

function sayingsOf(round: Round): readonly Saying[] {
  return [
    { ...round.scheduled, as: 'scheduled' },
    ...round.calledOff
      .filter((one) => one.as === 'postponed')
      .map((one) => ({ ...one, as: 'postponed' as const })),
    ...round.reinstated.map((one) => ({ ...one, as: 'reinstated' as const })),
    ...round.conclusions.map((one) => ({ ...one, as: 'concluded' as const })),
    ...round.accounts.map((one) => ({ ...one, as: 'account' as const })),
  ];
}

/** When, how long, at which level, as whose guest and where: as each one who says so gives it. */
function particularsOf(round: Round, wordsOf: WordsOf) {
  return sayingsOf(round).flatMap((one) => {
    const facts = Object.fromEntries(
      (Object.keys(particulars) as (keyof typeof particulars)[]).flatMap((name) =>
        one[name] === undefined ? [] : [[name, one[name]]],
      ),
    );
    const { venue, level } = wordsOf(one.said.eventId) as { venue?: LangText; level?: string };
    const labels = {
      ...(venue === undefined ? {} : { venue }),
      ...(level === undefined ? {} : { level }),
    };
    if (Object.keys({ ...facts, ...labels }).length === 0) return [];
    return [
      {
        ...facts,
        ...labels,
        as: one.as,
        account: renderingOf(round, one.accountId),
        ...toldView(one.said, () => ({})),
      },
    ];
  });
}

/** The accounts of a round, matter by matter, with names, venue and level as each gives them. */
export function compareAccounts(round: Round, parties: readonly string[], wordsOf: WordsOf) {
  return {
    number: round.number,
    parties,
    accounts: Object.fromEntries(
      parties.map((party) => [party, accountsOf(round, (one) => one.said.party === party, wordsOf)]),
    ),
    pressAccounts: accountsOf(round, (one) => one.voice === 'press', wordsOf),
    ...compareSubjects(round, parties, wordsOf),
    names: namesOf(round, wordsOf),
    particulars: particularsOf(round, wordsOf),
    nextRound: round.nextRound.map(({ said, ...facts }) => ({ ...toldView(said, wordsOf), ...facts })),
  };
}

/** The dialogue as it is, and as it was when the record of the round began; and the keys of its irritants. */
interface ComparedIn {
  readonly now: object | undefined;
  readonly whenBegun: object | undefined;
  readonly keyOf: (irritantId: string) => string | undefined;
}

/** What of its dialogue is shown with a comparison. */
interface Dialogue {
  readonly parties: readonly string[];
  /** Whatever a view shows of a suspension. */
  readonly suspensions: readonly SaidView[];
}

/** The comparison with the keys of the irritants that points name, and the suspensions during which it was scheduled. */
export function compareRound(round: Round, wordsOf: WordsOf, { now, whenBegun, keyOf }: ComparedIn) {
  const { parties } = (now ?? { parties: [] }) as unknown as Dialogue;
  const { suspensions } = (whenBegun ?? { suspensions: [] }) as unknown as Dialogue;
  const compared = compareAccounts(round, parties, wordsOf);
  return {
    ...compared,
    scheduledDuring: suspensions,
    subjects: compared.subjects.map((one) => ({ key: keyOf(one.irritantId ?? '') ?? null, ...one })),
  };
}
