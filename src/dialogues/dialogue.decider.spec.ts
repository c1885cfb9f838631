import { describe, expect, it } from '@jest/globals';
import type { Act } from '#libs/decider';
import { directly, endorsedAt, fact, forRu, forUs, idAt, RU, specification, US } from '#libs/decider/testing';
import type { GivenFact } from '#libs/decider/testing';
import { dialogueCommands } from './dialogue.commands.js';
import { dialogueDecider } from './dialogue.decider.js';

const { given, ask } = specification(dialogueDecider, 'dialogue-1', dialogueCommands);
const opened = fact('DialogueOpened', RU, { parties: ['RU', 'US'], keyPrefix: 'RUUS' });

describe('A dialogue', () => {
  it('takes no word of anybody who is no party, wherever it was written into the store', () => {
    const said = [opened, fact('DialogueUnderstandingClaimed', RU, { claimId: 'c', kind: 'agreement' })];
    const FR = directly('FR');
    const confirmed = fact('DialogueUnderstandingConfirmed', FR, { claimId: 'c', mode: 'own-words' });
    expect(given([...said, fact('PartyJoined', FR), confirmed]).state).toEqual(given(said).state);
  });
  it('is suspended and resumed by each side for itself', () => {
    const suspended = fact('DialogueSuspended', RU);
    expect(given([opened, suspended]).state?.suspensions).toMatchObject([{ party: 'RU' }]);
    given([opened, suspended], ask('SuspendDialogue', RU)).changesNothing();
    given([opened, suspended], ask('ResumeDialogue', US)).changesNothing();
    given([opened, suspended], ask('ResumeDialogue', RU)).records('DialogueResumed');
    expect(given([opened, suspended, fact('DialogueResumed', RU)]).state?.suspensions).toEqual([]);
  });
  it('is resumed by an act that rests on the suspension and ends it, and not against the own word of the side', () => {
    const suspended = (act: Act) => fact('DialogueSuspended', act);
    const resume = (act: Act) => ask('ResumeDialogue', act);
    given([opened, suspended(forUs)], resume(forUs)).records({
      type: 'DialogueResumed',
      restsOn: [1],
      ends: [1],
    });
    given([opened, suspended(endorsedAt(2, 'US'))], resume(forUs)).refuses('OWN_WORD_STANDS');
  });
  it('is suspended by a side itself, where that was only said of it before', () => {
    const suspend = ask('SuspendDialogue', RU);
    const said = fact('DialogueSuspended', forRu);
    given([opened, said], suspend).records({ type: 'DialogueSuspended', ends: [1] });
    const own = given([opened, said, fact('DialogueSuspended', RU)]).state;
    expect(own?.suspensions).toMatchObject([{ party: 'RU', capacity: 'direct' }]);
  });
  it('names a party by its last word, whichever of its words it endorses later', () => {
    const named = (act: Act) => fact('PartyNamed', act);
    const nameOf = (...facts: readonly GivenFact[]) =>
      given([opened, ...facts]).state?.names.map((one) => one.eventId);
    expect(nameOf(named(endorsedAt(3, 'US')), named(forUs))).toEqual([idAt(2)]);
    expect(nameOf(named(endorsedAt(3, 'US')), named(US))).toEqual([idAt(2)]);
    const endorsing = fact('AttributionEndorsed', US, { target: idAt(1) });
    expect(nameOf(named(endorsedAt(2, 'US')), endorsing, named(forUs))).toEqual([idAt(1)]);
  });
  it('has third parties that are not its parties', () => {
    const role = (thirdParty: string) => ask('AssertThirdPartyRole', RU, { thirdParty, role: 'host' });
    given([opened], role('TR')).records('ThirdPartyRoleAsserted');
    given([opened], role('US')).refuses('NOT_A_THIRD_PARTY');
  });
});
