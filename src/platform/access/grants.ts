import { Problem } from '#libs/problem-details';
import type { CredentialView } from './credential.js';
import type { Credentials } from './credentials.js';
import { platformProblems } from '../problems/platform.problems.js';
import { notFound } from '../record/refusals.js';
import type { Streams } from '../record/streams.js';

/** How many dialogues may be granted to one key. */
export const grantedMax = 1_000;

/** Which dialogues a principal without a party sees, by its keys that have not been revoked. */
export interface Grants {
  readonly principalId: string;
  readonly name: string;
  readonly roles: CredentialView['roles'];
  readonly sees: 'all' | 'granted';
  /** Those that were granted to any of its keys. */
  readonly dialogues: readonly string[];
  readonly keyIds: readonly string[];
}

/** The principals behind these keys whose sight is a matter of grants; an operator reads nothing, a party what is its own. */
export function grantsIn(keys: readonly CredentialView[]): readonly Grants[] {
  const granted = keys.filter(
    ({ party, roles, revokedAt }) => party === null && revokedAt === null && !roles.includes('operator'),
  );
  return [...Map.groupBy(granted, ({ principalId }) => principalId)].flatMap(([principalId, own]) => {
    const last = own.at(-1);
    if (last === undefined) return [];
    const sees = own.some(({ dialogues }) => dialogues === undefined) ? 'all' : 'granted';
    return {
      principalId,
      name: last.name,
      roles: last.roles,
      sees,
      dialogues: [...new Set(own.flatMap(({ dialogues = [] }) => dialogues))],
      keyIds: own.map(({ id }) => id),
    };
  });
}

/**
 * Which dialogues those see who act for no party: granted and withdrawn on all keys of a principal. A change is an event of
 * each key's stream, and holds within a second. What fell between two keys is finished by asking again.
 */
export class DialogueGrants {
  constructor(private readonly credentials: Credentials) {}

  async grant(principalId: string, dialogueId: string, streams: Streams): Promise<Grants> {
    const before = await this.#of(principalId);
    if ((await streams.dialogue(dialogueId)) === undefined)
      throw notFound(streams.registry.part('dialogue'), dialogueId);
    if (before.sees === 'all') return before;
    if (before.dialogues.length >= grantedMax && !before.dialogues.includes(dialogueId))
      throw new Problem(platformProblems.TOO_MANY_GRANTS, {
        detail: `${grantedMax} dialogues are granted to the principal ${principalId}.`,
      });
    return this.#change(before, (keyId) => this.credentials.grant(keyId, dialogueId));
  }

  /** A grant that there is none of is withdrawn already. */
  async withdraw(principalId: string, dialogueId: string): Promise<Grants> {
    const before = await this.#of(principalId);
    if (before.sees === 'all')
      throw new Problem(platformProblems.SEES_ALL_DIALOGUES, {
        detail: `The principal ${principalId} has a key that sees all dialogues: ${before.keyIds.join(', ')}.`,
      });
    return this.#change(before, (keyId) => this.credentials.withdraw(keyId, dialogueId));
  }

  async #change({ principalId, keyIds }: Grants, change: (keyId: string) => Promise<unknown>) {
    for (const keyId of keyIds) await change(keyId);
    return this.#of(principalId);
  }

  async #of(principalId: string): Promise<Grants> {
    const own = (await this.credentials.list()).filter((one) => one.principalId === principalId);
    const [found] = grantsIn(own);
    if (found !== undefined) return found;
    const [of] = own;
    if (of === undefined || own.every(({ revokedAt }) => revokedAt !== null))
      throw new Problem(platformProblems.NOT_FOUND, {
        detail: `There is no key of a principal ${principalId}.`,
      });
    throw new Problem(platformProblems.NOT_BY_GRANTS, {
      detail:
        of.party === null
          ? 'An operator reads no content, whatever is granted.'
          : `It acts for ${of.party}, and sees the dialogues of ${of.party}.`,
    });
  }
}
