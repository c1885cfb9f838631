import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { browse, cookieOf, shortcomings } from '../pages/reading.js';
import { Api } from '../support/api.js';
import { agreedRoadmap } from '../support/roadmap.js';
import { allegedBreach } from '../support/breach.js';
import { done } from '../support/acting.js';
import { LinkedMatters } from './linked-matters.js';

let api: Api;
beforeAll(async () => {
  api = await Api.start();
});
afterAll(() => api.stop());

const raise = (count: number) => LinkedMatters.raise(api, count);
const waiting = 'raised, conditional';

describe('What both hold to be settled together', () => {
  it('is accepted on a condition, shown with who accepted, since when and on what', async () => {
    const matters = await raise(2);
    const linkageId = await matters.link(0, 1, 'together');
    const accepted = await matters.accept(0);
    expect(accepted).toMatchObject({
      stage: 'raised',
      overlays: ['conditional'],
      overlayDetails: [{ overlay: 'conditional', by: 'US', on: { kind: 'irritant', id: matters.id(1) } }],
      resolutions: [{ state: 'conditional', conditions: [{ linkageId, on: matters.id(1) }] }],
    });
    const owed = { what: 'resolution-of-linked', irritantId: matters.id(1) };
    expect(accepted['awaiting']).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ ...owed, from: 'RU' }),
        expect.objectContaining({ ...owed, from: 'US' }),
      ]),
    );
    const listed = await api.get<{ items: { id: string }[] }>(
      `/v1/irritants?dialogue=${matters.scene.dialogueId}&overlay=conditional`,
    );
    expect(listed.body.items.map((one) => one.id)).toEqual([matters.id(0)]);
  });

  it('takes effect at once for both, once the other is accepted too, whichever side it is asserted on', async () => {
    for (const first of [0, 1]) {
      const matters = await raise(2);
      await matters.link(0, 1, 'package');
      await matters.accept(first);
      expect(await matters.stages()).toEqual(first === 0 ? [waiting, 'raised'] : ['raised', waiting]);
      await matters.accept(1 - first, 'RU');
      expect(await matters.stages()).toEqual(['resolved', 'resolved']);
      expect(await matters.types(first)).toContain('IrritantResolved');
    }
  });

  it('waits as a whole: of a chain and of a circle nothing is resolved before all is accepted', async () => {
    for (const condition of ['together', 'precedes'] as const) {
      const matters = await raise(3);
      await matters.link(0, 1, condition);
      await matters.link(1, 2, condition);
      if (condition === 'precedes') await matters.link(2, 0, condition);
      await matters.accept(2);
      await matters.accept(0);
      expect(await matters.stages()).toEqual([waiting, 'raised', waiting]);
      await matters.accept(1);
      expect(await matters.stages()).toEqual(['resolved', 'resolved', 'resolved']);
    }
  });

  it('accepted in the same moment, one after the other in the store, takes effect', async () => {
    const matters = await raise(2);
    await matters.link(0, 1, 'together');
    const [first, second] = [await matters.propose(0), await matters.propose(1)];
    await Promise.all([
      matters.act('US', 0, 'accept-resolution', first),
      matters.act('US', 1, 'accept-resolution', second),
    ]);
    expect(await matters.stages()).toEqual(['resolved', 'resolved']);
  });
});

describe('What precedes another', () => {
  it('is resolved by itself, and the later one waits for it', async () => {
    const matters = await raise(2);
    await matters.link(0, 1, 'precedes');
    await matters.accept(1);
    expect(await matters.stages()).toEqual(['raised', waiting]);
    expect((await matters.accept(0)).stage).toBe('resolved');
    expect(await matters.stages()).toEqual(['resolved', 'resolved']);
  });

  it('bears on nothing where it is only asserted, rejected, or of another kind', async () => {
    const matters = await raise(3);
    await matters.link(0, 1, 'other');
    await matters.act('RU', 2, 'assert-linkage', { irritantId: matters.id(1), condition: 'precedes' });
    await api.settled();
    expect((await matters.accept(1)).stage).toBe('resolved');
  });
});

describe('A condition is lifted', () => {
  it('by any closing of the other one, with a flag', async () => {
    const matters = await raise(2);
    await matters.link(0, 1, 'together');
    await matters.accept(1);
    await matters.act('RU', 0, 'withdraw');
    expect(await matters.shown(1)).toMatchObject({
      stage: 'resolved',
      overlays: [],
      flags: [{ kind: 'condition-lifted', on: matters.id(0), closed: 'withdrawn' }],
    });
    const page = await browse(api.server.url, `/irritants/${matters.id(1)}`, {
      cookie: cookieOf(api, 'reader'),
    });
    expect([page.status, ...shortcomings(page.text)]).toEqual([200]);
    expect(page.text).toContain('was lifted, for that irritant is withdrawn');
  });

  it('by the end of the linkage, which takes both sides', async () => {
    const matters = await raise(2);
    const linkageId = await matters.link(0, 1, 'together');
    await matters.accept(1);
    const reason = { en: 'Each on its own merits.' };
    await matters.act('US', 0, `linkages/${linkageId}/release`, { reason });
    expect(await matters.stages()).toEqual(['raised', waiting]);
    expect((await matters.shown(0))['awaiting']).toContainEqual(
      expect.objectContaining({ what: 'answer-to-release', from: 'RU', linkageId }),
    );
    await matters.act('RU', 0, `linkages/${linkageId}/retain`);
    await matters.act('RU', 0, `linkages/${linkageId}/release`);
    expect(await matters.stages()).toEqual(['raised', waiting]);
    await matters.act('US', 0, `linkages/${linkageId}/release`, { reason });
    expect(await matters.shown(0)).toMatchObject({ linkages: [{ state: 'ended' }] });
    expect(await matters.stages()).toEqual(['raised', 'resolved']);
  });

  it('not by the rejection of one side: what both accepted is released by both', async () => {
    const matters = await raise(2);
    const linkageId = await matters.link(0, 1, 'together');
    expect(await matters.try('US', 0, `linkages/${linkageId}/reject`)).toMatchObject({
      status: 409,
      body: { code: 'linkage-accepted' },
    });
  });
});

describe('An acceptance on a condition is taken back', () => {
  it('by the side that accepted, and the terms are open again', async () => {
    const matters = await raise(2);
    await matters.link(0, 1, 'together');
    const terms = await matters.propose(0);
    await matters.act('US', 0, 'accept-resolution', terms);
    const { resolutionId } = terms;
    const back = await matters.act('US', 0, 'withdraw-resolution-acceptance', { resolutionId });
    expect(back).toMatchObject({
      overlays: [],
      resolutions: [{ state: 'proposed', takenBack: { party: 'US' } }],
    });
    await matters.accept(1);
    expect(await matters.stages()).toEqual(['raised', waiting]);
    await matters.act('US', 0, 'accept-resolution', terms);
    expect(await matters.stages()).toEqual(['resolved', 'resolved']);
  });

  it('by the side that proposed, which withdraws its terms', async () => {
    const matters = await raise(2);
    await matters.link(0, 1, 'together');
    const accepted = await matters.accept(0);
    const resolutionId = accepted.resolutions[0]?.resolutionId;
    expect(await matters.try('RU', 0, 'withdraw-resolution-acceptance', { resolutionId })).toMatchObject({
      status: 409,
      body: { code: 'own-resolution' },
    });
    await matters.act('RU', 0, 'withdraw-resolution-proposal', { resolutionId });
    await matters.accept(1);
    expect(await matters.stages()).toEqual(['raised', waiting]);
  });

  it('no more once it is in effect', async () => {
    const matters = await raise(1);
    const accepted = await matters.accept(0);
    const resolutionId = accepted.resolutions[0]?.resolutionId;
    expect(await matters.try('US', 0, 'withdraw-resolution-acceptance', { resolutionId })).toMatchObject({
      status: 409,
      body: { code: 'resolution-not-conditional' },
    });
  });
});

describe('When it takes effect, steps and breaches are looked at again', () => {
  it('a breach alleged since holds up the whole, with a flag, until it is withdrawn', async () => {
    const matters = await raise(2);
    await matters.link(0, 1, 'together');
    await matters.accept(0);
    const breached = await allegedBreach(api, {
      dialogueId: matters.scene.dialogueId,
      irritantId: matters.id(0),
    });
    await matters.accept(1);
    expect(await matters.stages()).toEqual([waiting, waiting]);
    expect((await matters.shown(0))['flags']).toMatchObject([
      { kind: 'consequence-refused', policy: 'take-effect', code: 'breach-open' },
    ]);
    const { body } = await api.get<{ allegations: { breachId: string }[] }>(`/v1/${breached}`);
    await done(api, `${breached}/breaches/${body.allegations[0]?.breachId}/withdraw`, 'ru-negotiator');
    expect(await matters.stages()).toEqual(['resolved', 'resolved']);
  });

  it('a step of a roadmap agreed since must be accepted or waived first', async () => {
    const matters = await raise(2);
    await matters.link(0, 1, 'precedes');
    await matters.accept(1);
    const { step } = await agreedRoadmap(api, {
      dialogueId: matters.scene.dialogueId,
      irritantId: matters.id(1),
    });
    await matters.accept(0);
    const later = await matters.shown(1);
    expect(later).toMatchObject({
      overlays: ['conditional'],
      flags: [{ kind: 'condition-lifted', closed: 'resolved' }, { code: 'mandatory-steps-open' }],
    });
    await done(api, `${step}/waive`, 'ru-negotiator');
    expect((await matters.shown(1)).stage).toBe('resolved');
  });
});
