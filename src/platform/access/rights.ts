import type { CommandDeclaration } from '#libs/decider';
import type { PolicyRow } from '../record/principal.js';

/** Whoever keeps a record of any kind may write it down; none of these binds a party. */
export const keeping: PolicyRow = { roles: ['registrar', 'negotiator', 'secretariat'] };
/** All but the operator read what has audience `both`. */
export const reading: PolicyRow = { roles: ['registrar', 'negotiator', 'secretariat', 'reader', 'auditor'] };
/** What only the party itself can say. */
export const ownWord: PolicyRow = { direct: ['negotiator'], attributed: [] };

const byWeight: { readonly [weight in CommandDeclaration['weight']]: PolicyRow } = {
  'record-keeping': keeping,
  commentary: keeping,
  /** A word that binds nobody: its party's registrar may record it directly, others with a source. */
  statement: { direct: ['registrar', 'negotiator'], attributed: ['registrar', 'negotiator', 'secretariat'] },
  binding: { direct: ['negotiator'], attributed: ['registrar', 'negotiator', 'secretariat'] },
  'own-word': ownWord,
};
const ofTheSides: PolicyRow = { roles: ['negotiator', 'secretariat'] };

/** Who may give a command follows from what kind of act it is. */
export function rightTo({ weight, notByRegistrar }: CommandDeclaration): PolicyRow {
  return notByRegistrar === true ? ofTheSides : byWeight[weight];
}
