import { LedgerFault, nodeCrypto, possessionText, publicKeyOf, thumbprint } from '#libs/ledger';
import { entries } from '#libs/decider';
import { firstKeyOf } from '../platform/access/first-key.js';
import type { ReadFor, ReadingTools, ReadsOf } from '../platform/record/slice.js';
import type { SourceFacts } from '../sources/source.events.js';
import type { DialogueCommand, DialogueKnown } from './dialogue.decider.js';
import type { Dialogue } from './dialogue.facts.js';

const sources = entries<SourceFacts>('sources');

/** Keys stand beside the record: how the first one of a party's negotiators came about. */
async function firstKey(
  { store }: ReadingTools,
  { principal }: Pick<ReadFor<unknown, Dialogue>, 'principal'>,
): Promise<DialogueKnown> {
  const found = principal.party === null ? undefined : await firstKeyOf(store, principal);
  return found === undefined ? {} : { firstKey: found };
}

interface SentKey {
  readonly jwk: { readonly crv: string; readonly kty: string; readonly x: string };
  readonly possession: string;
}

/** Of a key as it is sent: its thumbprint, and whether it has signed its own registration for this log. */
function possessed(origin: string, { jwk, possession }: SentKey): DialogueKnown {
  try {
    const publicKey = publicKeyOf(jwk);
    const signature = Buffer.from(possession, 'base64');
    const isPossessed = nodeCrypto.verify('ed25519', publicKey, possessionText(origin, publicKey), signature);
    return { thumbprint: thumbprint(nodeCrypto, publicKey), isPossessed };
  } catch (error) {
    if (!(error instanceof LedgerFault)) throw error;
    return { isPossessed: false };
  }
}

/** A note of the party, registered by it or a secretariat, that it has not said to be none of its own. */
async function citesNote(
  { find }: ReadingTools,
  { act: { party }, sources: cited }: Pick<ReadFor<unknown, Dialogue>, 'act' | 'sources'>,
): Promise<boolean> {
  if (party === null) return false;
  const found = await Promise.all(cited.map(({ sourceId }) => find(sources, sourceId)));
  return found.some(
    (one) =>
      one !== undefined &&
      one.facts.kind === 'note' &&
      one.facts.issuers.includes(party) &&
      [null, party].includes(one.facts.registrar) &&
      !one.facts.barredBy.includes(party),
  );
}

export const dialogueReads: ReadsOf<DialogueCommand, Dialogue> = {
  OpenDialogue: firstKey,
  JoinDialogue: firstKey,
  RegisterPartyKey: async (tools, about) => ({
    ...possessed(tools.logs.originOf(about.id), about.data),
    citesNote: await citesNote(tools, about),
  }),
};
