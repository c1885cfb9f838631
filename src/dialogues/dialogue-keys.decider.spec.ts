import { describe, expect, it } from '@jest/globals';
import { fact, RU, specification, US } from '#libs/decider/testing';
import type { Act } from '#libs/decider';
import { dialogueCommands } from './dialogue.commands.js';
import { dialogueDecider } from './dialogue.decider.js';

const { given, ask } = specification(dialogueDecider, 'dialogue-1', dialogueCommands);
const opened = fact('DialogueOpened', RU, { parties: ['RU', 'US'], keyPrefix: 'RUUS' });
const key = (thumbprint: string, purpose = 'act') => ({
  purpose,
  thumbprint,
  jwk: { crv: 'Ed25519', kty: 'OKP', x: 'x' },
  possession: 'signed',
  ...(purpose === 'witness' ? { name: 'a.witness' } : {}),
});
const registered = (act: Act, ...data: Parameters<typeof key>) =>
  fact('PartyKeyRegistered', act, key(...data));
const required = (act: Act) => fact('SignedActsRequired', act);
const known = { isPossessed: true, citesNote: true };
const register = (act: Act, thumbprint: string, facts: object = {}, purpose = 'act') =>
  ask('RegisterPartyKey', act, key(thumbprint, purpose), { facts: { ...known, thumbprint, ...facts } });

describe('The keys of a party', () => {
  it('begin with one that a note of the party gives; each later one rests on a signature instead', () => {
    given([opened], register(RU, 'k1')).records('PartyKeyRegistered');
    given([opened], register(RU, 'k1', { citesNote: false })).refuses('NOTE_OF_KEY_REQUIRED');
    given([opened, registered(RU, 'k1')], register(RU, 'k2', { citesNote: false })).records(
      'PartyKeyRegistered',
    );
    // The key of the one side signs nothing for the other.
    given([opened, registered(US, 'k1')], register(RU, 'k2', { citesNote: false })).refuses(
      'NOTE_OF_KEY_REQUIRED',
    );
  });

  it('begin anew with a note where none is left that could sign', () => {
    const revoked = [opened, registered(RU, 'k1'), fact('PartyKeyRevoked', RU, { thumbprint: 'k1' })];
    given(revoked, register(RU, 'k2', { citesNote: false })).refuses('NOTE_OF_KEY_REQUIRED');
    given(revoked, register(RU, 'k2')).records('PartyKeyRegistered');
  });

  it('are registered once, by whoever has them, for one party and one purpose, and never after they were revoked', () => {
    given([opened], register(RU, 'k1', { isPossessed: false })).refuses('KEY_NOT_POSSESSED');
    given([opened, registered(RU, 'k1')], register(RU, 'k1')).changesNothing();
    given([opened, registered(US, 'k1')], register(RU, 'k1')).refuses('KEY_REGISTERED_BEFORE');
    given([opened, registered(RU, 'k1')], register(RU, 'k1', {}, 'witness')).refuses('KEY_REGISTERED_BEFORE');
    const revoked = [opened, registered(RU, 'k1'), fact('PartyKeyRevoked', RU, { thumbprint: 'k1' })];
    given(revoked, register(RU, 'k1')).refuses('KEY_REGISTERED_BEFORE');
  });

  it('of a witness are named by a party that signs, and sign no acts themselves', () => {
    given([opened], register(RU, 'w', {}, 'witness')).refuses('NO_ACT_KEY');
    const named = [opened, registered(RU, 'k1'), registered(RU, 'w', 'witness')];
    expect(given(named).state?.keys.map((one) => one.name)).toEqual([undefined, 'a.witness']);
    given([opened, registered(RU, 'w', 'witness')], ask('RequireSignedActs', RU)).refuses('NO_ACT_KEY');
  });

  it('are revoked by their own party, the last one that can sign only once nothing has to be signed', () => {
    const signing = [opened, registered(RU, 'k1'), required(RU)];
    const revoke = (act: Act, thumbprint: string) => ask('RevokePartyKey', act, { thumbprint });
    given(signing, revoke(US, 'k1')).refuses('NOT_A_KEY_OF_YOURS');
    given(signing, revoke(RU, 'k2')).refuses('NOT_A_KEY_OF_YOURS');
    given(signing, revoke(RU, 'k1')).refuses('LAST_KEY');
    given([...signing, registered(RU, 'k2')], revoke(RU, 'k1')).records({
      type: 'PartyKeyRevoked',
      ends: [1],
    });
    given([...signing, fact('SignedActsLifted', RU)], revoke(RU, 'k1')).records('PartyKeyRevoked');
  });

  it('are asked for by each party for itself', () => {
    const both = [opened, registered(RU, 'k1'), registered(US, 'k2'), required(RU)];
    expect(given(both).state?.signing).toEqual(['RU']);
    given(both, ask('RequireSignedActs', RU)).changesNothing();
    given(both, ask('RequireSignedActs', US)).records('SignedActsRequired');
    given(both, ask('LiftSignedActs', US)).changesNothing();
    given(both, ask('LiftSignedActs', RU)).records({ type: 'SignedActsLifted', ends: [3] });
    expect(given([...both, fact('SignedActsLifted', RU)]).state?.signing).toEqual([]);
  });
});
