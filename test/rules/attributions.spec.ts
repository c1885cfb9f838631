import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Principal } from '../../src/platform/record/principal.js';
import { Desk } from '../support/desk.js';
import { Matter, ruRegistrar, RU, secretariat, US, words } from './matter.js';

let desk: Desk;
let matter: Matter;
/** What the secretariat recorded in the name of US. */
let target: string;

beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());
beforeEach(async () => {
  matter = await Matter.open(desk, { joined: [RU] });
  await attribute();
});

const position = { stance: 'contests', text: words };
async function attribute(text: object = words): Promise<void> {
  await matter.act(secretariat, 'StatePosition', { ...position, text, ...matter.inTheNameOf('US') });
  target = await matter.lastId();
}
const endorse = (who: Principal) => matter.act(who, 'EndorseAttribution', { target });
const disavow = (who: Principal, ground: object = { ground: 'not-what-we-said' }) =>
  matter.act(who, 'DisavowAttribution', { target, ...ground });
const refused = (code: string, detail = /\.$/) => ({
  kind: { code },
  detail: expect.stringMatching(detail),
});
const ofUs = async () => ((await matter.present())['positions'] as { US?: object }).US;

describe('A party that has not joined', () => {
  it('endorses what was recorded in its name: it counts as its own word, and joins nothing by that', async () => {
    expect(await ofUs()).toMatchObject({ capacity: 'attributed' });
    await endorse(US);
    expect(await ofUs()).toMatchObject({ capacity: 'direct', endorsedBy: await matter.lastId() });
    expect(await desk.read('dialogues', matter.dialogueId)).toMatchObject({ kept: { by: 'secretariat' } });
  });

  it('disavows it: it is out, and stays in the history', async () => {
    await disavow(US);
    expect(await ofUs()).toBeUndefined();
    expect(await matter.types()).toEqual(['IrritantRaised', 'PositionStated', 'AttributionDisavowed']);
  });

  it('does either through a negotiator, and nothing else', async () => {
    const registrar: Principal = { ...ruRegistrar, id: 'p-us-registrar', party: 'US' };
    await expect(endorse(registrar)).rejects.toMatchObject(refused('FORBIDDEN'));
    await expect(disavow(registrar)).rejects.toMatchObject(refused('FORBIDDEN'));
    await expect(matter.act(US, 'StatePosition', position)).rejects.toMatchObject(refused('NOT_JOINED'));
  });
});

describe('A party answers for what was recorded in its name', () => {
  it('once: what it has endorsed it can not disavow, and the other way round', async () => {
    await endorse(US);
    await expect(disavow(US)).rejects.toMatchObject(refused('ATTRIBUTION_ANSWERED', /AttributionEndorsed/));
    await attribute({ en: 'Other words.' });
    await disavow(US);
    await expect(endorse(US)).rejects.toMatchObject(refused('ATTRIBUTION_ANSWERED', /AttributionDisavowed/));
    await expect(
      matter.act(US, 'RetractEvent', { target: await matter.lastId(), reason: words }),
    ).rejects.toMatchObject({ kind: { code: expect.stringMatching(/^(NOT_JOINED|TARGET_NOT_AMENDABLE)$/) } });
  });

  it('and for nothing else: neither for its own acts nor for those of the other side', async () => {
    await expect(endorse(RU)).rejects.toMatchObject(refused('NOT_ATTRIBUTED_TO_YOU'));
    await matter.join(US);
    await matter.act(US, 'ContestIrritant');
    target = await matter.lastId();
    await expect(disavow(US)).rejects.toMatchObject(refused('NOT_ATTRIBUTED_TO_YOU'));
  });

  it('but not for what it has acted on itself since: that it withdraws instead', async () => {
    const claimId = await matter.claim(secretariat, 'agreement', matter.inTheNameOf('US'));
    target = await matter.lastId();
    await matter.join(US);
    await matter.act(US, 'WithdrawUnderstandingClaim', {}, { claimId });
    const own = await matter.lastId();
    await expect(disavow(US)).rejects.toMatchObject(
      refused('ACTED_UPON', new RegExp(`UnderstandingClaimWithdrawn ${own}`)),
    );
    await endorse(US);
  });

  it('also in entries of other kinds', async () => {
    const exchange = await matter.begin(RU, 'exchanges.OpenExchange');
    const said = { character: 'binding', ...matter.inTheNameOf('US') };
    await desk.do(secretariat, 'exchanges.AssertLegalCharacter', exchange, said);
    const last = await matter.lastId(`exchange-${exchange}`);
    const after = await desk.do(US, 'exchanges.DisavowAttribution', exchange, {
      target: last,
      ground: 'not-what-we-said',
    });
    expect(after).toMatchObject({ legalCharacters: {} });
  });
});

describe('What a party says itself after others have spoken in its name', () => {
  /** What is recorded in the name of US, before it joins. */
  const recorded = async (command: string, event: string, body: object, path: object = {}) => {
    await matter.act(secretariat, command, { ...body, ...matter.inTheNameOf('US') }, path);
    target = await matter.idOf(event);
    return matter.present();
  };

  it('goes on standing, and the other is endorsed no more: terms that it has rejected resolve nothing', async () => {
    const { resolutions } = await matter.act(RU, 'ProposeResolution', { terms: words });
    const [{ resolutionId, termsHash }] = resolutions as [{ resolutionId: string; termsHash: string }];
    const accepting = { resolutionId, termsHash };
    expect(await recorded('AcceptResolution', 'ResolutionAccepted', accepting)).toMatchObject({
      stage: 'resolved',
    });
    await matter.join(US);
    await matter.act(US, 'RejectResolution', { resolutionId });
    const rejected = { stage: 'raised', resolutions: [{ state: 'rejected' }] };
    expect(await matter.present()).toMatchObject(rejected);
    await expect(endorse(US)).rejects.toMatchObject(refused('TARGET_RETRACTED', /no longer counts/));
    expect(await matter.present()).toMatchObject(rejected);
  });

  it('goes on standing, and the other is endorsed no more: what it has denied is agreed by nobody', async () => {
    const { claims } = await matter.act(RU, 'ClaimUnderstanding', { kind: 'agreement', text: words });
    const [{ claimId, textHash }] = claims as [{ claimId: string; textHash: string }];
    const confirming = { mode: 'same-text', textHash };
    const confirmed = await recorded('ConfirmUnderstanding', 'UnderstandingConfirmed', confirming, {
      claimId,
    });
    expect(confirmed).toMatchObject({ stage: 'agreed' });
    await matter.join(US);
    await matter.act(US, 'DenyUnderstanding', { text: words }, { claimId });
    const { stage } = await matter.present();
    await expect(endorse(US)).rejects.toMatchObject(refused('TARGET_RETRACTED', /no longer counts/));
    expect(await matter.present()).toMatchObject({ stage, claims: [{ claimId, state: 'denied' }] });
    expect(stage).not.toBe('agreed');
  });
});

describe('On the ground that a source is not its own', () => {
  const ground = () => ({ ground: 'not-our-source', sourceId: matter.statements.US });

  it('the party bars that source: nothing more is recorded in its name on it', async () => {
    await matter.act(secretariat, 'ContestIrritant', matter.inTheNameOf('US'));
    await disavow(US, ground());
    await desk.settled();
    await expect(attribute({ en: 'Other words.' })).rejects.toMatchObject(
      refused('SOURCE_NOT_ISSUED_BY_PARTY', /not disowned by US/),
    );
    // What was recorded on it before is answered for act by act.
    expect(await matter.present()).toMatchObject({ contests: [{ party: 'US' }], positions: {} });
  });

  it('the source is one that the act cites, and no other ground names one', async () => {
    const other = { ground: 'not-our-source', sourceId: matter.statements.RU };
    await expect(disavow(US, other)).rejects.toMatchObject(refused('GROUND_WITHOUT_SOURCE'));
    await expect(disavow(US, { ground: 'not-our-source' })).rejects.toMatchObject(
      refused('GROUND_WITHOUT_SOURCE'),
    );
    await expect(disavow(US, { ...ground(), ground: 'not-what-we-said' })).rejects.toMatchObject(
      refused('GROUND_WITHOUT_SOURCE'),
    );
  });
});

describe('An act under the name of a party that its key was stolen for', () => {
  const repudiate = (who: Principal) => matter.act(who, 'RepudiateAct', { target });
  const conclude = (who: Principal, outcome: string) =>
    matter.act(who, 'ConcludeActReview', { target, outcome });

  beforeEach(async () => {
    matter = await Matter.open(desk, { joined: [RU, US] });
    await matter.act(US, 'StatePosition', { stance: 'seeks-action', text: { en: 'Our own.' } });
    await matter.act(US, 'StatePosition', { stance: 'contests', text: { en: 'The thief’s.' } });
    target = await matter.lastId();
  });

  it('is marked once the party says so, and stays in force until both sides have concluded', async () => {
    await repudiate(US);
    const eventId = await matter.lastId();
    expect(await ofUs()).toMatchObject({ stance: 'contests', repudiated: { eventId } });
    await conclude(US, 'void');
    expect(await ofUs()).toMatchObject({ stance: 'contests', repudiated: { eventId } });
    await conclude(RU, 'stands');
    expect(await ofUs()).toMatchObject({ stance: 'contests', repudiated: { eventId } });
  });

  it('is void once both say so, and what it had replaced stands again', async () => {
    await repudiate(US);
    await conclude(US, 'void');
    await conclude(RU, 'void');
    expect(await ofUs()).toMatchObject({ stance: 'seeks-action', text: { en: 'Our own.' } });
    await expect(conclude(RU, 'stands')).rejects.toMatchObject(refused('NO_REVIEW_OF_THE_ACT'));
  });

  it('stands without a mark once both say so', async () => {
    await repudiate(US);
    await conclude(RU, 'stands');
    await conclude(US, 'stands');
    expect(await ofUs()).toMatchObject({ stance: 'contests' });
    expect(await ofUs()).not.toHaveProperty('repudiated');
  });

  it('is its own direct act, which the other side can not repudiate, and no act that was never repudiated is reviewed', async () => {
    await expect(repudiate(RU)).rejects.toMatchObject(refused('NOT_A_DIRECT_ACT_OF_YOURS'));
    await expect(conclude(RU, 'void')).rejects.toMatchObject(refused('NO_REVIEW_OF_THE_ACT'));
  });
});
