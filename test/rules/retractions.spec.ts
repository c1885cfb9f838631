import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Principal } from '../../src/platform/record/principal.js';
import { Desk } from '../support/desk.js';
import { Matter, otherSecretariat, reason, ruRegistrar, RU, secretariat, US, words } from './matter.js';

let desk: Desk;
let matter: Matter;

beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());
beforeEach(async () => {
  matter = await Matter.open(desk, { joined: [RU, US] });
});

const retract = (who: Principal, target: string) => matter.act(who, 'RetractEvent', { target, reason });
const refused = (code: string, detail = /\.$/) => ({
  kind: { code },
  detail: expect.stringMatching(detail),
});

describe('A word is taken back', () => {
  it('where nobody relies on it, and then it counts no more and stays in the history', async () => {
    await matter.act(RU, 'StatePosition', { stance: 'seeks-action', text: words });
    await retract(RU, await matter.lastId());
    expect(await matter.present()).toMatchObject({ positions: {}, stage: 'raised', overlays: [] });
    expect(await matter.types()).toEqual(['IrritantRaised', 'PositionStated', 'EventRetracted']);
  });

  it('and what stood before it stands again, as if it had never been said', async () => {
    await matter.act(RU, 'StatePosition', { stance: 'seeks-action', text: { en: 'First.' } });
    await matter.act(RU, 'StatePosition', { stance: 'acknowledges', text: { en: 'Second.' } });
    await retract(RU, await matter.lastId());
    expect(await matter.present()).toMatchObject({ positions: { RU: { text: { en: 'First.' } } } });
  });

  it('with the acts of the same party that rest on it', async () => {
    const claimId = await matter.claim(RU);
    const claimed = await matter.lastId();
    await matter.act(RU, 'WithdrawUnderstandingClaim', {}, { claimId });
    await retract(RU, claimed);
    expect(await matter.present()).toMatchObject({ claims: [] });
  });

  it('with what only points to its entry', async () => {
    const exchange = await matter.begin(RU, 'exchanges.OpenExchange');
    await desk.do(RU, 'exchanges.AssertCoverage', exchange, { irritantId: matter.irritantId });
    expect(await matter.present()).toMatchObject({ instruments: [{ kind: 'exchange', id: exchange }] });
    const target = await matter.lastId(`exchange-${exchange}`);
    await desk.do(RU, 'exchanges.RetractEvent', exchange, { target, reason });
    expect(await matter.present()).toMatchObject({ instruments: [] });
  });

  it('many times over: a stream with sixty of them is read as any other', async () => {
    for (let round = 0; round < 60; round += 1) {
      await matter.act(RU, 'StatePosition', { stance: 'seeks-action', text: { en: `Position ${round}.` } });
      await retract(RU, await matter.lastId());
    }
    expect(await matter.present()).toMatchObject({ positions: {}, revision: 120 });
  });
});

describe('A word is not taken back', () => {
  it('once the other side has answered it: the refusal names the answer', async () => {
    const claimId = await matter.claim(RU);
    const claimed = await matter.lastId();
    await matter.act(US, 'DenyUnderstanding', {}, { claimId });
    const denied = await matter.lastId();
    await expect(retract(RU, claimed)).rejects.toMatchObject(
      refused('RELIED_UPON', new RegExp(`UnderstandingDenied ${denied} of US`)),
    );
    expect(await matter.present()).toMatchObject({ claims: [{ state: 'denied' }] });
  });

  it('where it answers a word of the other side, be it the raising of the matter', async () => {
    await matter.act(US, 'ContestIrritant');
    await expect(retract(US, await matter.lastId())).rejects.toMatchObject(
      refused('RELIED_UPON', /answered, ended or replaced IrritantRaised .* of RU/),
    );
    const claimId = await matter.claim(RU);
    await matter.act(US, 'DenyUnderstanding', {}, { claimId });
    await expect(retract(US, await matter.lastId())).rejects.toMatchObject(
      refused('RELIED_UPON', /answered, ended or replaced UnderstandingClaimed .* of RU/),
    );
  });

  it('once a stage follows from it', async () => {
    const claimId = await matter.claim(RU);
    await matter.act(US, 'ConfirmUnderstanding', { mode: 'same-text' }, { claimId });
    const confirmed = await matter.idOf('UnderstandingConfirmed');
    await expect(retract(US, confirmed)).rejects.toMatchObject(refused('RELIED_UPON'));
    expect(await matter.present()).toMatchObject({ stage: 'roadmap-in-principle' });
  });

  it('once a stage in another entry follows from it', async () => {
    const round = await matter.begin(RU, 'rounds.ScheduleRound');
    await desk.do(RU, 'rounds.DiscussAgendaItem', round, { irritantId: matter.irritantId });
    await desk.do(RU, 'rounds.ConfirmRoundHeld', round, {});
    await desk.do(US, 'rounds.ConfirmRoundHeld', round, {});
    expect(await matter.present()).toMatchObject({ stage: 'under-consultation' });
    const target = await matter.lastId(`round-${round}`);
    await expect(desk.do(US, 'rounds.RetractEvent', round, { target, reason })).rejects.toMatchObject(
      refused('RELIED_UPON', /ConsultationBegan/),
    );
  });

  it('once both sides say that the round is cancelled, or postponed to that date', async () => {
    const to = { startsAt: '2025-05-10' };
    for (const [command, type, body, status] of [
      ['CancelRound', 'RoundCancelled', {}, 'cancelled'],
      ['PostponeRound', 'RoundPostponed', {}, 'postponed'],
      ['PostponeRound', 'RoundPostponed', to, 'postponed'],
    ] as const) {
      const round = await matter.begin(US, 'rounds.ScheduleRound', { startsAt: '2025-04-10' });
      await desk.do(RU, `rounds.${command}`, round, body);
      const target = await matter.idOf(type, `round-${round}`);
      await desk.do(US, `rounds.${command}`, round, body);
      await expect(desk.do(RU, 'rounds.RetractEvent', round, { target, reason })).rejects.toMatchObject(
        refused('RELIED_UPON', new RegExp(status)),
      );
      expect(await desk.read('rounds', round)).toMatchObject({ status });
    }
  });

  it('by which both sides name one date to which the round is postponed', async () => {
    const round = await matter.begin(US, 'rounds.ScheduleRound', { startsAt: '2025-04-10' });
    const postpone = (who: Principal, startsAt: string) =>
      desk.do(who, 'rounds.PostponeRound', round, { startsAt });
    await postpone(RU, '2025-05-10');
    await postpone(US, '2025-06-10');
    await postpone(RU, '2025-06-10');
    const target = await matter.lastId(`round-${round}`);
    await expect(desk.do(RU, 'rounds.RetractEvent', round, { target, reason })).rejects.toMatchObject(
      refused('RELIED_UPON', /postponed/),
    );
  });

  it('by anybody but the principal that recorded it, and never where it opens the entry', async () => {
    await matter.act(US, 'SuspendIrritant');
    await expect(retract(RU, await matter.lastId())).rejects.toMatchObject(refused('NOT_THE_RECORDER'));
    const [first] = await matter.events();
    await expect(retract(RU, first?.id ?? '')).rejects.toMatchObject(refused('TARGET_IS_FIRST'));
  });

  it('by the same principal in a lesser role than the act needed', async () => {
    await matter.act(RU, 'SuspendIrritant');
    const suspended = await matter.lastId();
    const lesser: Principal = { ...ruRegistrar, id: RU.id };
    await expect(retract(lesser, suspended)).rejects.toMatchObject(
      refused('ROLE_OF_THE_ACT', /taken back by a negotiator/),
    );
    await matter.act(RU, 'CorrectEvent', { target: suspended, content: { reason: words } });
    await expect(retract(lesser, await matter.lastId())).rejects.toMatchObject(
      refused('ROLE_OF_THE_ACT', /taken back by a negotiator/),
    );
    await retract(RU, suspended);
    expect(await matter.present()).toMatchObject({ suspensions: [] });
  });

  it('where it is a consequence, or itself takes something back: what was retracted is entered anew', async () => {
    const claimId = await matter.claim(RU);
    await matter.act(US, 'ConfirmUnderstanding', { mode: 'same-text' }, { claimId });
    const derived = await matter.idOf('RoadmapAgreedInPrinciple');
    await expect(retract(US, derived)).rejects.toMatchObject(refused('TARGET_NOT_AMENDABLE'));
    await matter.act(US, 'SuspendIrritant');
    await retract(US, await matter.lastId());
    await expect(retract(US, await matter.lastId())).rejects.toMatchObject(refused('TARGET_NOT_AMENDABLE'));
    await matter.act(US, 'SuspendIrritant');
    expect(await matter.present()).toMatchObject({ suspensions: [{ party: 'US' }] });
  });
});

describe('The refusal to take a word back names', () => {
  it('the act that takes it back only while that is accepted', async () => {
    const claimId = await matter.claim(RU);
    const claimed = await matter.lastId();
    await matter.act(US, 'DenyUnderstanding', {}, { claimId });
    await expect(retract(RU, claimed)).rejects.toMatchObject(
      refused(
        'RELIED_UPON',
        /The act that takes it back: withdraw the claim \(POST …\/claims\/\{claimId\}\/withdraw\)\.$/,
      ),
    );
    await matter.act(RU, 'WithdrawUnderstandingClaim', {}, { claimId });
    await expect(retract(RU, claimed)).rejects.toMatchObject(
      refused(
        'RELIED_UPON',
        /It stands: what else takes such an act back \(withdraw the claim\) is not open now/,
      ),
    );
  });

  it('that terms which were rejected stand, and no withdrawal of them, which is refused', async () => {
    const { resolutions } = await matter.act(RU, 'ProposeResolution', { terms: words });
    const proposed = await matter.lastId();
    const [{ resolutionId }] = resolutions as [{ resolutionId: string }];
    await matter.act(US, 'RejectResolution', { resolutionId });
    await expect(matter.act(RU, 'WithdrawResolutionProposal', { resolutionId })).rejects.toMatchObject(
      refused('RESOLUTION_NOT_OPEN', /rejected/),
    );
    await expect(retract(RU, proposed)).rejects.toMatchObject(
      refused(
        'RELIED_UPON',
        /\(withdraw the terms\) is not open now: .*already rejected.* Instead, say what holds now/,
      ),
    );
    expect(await matter.present()).toMatchObject({ resolutions: [{ state: 'rejected' }] });
  });

  it('that a proposal to let it rest stands once it was declined', async () => {
    await matter.act(RU, 'ProposeDormancy');
    const proposed = await matter.lastId();
    await matter.act(US, 'DeclineDormancy');
    await expect(retract(RU, proposed)).rejects.toMatchObject(
      refused('RELIED_UPON', /\(withdraw the proposal\) is not open now/),
    );
  });

  it('a reinstatement of the round only where one is open', async () => {
    const round = await matter.begin(US, 'rounds.ScheduleRound', { startsAt: '2025-04-10' });
    await desk.do(RU, 'rounds.CancelRound', round, {});
    const target = await matter.idOf('RoundCancelled', `round-${round}`);
    await desk.do(US, 'rounds.CancelRound', round, {});
    const asked = () => desk.do(RU, 'rounds.RetractEvent', round, { target, reason });
    await expect(asked()).rejects.toMatchObject(refused('RELIED_UPON', /back: reinstate the round \(POST/));
    await desk.do(RU, 'rounds.ReinstateRound', round, {});
    // It is no word that both hold any more.
    await asked();
    expect(await desk.read('rounds', round)).toMatchObject({ status: 'cancelled-by-one-side' });
  });

  it('no correction of what the other side has taken up, and that correction where it is open', async () => {
    const text = { en: 'First.' };
    await matter.act(RU, 'StatePosition', { stance: 'seeks-action', text });
    const stated = await matter.lastId();
    await matter.act(RU, 'CorrectEvent', { target: stated, content: { text: words } });
    const corrected = await matter.lastId();
    await matter.act(US, 'StatePosition', { stance: 'contests', text });
    await expect(retract(RU, corrected)).rejects.toMatchObject(
      refused('RELIED_UPON', /The act that takes it back: correct it anew \(POST …\/correct\)\.$/),
    );
  });
});

describe('What was recorded in the name of another', () => {
  beforeEach(async () => {
    matter = await Matter.open(desk);
    await matter.act(secretariat, 'StatePosition', {
      stance: 'contests',
      text: words,
      ...matter.inTheNameOf('US'),
    });
  });

  it('is taken back by whoever recorded it, and by no other secretariat', async () => {
    const target = await matter.lastId();
    await expect(matter.act(otherSecretariat, 'RetractEvent', { target, reason })).rejects.toMatchObject(
      refused('NOT_THE_RECORDER'),
    );
    await retract(secretariat, target);
    expect(await matter.present()).toMatchObject({ positions: {} });
  });

  it('is taken back no more once that party has endorsed it: then it is its own word', async () => {
    const target = await matter.lastId();
    await matter.act(US, 'EndorseAttribution', { target });
    await expect(retract(secretariat, target)).rejects.toMatchObject(refused('RELIED_UPON', /endorsed/));
  });
});

describe('What RU recorded in the name of the US while it kept the dialogue alone', () => {
  const positionOfUs = async () => ((await matter.present())['positions'] as { US?: object }).US;
  const record = async (text: object, stance = 'contests') => {
    await matter.act(RU, 'StatePosition', { stance, text, ...matter.inTheNameOf('US') });
    return matter.lastId();
  };
  /** "We admit it.", which RU has put right; the event of the correction. */
  const corrected = async () => {
    const target = await record({ en: 'We admit it.' });
    await matter.act(RU, 'CorrectEvent', { target, content: { text: { en: 'We deny it.' } } });
    return { target, correction: await matter.lastId() };
  };
  beforeEach(async () => {
    matter = await Matter.open(desk, { by: RU });
  });

  it('reads as it was corrected, once the US has endorsed it so, whether or not it has joined', async () => {
    for (const joins of [false, true]) {
      matter = await Matter.open(desk, { by: RU });
      const { target, correction } = await corrected();
      if (joins) await matter.join(US);
      await matter.act(US, 'EndorseAttribution', { target });
      await expect(retract(RU, correction)).rejects.toMatchObject(refused('NOT_THE_RECORDER'));
      expect(await positionOfUs()).toMatchObject({ text: { en: 'We deny it.' }, capacity: 'direct' });
    }
  });

  it('reads as the US found it when it joined: a correction is neither made nor taken back by others', async () => {
    const { target, correction } = await corrected();
    await matter.join(US);
    const content = { text: { en: 'We admit it.' } };
    await expect(matter.act(RU, 'CorrectEvent', { target, content })).rejects.toMatchObject(
      refused('NOT_THE_RECORDER'),
    );
    await expect(retract(RU, correction)).rejects.toMatchObject(refused('NOT_THE_RECORDER'));
    expect(await positionOfUs()).toMatchObject({ text: { en: 'We deny it.' } });
  });

  it('stands once the US has put its own words there', async () => {
    const target = await record({ en: 'As RU has it.' });
    await matter.join(US);
    await matter.act(US, 'CorrectEvent', { target, content: { text: { en: 'As we have it.' } } });
    const correction = await matter.lastId();
    await expect(retract(RU, target)).rejects.toMatchObject(
      refused('RELIED_UPON', /US has put its own words/),
    );
    // Its own correction it takes back itself, and then nothing of it stands there.
    await retract(US, correction);
    await retract(RU, target);
    expect(await positionOfUs()).toBeUndefined();
  });

  it('reads as before its correction, where RU takes that back before the US has said anything', async () => {
    const { correction } = await corrected();
    await record({ en: 'Later.' });
    await retract(RU, await matter.lastId());
    await retract(RU, correction);
    expect(await positionOfUs()).toMatchObject({ text: { en: 'We admit it.' } });
  });

  it('is the later of two positions once the US has joined: the earlier does not come back', async () => {
    await record({ en: 'First.' }, 'acknowledges');
    const second = await record({ en: 'Second.' });
    await matter.join(US);
    await expect(retract(RU, second)).rejects.toMatchObject(
      refused('RELIED_UPON', /would be back, and US has joined since and speaks for itself/),
    );
    await matter.act(US, 'ContestIrritant', { statement: words });
    await expect(retract(RU, second)).rejects.toMatchObject(
      refused('RELIED_UPON', /would be back, and US has spoken since, in IrritantContested/),
    );
    expect(await positionOfUs()).toMatchObject({ stance: 'contests' });
  });

  it('is the later of two positions once the US, which has not joined, has answered for the earlier', async () => {
    const target = await record({ en: 'First.' }, 'acknowledges');
    const second = await record({ en: 'Second.' });
    await matter.act(US, 'EndorseAttribution', { target });
    await expect(retract(RU, second)).rejects.toMatchObject(
      refused('RELIED_UPON', /US has spoken since, in AttributionEndorsed/),
    );
  });

  it('is the later of two names once the US has joined: the earlier does not come back', async () => {
    const { dialogueId } = matter;
    for (const en of ['The other side', 'United States'])
      await desk.do(RU, 'dialogues.NameParty', dialogueId, { name: { en }, ...matter.inTheNameOf('US') });
    const target = await matter.idOf('PartyNamed', `dialogue-${dialogueId}`);
    await matter.join(US);
    await expect(desk.do(RU, 'dialogues.RetractEvent', dialogueId, { target, reason })).rejects.toMatchObject(
      refused('RELIED_UPON', /US has spoken since, in PartyJoined/),
    );
    expect(await desk.read('dialogues', dialogueId)).toMatchObject({
      names: [{ name: { en: 'United States' } }],
    });
  });
});
