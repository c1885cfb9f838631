import type { PolicyRow } from './platform/record/principal.js';

/** Whoever keeps a record of any kind may write it down; none of these binds a party. */
export const keeping: PolicyRow = { roles: ['registrar', 'negotiator', 'secretariat'] };
/** Who opens a dialogue as a party binds it: opening joins. */
export const opening: PolicyRow = { roles: ['negotiator', 'secretariat'] };
/** A party's word that binds nobody: its registrar may record it directly, others with a source. */
export const statement: PolicyRow = {
  direct: ['registrar', 'negotiator'],
  attributed: ['registrar', 'negotiator', 'secretariat'],
};
/** What binds a party, or helps to move a stage: directly its negotiator only. */
export const binding: PolicyRow = {
  direct: ['negotiator'],
  attributed: ['registrar', 'negotiator', 'secretariat'],
};
/** What only the party itself can say. */
export const ownWord: PolicyRow = { direct: ['negotiator'], attributed: [] };
export const erasing: PolicyRow = { roles: ['negotiator', 'secretariat'] };
/** All but the operator read what has audience `both`. */
export const reading: PolicyRow = { roles: ['registrar', 'negotiator', 'secretariat', 'reader', 'auditor'] };
export const operating: PolicyRow = { roles: ['operator'] };
/** A party sees which keys speak for it. */
export const keyReading: PolicyRow = { roles: ['operator', 'negotiator'] };
/** Needs no key: it shows nothing of the record, or asks for the key itself. */
export const open: PolicyRow = { open: true };
