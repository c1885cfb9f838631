import type { CommandDeclaration } from '#libs/decider';
import type { RightsRow } from '../record/principal.js';

/** Whoever keeps a record of any kind may write it down; none of these binds a party. */
export const keeping: RightsRow = { roles: ['registrar', 'negotiator', 'secretariat'] };
/** All but the operator read what has audience `both`. */
export const reading: RightsRow = { roles: ['registrar', 'negotiator', 'secretariat', 'reader', 'auditor'] };
/** What only the party itself can say. */
export const ownWord: RightsRow = { direct: ['negotiator'], attributed: [] };

const byWeight: { readonly [weight in CommandDeclaration['weight']]: RightsRow } = {
  'record-keeping': keeping,
  commentary: keeping,
  /** A word that binds nobody: its party's registrar may record it directly, others with a source. */
  statement: { direct: ['registrar', 'negotiator'], attributed: ['registrar', 'negotiator', 'secretariat'] },
  binding: { direct: ['negotiator'], attributed: ['registrar', 'negotiator', 'secretariat'] },
  'own-word': ownWord,
};
const ofTheSides: RightsRow = { roles: ['negotiator', 'secretariat'] };

/** Who may give a command follows from what kind of act it is. */
export function rightTo({ weight, notByRegistrar }: CommandDeclaration): RightsRow {
  return notByRegistrar === true ? ofTheSides : byWeight[weight];
}
