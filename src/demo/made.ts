export type Document = Record<string, unknown>;

/** The acts that make something with an id of its own inside what they act on: the list it joins, and its id there. */
const inner: { readonly [act: string]: readonly [list: string, id?: string] } = {
  'publish-account': ['accounts', 'accountId'],
  'record-account-point': ['points', 'pointId'],
  'name-delegate': ['delegates', 'personId'],
  'note-divergence': ['divergences', 'divergenceId'],
  claim: ['claims', 'claimId'],
  'assert-linkage': ['linkages', 'linkageId'],
  'propose-resolution': ['resolutions', 'resolutionId'],
  'allege-breach': ['allegations', 'breachId'],
  'present-note': ['notes', 'noteId'],
  'request-access': ['accesses', 'accessId'],
  'record-inspection': ['inspections', 'inspectionId'],
  'assess-damage': ['damages', 'damageId'],
  // A version has no id of its own: it is named by its number and its hash.
  proposals: ['versions'],
  revise: ['versions'],
  'table-version': ['versions'],
};

/** The answer is the state right after the act, so what the act made comes last in its list. */
export function madeBy(act: string, document: Document): { readonly made?: Document; readonly id?: string } {
  const [list = '', field = ''] = inner[act] ?? [];
  const made = (document[list] as readonly Document[] | undefined)?.at(-1);
  const id = made?.[field];
  return { ...(made === undefined ? {} : { made }), ...(typeof id === 'string' ? { id } : {}) };
}
