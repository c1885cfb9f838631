import { describe, expect, it } from '@jest/globals';
import type { Act } from '#libs/decider';
import { endorsedAt, fact, forUs, idAt, RU, specification, US } from '#libs/decider/testing';
import type { GivenFact } from '#libs/decider/testing';
import { awaitedOnClaims } from '../kernel/claims.view.js';
import { dialogueCommands } from './dialogue.commands.js';
import { dialogueDecider } from './dialogue.decider.js';

const { given, ask } = specification(dialogueDecider, 'dialogue-1', dialogueCommands);
const hash = 'a'.repeat(64);
const opened = fact('DialogueOpened', RU, { parties: ['RU', 'US'], keyPrefix: 'RUUS' });
const claimed = (act = RU, claimId = 'c') =>
  fact('DialogueUnderstandingClaimed', act, { claimId, kind: 'agreement', textHash: hash });
const confirmed = (mode = 'same-text', act: Act = US) =>
  fact('DialogueUnderstandingConfirmed', act, { claimId: 'c', mode });
const denied = (act: Act = US) => fact('DialogueUnderstandingDenied', act, { claimId: 'c' });
const withdrawn = (act = RU) => fact('DialogueUnderstandingClaimWithdrawn', act, { claimId: 'c' });

const claim = (data: object = {}) =>
  ask('ClaimDialogueUnderstanding', RU, { claimId: 'd', kind: 'agreement', textHash: hash, ...data });
const confirm = (act: Act = US, data: object = {}, content: object = {}) =>
  ask('ConfirmDialogueUnderstanding', act, { claimId: 'c', mode: 'same-text', ...data }, { content });
const deny = (act: Act = US) => ask('DenyDialogueUnderstanding', act, { claimId: 'c' });
const takeBack = (act = RU) => ask('WithdrawDialogueUnderstandingClaim', act, { claimId: 'c' });

const after = (...facts: readonly GivenFact[]) => {
  const dialogue = given([opened, ...facts]).existing;
  const owed = awaitedOnClaims(dialogue, dialogue.parties).map(({ from, inPart = false }) => [from, inPart]);
  return { state: dialogue.claims[0]?.state, owed };
};

describe('What one side claims of the dialogue as a whole', () => {
  it('is its word alone until the other side speaks to it, and silence is not denial', () => {
    given([opened], claim()).records('DialogueUnderstandingClaimed');
    expect(after(claimed())).toEqual({ state: 'unanswered', owed: [['US', false]] });
  });

  it('is an understanding once the other side confirms the same text, and nothing else follows from that', () => {
    given([opened, claimed()], confirm()).records({
      type: 'DialogueUnderstandingConfirmed',
      data: { claimId: 'c', mode: 'same-text', textHash: hash },
      ends: [1],
    });
    expect(after(claimed(), confirmed())).toEqual({ state: 'confirmed', owed: [] });
  });

  it('can be confirmed in part, and then the rest still awaits an answer, or the claimant gives it up', () => {
    expect(after(claimed(), confirmed('partial'))).toEqual({
      state: 'partly-confirmed',
      owed: [['US', true]],
    });
    expect(after(claimed(), confirmed('partial'), denied())).toEqual({ state: 'partly-confirmed', owed: [] });
    expect(after(claimed(), confirmed('partial'), withdrawn())).toEqual({
      state: 'partly-confirmed',
      owed: [],
    });
  });

  it('can be denied, and still be confirmed by a side that changes its mind', () => {
    expect(after(claimed(), denied())).toEqual({ state: 'denied', owed: [] });
    given([opened, claimed(), denied()], confirm()).records('DialogueUnderstandingConfirmed');
  });

  it('is answered by the other side alone, and withdrawn by its own side alone', () => {
    given([opened, claimed()], confirm(RU)).refuses('OWN_CLAIM');
    given([opened, claimed()], deny(RU)).refuses('OWN_CLAIM');
    given([opened, claimed()], takeBack(US)).refuses('NOT_OWN_CLAIM');
    given([opened, claimed()], takeBack()).records({
      type: 'DialogueUnderstandingClaimWithdrawn',
      ends: [1],
    });
    expect(after(claimed(), withdrawn())).toEqual({ state: 'withdrawn', owed: [] });
  });

  it('is answered no more once it is withdrawn, and taken back by neither side once both hold it', () => {
    given([opened, claimed(), withdrawn()], confirm()).refuses('CLAIM_WITHDRAWN');
    given([opened, claimed(), confirmed()], deny()).refuses('CLAIM_ALREADY_CONFIRMED');
    given([opened, claimed(), confirmed()], takeBack()).refuses('CLAIM_ALREADY_CONFIRMED');
    given([opened, claimed(), confirmed()], confirm()).changesNothing();
  });

  it('that is not there can’t be answered, and only the side that claimed it claims it anew', () => {
    given([opened], confirm()).refuses('CLAIM_UNKNOWN');
    given([opened, claimed(US)], claim({ restates: 'c' })).refuses('RESTATED_UNKNOWN');
    given([opened, claimed()], claim({ restates: 'c' })).records({
      type: 'DialogueUnderstandingClaimed',
      ends: [1],
    });
  });

  it('is confirmed in the same text by its hash, and otherwise in words', () => {
    given([opened, claimed()], confirm(US, { textHash: 'b'.repeat(64) })).refuses('TEXT_MISMATCH');
    given([opened, claimed()], confirm(US, { mode: 'own-words' })).refuses('TEXT_REQUIRED');
  });

  it('is claimed while the dialogue is suspended as well: a suspension refuses nothing, and is shown', () => {
    given([opened, fact('DialogueSuspended', US)], claim()).records('DialogueUnderstandingClaimed');
  });
});

describe('What somebody else records in the name of a side', () => {
  it('answers nothing that the side has answered itself', () => {
    given([opened, claimed(), confirmed('partial', endorsedAt(3, 'US'))], deny(forUs)).refuses(
      'OWN_WORD_STANDS',
    );
  });

  it('gives way to the word of the side itself, and drops out where that says the contrary', () => {
    given([opened, claimed(), confirmed('same-text', forUs)], deny()).records(
      { type: 'DialogueUnderstandingDenied', ends: [1, 2] },
      { type: 'AttributionContradicted', data: { target: idAt(2) } },
    );
    expect(after(claimed(), confirmed('same-text', forUs), denied())).toMatchObject({ state: 'denied' });
  });

  it('is no claim that it has to stand by: the side withdraws it, also where the other has confirmed it', () => {
    given([opened, claimed(forUs), confirmed('same-text', RU)], takeBack(US)).records(
      { type: 'DialogueUnderstandingClaimWithdrawn' },
      { type: 'AttributionContradicted', data: { target: idAt(1) } },
    );
  });
});
