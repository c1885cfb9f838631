import type { CommandDeclaration } from '#libs/decider';
import type { RightsRow } from '../platform/record/principal.js';

function listed(words: readonly string[], last: string): string {
  const [final = '', ...before] = words.toReversed();
  return before.length === 0 ? final : `${before.toReversed().join(', ')} ${last} ${final}`;
}

/** Who may call an operation, as its row in the table of rights says. */
export function whoMayCall(row: RightsRow): string {
  if ('open' in row) return 'Anybody; it needs no key.';
  if ('roles' in row) return `A principal who is ${listed(row.roles, 'or')}.`;
  const direct = `Directly, for its own party: ${listed(row.direct, 'or')}.`;
  return row.attributed.length === 0
    ? `${direct} Nobody else: only the party itself can say this.`
    : `${direct} In the name of another party, citing a source: ${listed(row.attributed, 'or')}.`;
}

const weights: { readonly [weight in CommandDeclaration['weight']]: string } = {
  'record-keeping': 'It is recorded in the recorder’s own name, needs no source and moves no stage.',
  statement:
    'It is one party’s word and binds nobody; recorded in the name of a party that has not joined, it cites a source that this party issued, never press.',
  binding:
    'It binds the party, or helps to move a stage; recorded in the name of a party that has not joined, it cites a source that this party issued, never press.',
  'own-word': 'Only the party itself can say it.',
  commentary: 'It is somebody else’s word about the matter, never a party’s; it cites a source.',
};

/** What an act records, and how much that weighs. */
export function whatIsRecorded(declaration: CommandDeclaration): string {
  const { event, weight, statementWhere, afterConsequences, scope } = declaration;
  const exception =
    statementWhere === undefined
      ? ''
      : ` With \`${statementWhere.field}\` \`${statementWhere.value}\` it is a statement only, unless it takes the place of a word that binds.`;
  const waits =
    afterConsequences === true
      ? ' It is decided once all that follows from earlier acts has been drawn, for which it waits a moment where need be.'
      : '';
  const covers = scope === undefined ? '' : ` ${scope}`;
  return `Records \`${event}\`. ${weights[weight]}${exception}${waits}${covers}`;
}
