import { accept, alreadySaid, ending, nothing, ownWordStands, refuse, restingOn } from '#libs/decider';
import { accountOf } from './round.facts.js';
import type { Round } from './round.facts.js';
import { saysHeld } from './round-holding.decider.js';
import type { Ask } from './round-terms.decider.js';

type Account = Round['accounts'][number];

function unknownAccount(accountId: string) {
  return refuse(
    'ACCOUNT_UNKNOWN',
    `This round has no account ${accountId}; its accounts are listed under "accounts".`,
  );
}

function whose({ voice, said }: Account): string {
  return voice === 'press' ? "the press's" : `${said.party}'s`;
}

/** Whose word an account is follows from its source: that of its issuer, and of the press what the press published. */
function refuseSource({ act, event, facts }: Ask<'PublishAccount'>) {
  const party = act.party ?? '';
  if (event.data.voice === 'press') {
    return facts.source?.kind === 'press'
      ? undefined
      : refuse(
          'SOURCE_NOT_PRESS',
          'An account of the press comes from a source of the kind "press"; what a party issued is that party\'s account.',
        );
  }
  return facts.source?.issuers.includes(party) === true && !facts.source.barredBy.includes(party)
    ? undefined
    : refuse(
        'SOURCE_NOT_ISSUED_BY_PARTY',
        `An account of ${party} comes from a source that ${party} issued and has not disowned; what the press made of it is an account with the voice "press".`,
      );
}

export function publish(command: Ask<'PublishAccount'>, round: Round) {
  const { voice, translationOf } = command.event.data;
  const refused = refuseSource(command);
  if (refused !== undefined) return refused;
  if (translationOf !== undefined) {
    const original = accountOf(round, translationOf);
    if (original === undefined) return unknownAccount(translationOf);
    if (original.voice !== voice || original.said.party !== command.act.party) {
      return refuse(
        'ACCOUNT_OF_ANOTHER_PARTY',
        `The account ${translationOf} is ${whose(original)}; a translation of it is too.`,
      );
    }
  }
  return voice === 'press' ? accept(command.event) : saysHeld(command, round);
}

function unknownPoint(round: Round, named: readonly (string | undefined)[]) {
  const missing = named.find(
    (one) => one !== undefined && !round.points.some(({ pointId }) => pointId === one),
  );
  return missing === undefined
    ? undefined
    : refuse(
        'POINT_UNKNOWN',
        `This round has no account point ${missing}; the points are listed under "points".`,
      );
}

function wordsOf(round: Round, pointIds: readonly (string | undefined)[]) {
  return round.points.filter(({ pointId }) => pointIds.includes(pointId)).map(({ said }) => said);
}

/** What it contradicts or says anew it answers; it stands without it. */
export function recordPoint(command: Ask<'RecordAccountPoint'>, round: Round) {
  const { accountId, contradicts, restates } = command.event.data;
  if (accountOf(round, accountId) === undefined) return unknownAccount(accountId);
  const named = [contradicts, restates];
  return unknownPoint(round, named) ?? accept(ending(command.event, ...wordsOf(round, named)));
}

export function nameDelegate(command: Ask<'NameDelegate'>, round: Round) {
  const { accountId } = command.event.data;
  return accountId !== undefined && accountOf(round, accountId) === undefined
    ? unknownAccount(accountId)
    : accept(command.event);
}

/** An account is replaced by another one of the same voice that stands itself, so that one always does. */
function refuseReplacement(account: Account, by: Account) {
  if (by.voice !== account.voice || by.said.party !== account.said.party) {
    return refuse(
      'ACCOUNT_OF_ANOTHER_PARTY',
      `The account ${by.accountId} is ${whose(by)}; ${whose(account)} is replaced by one of its own.`,
    );
  }
  return by.accountId === account.accountId || by.superseded !== undefined
    ? refuse(
        'ACCOUNT_NO_REPLACEMENT',
        `The account ${by.accountId} is replaced itself; name the one that stands in its place.`,
      )
    : undefined;
}

export function supersede(command: Ask<'SupersedeAccount'>, round: Round) {
  const { accountId, supersededBy } = command.event.data;
  const account = accountOf(round, accountId);
  if (account === undefined) return unknownAccount(accountId);
  if (account.superseded !== undefined && alreadySaid([account.superseded], command.act)) return nothing;
  const by = supersededBy === undefined ? undefined : accountOf(round, supersededBy);
  if (supersededBy !== undefined && by === undefined) return unknownAccount(supersededBy);
  return (
    (by === undefined ? undefined : refuseReplacement(account, by)) ??
    ownWordStands(command.act, account.said, 'published this account') ??
    accept(ending(command.event, account.said))
  );
}

/** A divergence is one between these points: without them there is none. */
export function noteDivergence(command: Ask<'NoteDivergence'>, round: Round) {
  const { pointIds = [] } = command.event.data;
  return unknownPoint(round, pointIds) ?? accept(restingOn(command.event, ...wordsOf(round, pointIds)));
}

/** The word that settles it answers that of the other side, so that neither can take its word back alone. */
export function reconcile(command: Ask<'ReconcileDivergence'>, round: Round) {
  const { divergenceId } = command.event.data;
  const { act } = command;
  const found = round.divergences.find((one) => one.divergenceId === divergenceId);
  if (found === undefined) {
    return refuse(
      'DIVERGENCE_UNKNOWN',
      `This round has no divergence ${divergenceId}; they are listed under "divergences".`,
    );
  }
  const other = found.reconciledBy.find((one) => one.party !== act.party);
  return alreadySaid(found.reconciledBy, act) ? nothing : accept(ending(command.event, other));
}
