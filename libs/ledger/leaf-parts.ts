import type { Json } from './canonical.js';
import { LedgerFault } from './faults.js';

/** Who acted, in which capacity, and who recorded it. */
export interface LeafAct {
  readonly capacity: string;
  readonly party?: string;
  readonly recordedBy: string;
  readonly recorderParty?: string;
}

/** When it came about. */
export interface LeafDate {
  readonly edtf: string;
  readonly zone?: string;
}

const hash = /^[0-9a-f]{64}$/;
const actMembers: ReadonlySet<string> = new Set(['capacity', 'party', 'recordedBy', 'recorderParty']);
const dateMembers: ReadonlySet<string> = new Set(['edtf', 'zone']);

function wrong(what: string): LedgerFault {
  return new LedgerFault('act-wrong', `The envelope of the event ${what}.`);
}

/** The members of a part of the envelope, which has no others. */
function membersOf(part: Json | undefined, name: string, known: ReadonlySet<string>): Members {
  if (typeof part !== 'object' || part === null || Array.isArray(part)) throw wrong(`has no “${name}”`);
  for (const member of Object.keys(part))
    if (!known.has(member))
      throw wrong(`has a member “${member.slice(0, 40)}” in its “${name}”, which no leaf has`);
  return part as Members;
}

type Members = { readonly [name: string]: Json | undefined };

function textIn(part: Members, name: string, member: string): string {
  const value = part[member];
  if (typeof value === 'string') return value;
  throw wrong(`has no text for “${member}” in its “${name}”`);
}

/** Who acted. An envelope says null for nobody, and has the member; in a leaf it is absent. */
export function actIn(act: Json | undefined): LeafAct {
  const members = membersOf(act, 'act', actMembers);
  const capacity = textIn(members, 'act', 'capacity');
  const recordedBy = textIn(members, 'act', 'recordedBy');
  const party = members['party'] === null ? undefined : textIn(members, 'act', 'party');
  const recorderParty =
    members['recorderParty'] === null ? undefined : textIn(members, 'act', 'recorderParty');
  return {
    capacity,
    ...(party === undefined ? {} : { party }),
    recordedBy,
    ...(recorderParty === undefined ? {} : { recorderParty }),
  };
}

/** When it came about; absent where the envelope says nothing of it. */
export function dateIn(occurred: Json | undefined): LeafDate | undefined {
  if (occurred === undefined) return undefined;
  const members = membersOf(occurred, 'occurred', dateMembers);
  const edtf = textIn(members, 'occurred', 'edtf');
  return members['zone'] === undefined ? { edtf } : { edtf, zone: textIn(members, 'occurred', 'zone') };
}

/** The hash of the words; absent where the event never had any. */
export function contentIn(contentHash: Json | undefined): string | undefined {
  if (contentHash === undefined || (typeof contentHash === 'string' && hash.test(contentHash)))
    return contentHash;
  throw wrong('has a “contentHash” that is no hash');
}

export function schemaIn(schemaVersion: Json | undefined): number {
  if (typeof schemaVersion === 'number' && Number.isSafeInteger(schemaVersion) && schemaVersion >= 0)
    return schemaVersion;
  throw wrong('has no “schemaVersion” that is a number');
}
