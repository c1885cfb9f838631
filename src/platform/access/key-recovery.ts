import type { Act } from '#libs/decider';
import { OutcomeUnknown } from '#libs/event-store';
import type { Projections } from '#libs/projections';
import type { NewCredential } from './credential.js';
import type { Credentials } from './credentials.js';
import type { EventRegistry } from '../record/event-registry.js';
import { sightOf } from './sight.js';

interface Parts {
  readonly credentials: Pick<Credentials, 'issue'>;
  readonly projections: Pick<Projections, 'view'>;
  readonly registry: EventRegistry;
  readonly recorder: {
    inDialogue(id: string, command: { readonly type: string; readonly act: Act }): Promise<unknown>;
  };
}

/** Whoever may write the folder is trusted with it, and is seen to have used that. */
const atTheFolder: Act = { party: null, capacity: 'direct', recordedBy: 'operator', recorderParty: null };

/**
 * A key at once for a party whose negotiators can't approve it. Each dialogue of the party says so before the key is
 * shown to anybody.
 */
export async function recoverKey(record: Parts, wanted: NewCredential, reason: string) {
  const { party } = wanted;
  const made = await record.credentials.issue(wanted, { as: 'folder' });
  if (party === null) return made;
  const principal = { id: 'operator', name: 'operator', party, roles: [] };
  try {
    for (const dialogueId of sightOf(record, principal)) {
      const command = { type: 'RecoverKey', act: atTheFolder, party, keyId: made.credential.id, reason };
      await record.recorder.inDialogue(dialogueId, command);
    }
  } catch (cause) {
    const { id } = made.credential;
    throw new OutcomeUnknown(
      `The key ${id} is made, shown to nobody, and not every dialogue of ${party} may say so: revoke it with "entente keys revoke ${id}" and recover another one.`,
      { cause },
    );
  }
  return made;
}
