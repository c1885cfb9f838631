import { choice, hash, id, line, list, optional, party, shape } from '#libs/decider';
import { roles } from '../record/principal.js';
import { isObject } from '../shapes/sent.js';
import { shapeCheck } from '../record/stored-shape.js';

/** Who made a key: an operator, by its principal; whoever may write the folder; or what loads the demonstration. */
const makers = ['operator', 'folder', 'demonstration'] as const;
export type Maker = { readonly as: (typeof makers)[number]; readonly principalId?: string };

const issuedShape = shapeCheck(
  {
    principalId: line(),
    name: line(),
    party: optional(party),
    roles: list(choice(...roles)),
    dialogues: optional(list(id)),
    secretHash: hash,
    issuedAt: line(),
    madeBy: shape({ as: choice(...makers), principalId: optional(line()) }),
    expiresAt: line(),
    awaitsUntil: optional(line()),
  },
  { mayLack: false },
);

/** What is wrong with a stored key, or nothing; a party may be null. */
export function issuedFault(data: unknown): string | undefined {
  if (!isObject(data)) return 'is no object';
  const { party: of, ...others } = data;
  const isUsable =
    /^[0-9a-f]{64}$/.test(String(data['secretHash'])) &&
    Number.isFinite(Date.parse(String(data['expiresAt'])));
  return isUsable ? issuedShape(of === null ? others : data) : 'opens nothing';
}
