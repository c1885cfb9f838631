import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { statisticsOf } from '../../src/briefing/statistics.js';
import { talksOf } from '../../src/briefing/talks.js';
import { Readings } from '../../src/reading/readings.js';
import { Desk } from '../support/desk.js';
import type { Document } from '../support/desk.js';
import { aStep } from '../support/roadmap.js';
import { Matter, RU, secretariat, US } from './matter.js';

let desk: Desk;
let matter: Matter;

beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());
beforeEach(async () => {
  matter = await Matter.open(desk, { joined: [RU] });
});

const forUs = () => matter.inTheNameOf('US');
const ground = 'not-what-we-said';

/** US disavows what was recorded last of that type in that stream. */
async function disavow(slice: string, id: string, type: string): Promise<Document> {
  const { prefix } = desk.record.registry.get(slice);
  const target = await matter.idOf(type, `${prefix}-${id}`);
  await desk.settled();
  return desk.do(US, `${slice}.DisavowAttribution`, id, { target, ground });
}
const disavowHere = (type: string) => disavow('irritants', matter.irritantId, type);

/** A roadmap with one step of RU. */
async function tabledRoadmap() {
  const irritantIds = [matter.irritantId];
  const id = await matter.begin(RU, 'roadmaps.DraftRoadmap', { irritantIds });
  const step = aStep({ responsible: 'RU' });
  const texts = { [step.stepId]: { en: 'Visas are issued.' } };
  const tabling = { irritantIds, steps: [step], texts };
  const tabled = await desk.do(RU, 'roadmaps.TableRoadmapVersion', id, tabling);
  const { contentHash } = (tabled['versions'] as { contentHash: string }[])[0]!;
  return { id, assent: { version: 1, contentHash, adReferendum: false }, stepId: step.stepId };
}

/** To which RU assents itself and US by what the secretariat says. */
async function agreedRoadmap() {
  const tabled = await tabledRoadmap();
  await desk.do(RU, 'roadmaps.AssentToRoadmap', tabled.id, tabled.assent);
  await desk.do(secretariat, 'roadmaps.AssentToRoadmap', tabled.id, { ...tabled.assent, ...forUs() });
  return tabled;
}

describe('With a disavowed act falls at once', () => {
  it('the stage that follows from it, in the same entry', async () => {
    const claimId = await matter.claim(RU);
    const confirmation = { mode: 'partial', ...forUs() };
    await matter.act(
      secretariat,
      'ConfirmUnderstanding',
      { ...confirmation, mode: 'same-text' },
      { claimId },
    );
    expect(await matter.present()).toMatchObject({ stage: 'roadmap-in-principle', basis: 'attributed' });
    const answer = await disavowHere('UnderstandingConfirmed');
    expect(answer).toMatchObject({ stage: 'raised', claims: [{ state: 'unanswered' }], overlays: [] });
    expect(answer['milestones']).toHaveLength(1);
  });

  it('the agreement on a roadmap, the step that rests on it, and the stages that both brought about', async () => {
    const { id, stepId } = await agreedRoadmap();
    await desk.do(RU, 'roadmaps.StartStep', id, {}, { stepId });
    expect(await matter.present()).toMatchObject({ stage: 'in-implementation', basis: 'attributed' });
    const roadmap = await disavow('roadmaps', id, 'RoadmapAssentGiven');
    expect(roadmap).toMatchObject({ status: 'tabled' });
    expect(await matter.present()).toMatchObject({ stage: 'raised', overlays: [], review: null });
    const cause = await matter.idOf('AttributionDisavowed', `roadmap-${id}`);
    const lifted = (await matter.events()).at(-1);
    expect(lifted).toMatchObject({
      type: 'MilestoneLifted',
      act: { party: null, capacity: 'derived' },
      data: {
        cause,
        milestones: await Promise.all(
          ['ConsultationBegan', 'RoadmapAgreed', 'ImplementationBegan'].map((one) => matter.idOf(one)),
        ),
      },
    });
  });

  it('the implementation that an exchange began, and no instrument that anything else links', async () => {
    const id = await matter.begin(RU, 'exchanges.OpenExchange');
    const covers = { irritantId: matter.irritantId };
    await desk.do(RU, 'exchanges.AssertCoverage', id, covers);
    await desk.do(secretariat, 'exchanges.ReportExchange', id, forUs());
    await desk.do(secretariat, 'exchanges.AssertCoverage', id, { ...covers, ...forUs() });
    expect(await matter.present()).toMatchObject({ stage: 'in-implementation' });
    await disavow('exchanges', id, 'ExchangeCoverageAsserted');
    expect(await matter.present()).toMatchObject({
      stage: 'raised',
      instruments: [{ kind: 'exchange', id }],
    });
  });

  it('the consultation that began at a round that only one side now says was held', async () => {
    const id = await matter.begin(RU, 'rounds.ScheduleRound');
    await desk.do(RU, 'rounds.DiscussAgendaItem', id, { irritantId: matter.irritantId });
    await desk.do(RU, 'rounds.ConfirmRoundHeld', id, {});
    await desk.do(secretariat, 'rounds.ConfirmRoundHeld', id, forUs());
    expect(await matter.present()).toMatchObject({ stage: 'under-consultation' });
    const round = await disavow('rounds', id, 'RoundConfirmedHeld');
    expect(round['heldBy']).toMatchObject([{ party: 'RU' }]);
    expect(await matter.present()).toMatchObject({ stage: 'raised', overlays: [] });
  });

  it('the closing of a matter, and that it was ever closed', async () => {
    const { resolutions } = await matter.act(RU, 'ProposeResolution', { terms: { en: 'It is settled.' } });
    const [{ resolutionId, termsHash }] = resolutions as [{ resolutionId: string; termsHash: string }];
    await matter.act(secretariat, 'AcceptResolution', { resolutionId, termsHash, ...forUs() });
    expect(await matter.present()).toMatchObject({ stage: 'resolved' });
    expect(await disavowHere('ResolutionAccepted')).toMatchObject({
      stage: 'raised',
      resolutions: [{ state: 'proposed' }],
    });
    await desk.settled();
    const { total } = await statisticsOf(await talksOf(new Readings(desk.record, {}), matter.dialogueId));
    expect(Object.keys(total.stages)).toEqual(['raised']);
  });
});

describe('Once an act is disavowed, what it had stood in the way of comes about', () => {
  it('the agreement of both, where one side was wrongly said to have gone back on its assent', async () => {
    const { id, assent } = await tabledRoadmap();
    await desk.do(secretariat, 'roadmaps.AssentToRoadmap', id, { ...assent, ...forUs() });
    await desk.do(secretariat, 'roadmaps.WithdrawRoadmapAssent', id, { version: 1, ...forUs() });
    await desk.do(RU, 'roadmaps.AssentToRoadmap', id, assent);
    expect(await matter.present()).toMatchObject({ stage: 'under-consultation' });
    await disavow('roadmaps', id, 'RoadmapAssentWithdrawn');
    expect(await matter.present()).toMatchObject({ stage: 'roadmap-agreed', basis: 'attributed' });
    expect(await desk.read('roadmaps', id)).toMatchObject({ status: 'agreed', agreed: { version: 1 } });
    expect((await matter.types(`roadmap-${id}`)).slice(-2)).toEqual([
      'AttributionDisavowed',
      'RoadmapVersionAgreed',
    ]);
  });

  it('the completion of an exchange by what both sides reported, where the reply was nobody’s', async () => {
    const id = await matter.begin(RU, 'exchanges.OpenExchange');
    const form = { form: 'note-verbale', textHeld: false };
    const { notes } = await desk.do(RU, 'exchanges.PresentNote', id, { from: 'RU', to: 'US', ...form });
    const inReplyTo = (notes as { noteId: string }[])[0]!.noteId;
    await desk.do(secretariat, 'exchanges.ReplyToNote', id, { ...form, ...forUs() }, { inReplyTo });
    await desk.do(secretariat, 'exchanges.ReportExchange', id, forUs());
    await disavow('exchanges', id, 'NoteReplied');
    await desk.settled();
    expect((await matter.types(`exchange-${id}`)).slice(-2)).toEqual([
      'AttributionDisavowed',
      'ExchangeCompleted',
    ]);
  });

  it('the consultation by what else was said of the matter, silent beside the word that was nobody’s', async () => {
    matter = await Matter.open(desk);
    const forRu = matter.inTheNameOf('RU');
    const id = await matter.begin(secretariat, 'rounds.ScheduleRound', forRu);
    const discuss = (whose: object) =>
      desk.do(secretariat, 'rounds.DiscussAgendaItem', id, { irritantId: matter.irritantId, ...whose });
    await discuss(forUs());
    for (const whose of [forRu, forUs()]) await desk.do(secretariat, 'rounds.ConfirmRoundHeld', id, whose);
    await desk.settled();
    const first = await matter.idOf('AgendaItemDiscussed', `round-${id}`);
    await discuss(forRu);
    await desk.settled();
    await desk.do(US, 'rounds.DisavowAttribution', id, { target: first, ground });
    expect(await matter.present()).toMatchObject({ stage: 'under-consultation' });
    const { restsOn } = (await matter.events()).at(-1) ?? {};
    expect(restsOn).toContain(await matter.idOf('AgendaItemDiscussed', `round-${id}`));
    expect(restsOn).not.toContain(first);
  });

  it('the better basis that an endorsement gives, though the matter was said to be closed when it came', async () => {
    const { id, assent } = await tabledRoadmap();
    const { resolutions } = await matter.act(RU, 'ProposeResolution', { terms: { en: 'It is settled.' } });
    const [{ resolutionId, termsHash }] = resolutions as [{ resolutionId: string; termsHash: string }];
    await matter.act(secretariat, 'AcceptResolution', { resolutionId, termsHash, ...forUs() });
    await desk.do(secretariat, 'roadmaps.AssentToRoadmap', id, { ...assent, ...forUs() });
    await desk.settled();
    const target = await matter.idOf('RoadmapAssentGiven', `roadmap-${id}`);
    await desk.do(US, 'roadmaps.EndorseAttribution', id, { target });
    expect(await matter.present()).toMatchObject({ stage: 'resolved' });
    await disavowHere('ResolutionAccepted');
    expect(await matter.present()).toMatchObject({ stage: 'under-consultation', basis: 'direct' });
  });

  it('nothing on an agreement that has fallen: a report under it began no implementation', async () => {
    const { id, assent } = await agreedRoadmap();
    const commitmentId = await matter.begin(RU, 'commitments.AssertCommitment', {
      obligors: ['RU'],
      beneficiaries: ['US'],
      mode: 'once',
      basis: { kind: 'roadmap', id },
      irritantIds: [matter.irritantId],
      text: { en: 'Visas are issued.' },
    });
    await desk.do(RU, 'commitments.UndertakeCommitment', commitmentId, {});
    await desk.do(RU, 'commitments.ReportFulfilment', commitmentId, {});
    // That it rests on the roadmap is what RU alone says, until the US has acknowledged it.
    expect(await matter.present()).toMatchObject({ stage: 'roadmap-agreed' });
    await desk.do(secretariat, 'commitments.AcknowledgeFulfilment', commitmentId, forUs());
    expect(await matter.present()).toMatchObject({ stage: 'in-implementation', basis: 'attributed' });
    await disavow('roadmaps', id, 'RoadmapAssentGiven');
    expect(await matter.present()).toMatchObject({ stage: 'raised' });
    await matter.join(US);
    await desk.do(US, 'roadmaps.AssentToRoadmap', id, assent);
    expect(await matter.present()).toMatchObject({ stage: 'roadmap-agreed' });
  });
});

describe('What has fallen', () => {
  it('never comes back: the party’s own word agrees anew, and on a better basis', async () => {
    const { id, assent } = await agreedRoadmap();
    await disavow('roadmaps', id, 'RoadmapAssentGiven');
    await matter.present();
    await matter.join(US);
    await desk.do(US, 'roadmaps.AssentToRoadmap', id, assent);
    expect(await matter.present()).toMatchObject({ stage: 'roadmap-agreed', basis: 'direct' });
    const types = await matter.types();
    expect(types.filter((one) => /RoadmapAgreed|MilestoneLifted/.test(one))).toEqual([
      'RoadmapAgreed',
      'MilestoneLifted',
      'RoadmapAgreed',
    ]);
    const milestones = (await matter.present())['milestones'] as { eventId: string }[];
    expect(milestones.map((one) => one.eventId)).toEqual([
      await matter.idOf('IrritantRaised'),
      await matter.idOf('ConsultationBegan'),
      await matter.idOf('RoadmapAgreed'),
    ]);
  });

  it('leaves to the party all that the disavowed act had taken from it', async () => {
    const claimId = await matter.claim(RU);
    await matter.act(secretariat, 'DenyUnderstanding', forUs(), { claimId });
    await disavowHere('UnderstandingDenied');
    await matter.join(US);
    const confirmed = await matter.act(US, 'ConfirmUnderstanding', { mode: 'same-text' }, { claimId });
    expect(confirmed).toMatchObject({ stage: 'roadmap-in-principle', basis: 'direct' });
  });

  it('leaves the entry that it opened, without an author', async () => {
    matter = await Matter.open(desk);
    const target = await matter.idOf('IrritantRaised');
    const answer = await matter.act(RU, 'DisavowAttribution', { target, ground });
    expect(answer).toMatchObject({ title: { en: 'Visas' }, raised: { party: null }, stage: 'raised' });
    expect(await matter.types()).toEqual(['IrritantRaised', 'AttributionDisavowed']);
  });
});
