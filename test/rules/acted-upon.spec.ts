import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Desk } from '../support/desk.js';
import { Matter, reason, RU, secretariat, tried, US, words } from './matter.js';
import type { Principal } from '../../src/platform/record/principal.js';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

interface Versions {
  readonly versions: readonly { readonly version: number; readonly contentHash: string }[];
}
function assentTo(shown: unknown) {
  const { version, contentHash } = (shown as Versions).versions.at(-1)!;
  return { version, contentHash, adReferendum: false };
}
async function agreed(
  matter: Matter,
  by: Principal,
  irritantIds: readonly string[],
  beside: object = {},
  other: object = {},
  otherWho: Principal = US,
) {
  const tabled = await desk.do(by, 'proposals.TableProposal', null, {
    dialogueId: matter.dialogueId,
    form: 'proposal',
    irritantIds,
    texts: words,
    ...beside,
  });
  await desk.do(by, 'proposals.AssentToProposal', tabled.id, assentTo(tabled));
  await desk.do(otherWho, 'proposals.AssentToProposal', tabled.id, { ...assentTo(tabled), ...other });
  await desk.settled();
  return tabled.id;
}

describe('What a party has acted on itself, it does not undo', () => {
  it.each(['claim', 'assent'])(
    'the US opens a review of what was put into its mouth (%s), and can still disavow it',
    async (how) => {
      const matter = await Matter.open(desk, { by: RU });
      let target = '';
      let entry = ['irritants', matter.irritantId];
      if (how === 'claim') {
        const claimId = await matter.claim(RU, 'agreement');
        await matter.act(
          RU,
          'ConfirmUnderstanding',
          { mode: 'same-text', ...matter.inTheNameOf('US') },
          { claimId },
        );
        target = await matter.idOf('UnderstandingConfirmed');
      } else {
        const id = await agreed(matter, RU, [matter.irritantId], {}, matter.inTheNameOf('US'), RU);
        entry = ['proposals', id];
        target = await matter.idOf('AssentGiven', `proposal-${id}`);
      }
      await matter.join(US);
      expect(await matter.present()).toMatchObject({ stage: 'agreed' });
      await matter.act(US, 'OpenStageReview', { stage: 'raised', reason });
      const outcome = await tried(() =>
        desk.do(US, `${entry[0]}.DisavowAttribution`, entry[1]!, { target, ground: 'not-what-we-said' }),
      );
      expect([outcome, (await matter.present())['stage']]).toEqual(['recorded', 'raised']);
    },
  );

  it('both have concluded a review of what was confirmed in the name of RU; RU confirms it in part only', async () => {
    const matter = await Matter.open(desk, { joined: [US] });
    const claimId = await matter.understoodForRU();
    await matter.act(US, 'OpenStageReview', { stage: 'raised', reason });
    await matter.act(RU, 'ConcludeStageReview', { stage: 'raised', reason });
    expect(await matter.present()).toMatchObject({ stage: 'raised' });
    const outcome = await tried(() =>
      matter.act(RU, 'ConfirmUnderstanding', { mode: 'partial', text: words }, { claimId }),
    );
    expect([outcome, (await matter.present())['stage']]).toEqual(['ACTED_UPON', 'raised']);
  });

  it('an account in the name of the US, under which the US records points itself', async () => {
    const matter = await Matter.open(desk, { by: RU });
    const id = await matter.begin(RU, 'rounds.ScheduleRound', { startsAt: '2025-04-10' });
    const shown = await desk.do(RU, 'rounds.PublishAccount', id, {
      voice: 'party',
      sourceId: matter.statements.US,
      lang: 'en',
      rendering: 'official',
      ...matter.inTheNameOf('US'),
    });
    const { accountId } = (shown['accounts'] as { accountId: string }[])[0]!;
    const target = await matter.idOf('AccountPublished', `round-${id}`);
    await matter.join(US);
    await desk.do(US, 'rounds.RecordAccountPoint', id, {
      accountId,
      irritantId: matter.irritantId,
      kind: 'discussed',
      assertsJoint: false,
      quote: words,
    });
    const outcome = await tried(() => desk.do(RU, 'rounds.RetractEvent', id, { target, reason }));
    expect([outcome, await matter.isCounted(`round-${id}`, 'AccountPointRecorded', 'US')]).toEqual([
      'RELIED_UPON',
      true,
    ]);
  });
  it('both have concluded a review of what was agreed by an assent in the name of RU; RU disavows that assent', async () => {
    const matter = await Matter.open(desk, { joined: [US] });
    const id = await agreed(matter, US, [matter.irritantId], {}, matter.inTheNameOf('RU'), secretariat);
    const target = await matter.idOf('AssentGiven', `proposal-${id}`);
    const claimId = await matter.claim(US, 'roadmap-to-be-developed');
    await matter.join(RU);
    await matter.act(RU, 'ConfirmUnderstanding', { mode: 'same-text' }, { claimId });
    expect(await matter.present()).toMatchObject({ stage: 'agreed' });
    await matter.act(US, 'OpenStageReview', { stage: 'under-consultation', reason });
    await matter.act(RU, 'ConcludeStageReview', { stage: 'under-consultation', reason });
    expect(await matter.present()).toMatchObject({ stage: 'under-consultation' });
    const outcome = await tried(() =>
      desk.do(RU, 'proposals.DisavowAttribution', id, { target, ground: 'not-what-we-said' }),
    );
    expect([
      outcome,
      (await matter.present())['stage'],
      await matter.isCounted(`irritant-${matter.irritantId}`, 'StageReviewOpened', 'US'),
    ]).toEqual(['ACTED_UPON', 'under-consultation', true]);
  });

  it('RU has reported under what was agreed in its name, and the US has acknowledged; RU disavows the assent', async () => {
    const matter = await Matter.open(desk, { joined: [US] });
    const id = await matter.begin(US, 'commitments.AssertCommitment', {
      obligors: ['RU'],
      beneficiaries: ['US'],
      mode: 'once',
      due: '2025-12-31',
      irritantIds: [matter.irritantId],
      text: words,
    });
    const named = { commitmentId: id, obligor: 'RU', beneficiary: 'US', mode: 'once', due: '2025-12-31' };
    const text = await agreed(
      matter,
      US,
      [matter.irritantId],
      { commitments: [named] },
      matter.inTheNameOf('RU'),
      secretariat,
    );
    const target = await matter.idOf('AssentGiven', `proposal-${text}`);
    await matter.join(RU);
    await desk.do(RU, 'commitments.ReportFulfilment', id, {});
    await desk.do(US, 'commitments.AcknowledgeFulfilment', id, {});
    expect(await matter.present()).toMatchObject({ stage: 'in-implementation' });
    expect(await desk.read('commitments', id)).toMatchObject({ status: 'discharged' });
    const outcome = await tried(() =>
      desk.do(RU, 'proposals.DisavowAttribution', text, { target, ground: 'not-what-we-said' }),
    );
    await desk.settled();
    const { stage } = await matter.present();
    const { status } = await desk.read('commitments', id);
    expect({
      outcome,
      stage,
      status,
      ack: await matter.isCounted(`commitment-${id}`, 'FulfilmentAcknowledged', 'US'),
    }).toEqual({ outcome: 'ACTED_UPON', stage: 'in-implementation', status: 'discharged', ack: true });
  });

  it.each(['disavows', 'rejects'])(
    'RU has reopened what was resolved together by acceptances in its name, and the US has claimed since; RU %s in the other matter',
    async (how) => {
      const matter = await Matter.open(desk, { joined: [US] });
      const other = await matter.begin(US, 'irritants.RaiseIrritant', {
        raisers: ['US'],
        respondents: ['RU'],
        raisedBasis: 'stated',
        category: 'visas',
        title: { en: 'Another' },
      });
      const forRU = matter.inTheNameOf('RU');
      const linked = await matter.act(US, 'AssertLinkage', { irritantId: other, condition: 'together' });
      const { linkageId } = (linked['linkages'] as { linkageId: string }[])[0]!;
      await matter.act(secretariat, 'AcceptLinkage', forRU, { linkageId });
      await desk.settled();
      const terms: string[] = [];
      for (const id of [matter.irritantId, other]) {
        const { resolutions } = await desk.do(US, 'irritants.ProposeResolution', id, { terms: words });
        const { resolutionId, termsHash } = (
          resolutions as { resolutionId: string; termsHash: string }[]
        )[0]!;
        terms.push(resolutionId);
        await desk.do(secretariat, 'irritants.AcceptResolution', id, { resolutionId, termsHash, ...forRU });
        await desk.settled();
      }
      await matter.join(RU);
      await desk.settled();
      expect([(await matter.present())['stage'], (await desk.read('irritants', other))['stage']]).toEqual([
        'resolved',
        'resolved',
      ]);
      const stream = `irritant-${other}`;
      await desk.do(RU, 'irritants.ReopenIrritant', other, {
        closingEventId: await matter.idOf('IrritantResolved', stream),
        reason,
      });
      await desk.do(US, 'irritants.ClaimUnderstanding', other, {
        kind: 'roadmap-to-be-developed',
        text: words,
      });
      const { claims } = await desk.read('irritants', other);
      const { claimId } = (claims as { claimId: string }[])[0]!;
      await desk.do(RU, 'irritants.ConfirmUnderstanding', other, { mode: 'same-text' }, { claimId });
      await desk.settled();
      expect((await desk.read('irritants', other))['stage']).toBe('roadmap-in-principle');
      const target = await matter.idOf('ResolutionAccepted');
      const outcome = await tried(() =>
        how === 'disavows'
          ? matter.act(RU, 'DisavowAttribution', { target, ground: 'not-what-we-said' })
          : matter.act(RU, 'RejectResolution', { resolutionId: terms[0] }),
      );
      await desk.settled();
      expect([
        outcome,
        (await desk.read('irritants', other))['stage'],
        await matter.isCounted(stream, 'UnderstandingClaimed', 'US'),
      ]).toEqual([expect.anything(), 'roadmap-in-principle', true]);
    },
  );
});
