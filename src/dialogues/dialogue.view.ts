import { markedView, saidView, toldView } from '#libs/decider';
import type { WordsOf } from '#libs/decider';
import { awaitedOnClaims, claimsView } from '../kernel/claims.view.js';
import type { Dialogue } from './dialogue.facts.js';
import type { DialogueFacts } from './dialogue.events.js';

/** Absent where no party has registered one, as in records from before there were any. */
function keysView({ keys, requirements }: Dialogue, wordsOf: WordsOf) {
  const registered = keys.map(({ said, x, ...key }) => ({
    ...saidView(said),
    ...key,
    jwk: { crv: 'Ed25519', kty: 'OKP', x },
  }));
  return {
    ...(keys.length === 0 ? {} : { keys: registered }),
    ...(requirements.length === 0 ? {} : { signing: requirements.map((one) => toldView(one, wordsOf)) }),
  };
}

/** By both sides, by one alone, or by a secretariat: whose hand the record is in. */
export function keepingOf({ joined, hasSecretariat }: DialogueFacts) {
  if (joined.length === 2) return { by: 'both' as const };
  const [party] = joined;
  return hasSecretariat || party === undefined
    ? { by: 'secretariat' as const }
    : { by: 'one' as const, party };
}

export function dialogueView(dialogue: Dialogue, wordsOf: WordsOf) {
  const opening = wordsOf(dialogue.opened.eventId);
  return {
    parties: dialogue.parties,
    keyPrefix: dialogue.keyPrefix,
    series: opening['series'] ?? null,
    synthetic: dialogue.synthetic,
    kept: keepingOf(dialogue),
    joined: dialogue.joinings.map(({ said, ...how }) => ({ ...saidView(said), ...how })),
    names: dialogue.names.map((one) => toldView(one, wordsOf)),
    ...keysView(dialogue, wordsOf),
    // No act of the party that the key is for: whose act it is stays nobody's.
    recoveries: dialogue.recoveries.map(({ said, party: forParty, keyId }) => ({
      ...toldView(said, wordsOf),
      forParty,
      keyId,
    })),
    name: opening['name'] ?? null,
    aim: opening['aim'] ?? null,
    ...claimsView(dialogue, wordsOf),
    awaiting: awaitedOnClaims(dialogue, dialogue.parties),
    suspensions: dialogue.suspensions.map((one) => toldView(one, wordsOf)),
    aliases: dialogue.aliases.map(({ said, party }) => ({
      party,
      alias: wordsOf(said.eventId)['alias'] ?? null,
      recorded: saidView(said),
    })),
    thirdParties: dialogue.thirdParties.map(({ said, ...role }) => ({ ...toldView(said, wordsOf), ...role })),
    commentary: dialogue.commentary.map(({ said, ...about }) => ({ ...toldView(said, wordsOf), ...about })),
    irritantsUrl: `/v1/irritants?dialogue=${dialogue.dialogueId}`,
    opened: markedView(dialogue.opened, wordsOf),
  };
}
