import { refuse } from '#libs/decider';
import type { Act, CommandDeclaration, Decision } from '#libs/decider';
import type { Stored } from '../record/envelope.js';
import { holds } from '../record/principal.js';
import type { Principal, Role } from '../record/principal.js';
import { commandFor } from '../record/slice.js';
import type { Slice } from '../record/slice.js';

/** Whether an act with this data binds nobody, though other acts of its kind bind their party. */
function isStatementOnly(
  { statementWhere: where }: Pick<CommandDeclaration, 'statementWhere'>,
  data: { readonly [field: string]: unknown },
): boolean {
  return where !== undefined && data[where.field] === where.value;
}

/** Who says it for its party: what binds nobody, such as a non-paper, a registrar as well. */
export function directRoles(
  declaration: CommandDeclaration,
  direct: readonly Role[],
  data: { readonly [field: string]: unknown },
): readonly Role[] {
  return isStatementOnly(declaration, data) ? ['registrar', ...direct] : direct;
}

/** Whether only a negotiator could have said it for its party. */
function isBinding(slice: Pick<Slice, 'commands'>, { type, data }: Stored): boolean {
  const declaration = commandFor(slice, type);
  return (
    (declaration?.weight === 'binding' || declaration?.weight === 'own-word') &&
    !isStatementOnly(declaration, data)
  );
}

interface Saying {
  readonly slice: Pick<Slice, 'commands'>;
  readonly principal: Principal;
  readonly act: Act;
}

/**
 * What binds nobody, such as a non-paper, a registrar says for its party; but what takes the place of a word that binds,
 * of whichever side, or ends it, undoes what negotiators said, and takes a negotiator.
 */
export function refuseOverBinding(
  { slice, principal, act }: Saying,
  events: readonly Stored[],
  decision: Decision,
): Decision {
  if ('refused' in decision || act.capacity !== 'direct' || act.party === null) return decision;
  if (holds(principal, ['negotiator'])) return decision;
  const ended = new Set(decision.events.flatMap(({ ends = [] }) => ends));
  const bound = events.find((one) => ended.has(one.id) && isBinding(slice, one));
  return bound === undefined
    ? decision
    : refuse(
        'FORBIDDEN',
        `It would take the place of the ${bound.type} ${bound.id}, which only a negotiator says: so only a negotiator of ${act.party} says this.`,
      );
}
