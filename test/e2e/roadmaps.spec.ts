import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { canonicalBytes } from '#libs/canonical';
import { done, made } from '../support/acting.js';
import { Api } from '../support/api.js';
import { assertedBy } from '../support/owing.js';
import type { Answer, Body } from '../support/api.js';
import { unreached } from '../support/reached.js';
import { describeRefusals } from '../support/refusing.js';
import { agree, aStep, draft, naming, table } from '../support/roadmap.js';
import type { Step, Tabled } from '../support/roadmap.js';
import { join, openTalks, raising, setScene } from '../support/scene.js';
import type { Scene } from '../support/scene.js';

let api: Api;
let scene: Scene;

beforeAll(async () => {
  api = await Api.start();
});
afterAll(() => api.stop());
beforeEach(async () => {
  scene = await setScene(api);
});

async function drafted(): Promise<string> {
  return (await draft(api, scene.dialogueId, [scene.irritantId])).id;
}
async function tabledWith(...steps: readonly Step[]): Promise<Tabled> {
  return table(api, await drafted(), [scene.irritantId], steps);
}
async function agreedWith(...steps: readonly Step[]): Promise<string> {
  const tabled = await tabledWith(...steps);
  await agree(api, 'roadmaps', tabled);
  return tabled.id;
}
const stage = async (): Promise<unknown> => {
  await api.settled();
  return (await api.get(`/v1/irritants/${scene.irritantId}`)).body['stage'];
};

describe('A roadmap', () => {
  it('is drafted, tabled, agreed ad referendum, taken step by step, amended, and completed', async () => {
    const notice = aStep({ responsible: 'RU', due: '2025-09-01' });
    const keys = aStep({ after: [notice.stepId] });
    const id = await drafted();
    const at = `roadmaps/${id}`;
    const tabled = await table(api, id, [scene.irritantId], [notice, keys]);
    await done(api, `${at}/assent`, 'ru-negotiator', { ...naming(tabled), adReferendum: false });
    await done(api, `${at}/withdraw-assent`, 'ru-negotiator', { version: 1 });
    await done(api, `${at}/assent`, 'ru-negotiator', { ...naming(tabled), adReferendum: false });
    await done(api, `${at}/assent`, 'us-negotiator', { ...naming(tabled), adReferendum: true });
    // An assent answers the other side, and agrees to nothing until the capital confirms it.
    expect(await stage()).toBe('under-consultation');
    await done(api, `${at}/confirm-assent`, 'us-negotiator', naming(tabled));
    expect(await stage()).toBe('roadmap-agreed');
    await done(api, `${at}/steps/${notice.stepId}/start`, 'ru-negotiator');
    expect(await stage()).toBe('in-implementation');
    await done(api, `${at}/steps/${notice.stepId}/block`, 'ru-negotiator', { reason: { en: 'No visas.' } });
    await done(api, `${at}/steps/${notice.stepId}/unblock`, 'ru-negotiator');
    const reported = await done(api, `${at}/steps/${notice.stepId}/report-done`, 'ru-negotiator');
    expect(reported['awaiting']).toMatchObject([
      { what: 'answer-to-step', from: 'US', stepId: notice.stepId },
    ]);
    await done(api, `${at}/steps/${notice.stepId}/reject`, 'us-negotiator', {
      reason: { en: 'Incomplete.' },
    });
    await done(api, `${at}/steps/${notice.stepId}/report-done`, 'ru-negotiator');
    await done(api, `${at}/steps/${notice.stepId}/accept`, 'us-negotiator');
    const plaque = aStep();
    const second = await table(api, id, [scene.irritantId], [notice, keys, plaque]);
    const amended = await agree(api, 'roadmaps', second);
    expect(amended).toMatchObject({
      status: 'agreed',
      steps: [{ state: 'accepted' }, { state: 'open', waitsFor: [] }, { state: 'open' }],
      openMandatorySteps: [{ stepId: keys.stepId }, { stepId: plaque.stepId }],
    });
    await done(api, `${at}/steps/${keys.stepId}/start`, 'us-negotiator');
    await done(api, `${at}/steps/${keys.stepId}/report-done`, 'us-negotiator');
    await done(api, `${at}/steps/${keys.stepId}/accept`, 'ru-negotiator');
    const completed = await done(api, `${at}/steps/${plaque.stepId}/waive`, 'ru-negotiator');
    expect(completed).toMatchObject({
      status: 'completed',
      completed: { capacity: 'derived' },
      awaiting: [],
    });
    expect(await done(api, `${at}/terminate`, 'us-negotiator')).toMatchObject({
      status: 'terminated',
      terminated: { by: ['US'] },
    });
    expect(await unreached(api, 'roadmaps')).toEqual([]);
  });

  it('stands against resolution while a mandatory step of it is open', async () => {
    const step = aStep();
    const id = await agreedWith(step);
    await api.settled();
    type Proposed = Body & { resolutions: { resolutionId: string; termsHash: string }[] };
    const at = `irritants/${scene.irritantId}`;
    const { resolutions } = await done<Proposed>(api, `${at}/propose-resolution`, 'ru-negotiator', {
      terms: { en: 'Closed.' },
    });
    const terms = { resolutionId: resolutions[0]?.resolutionId, termsHash: resolutions[0]?.termsHash };
    const early = await api.act(`/v1/${at}/accept-resolution`, terms, 'us-negotiator');
    expect(early).toMatchObject({ status: 409, body: { code: 'mandatory-steps-open' } });
    await done(api, `roadmaps/${id}/steps/${step.stepId}/waive`, 'ru-negotiator');
    expect(await done(api, `${at}/accept-resolution`, 'us-negotiator', terms)).toMatchObject({
      stage: 'resolved',
    });
  });

  it('is hashed with its steps as they are recorded', async () => {
    const tabled = await tabledWith(aStep({ due: '2025-09' }));
    const [version] = tabled.versions as unknown as Body[];
    const { nonce, languages, authentic, irritantIds, texts, steps } = version ?? {};
    const bytes = canonicalBytes({ nonce, languages, authentic, irritantIds, texts, steps });
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(version?.['contentHash']);
  });

  it('of one side alone moves nothing', async () => {
    const tabled = await tabledWith(aStep({ responsible: 'RU' }));
    await done(api, `roadmaps/${tabled.id}/assent`, 'ru-negotiator', {
      ...naming(tabled),
      adReferendum: false,
    });
    expect(await stage()).toBe('raised');
    expect(await api.types('roadmaps', tabled.id)).not.toContain('RoadmapVersionAgreed');
  });

  it('names a stranger at the very place', async () => {
    const step = aStep({ responsible: 'FR' });
    const body = { irritantIds: [scene.irritantId], steps: [step], texts: { [step.stepId]: { en: 'x' } } };
    const answer = await api.act(`/v1/roadmaps/${await drafted()}/table-version`, body, 'ru-negotiator');
    expect(answer).toMatchObject({
      status: 409,
      body: { code: 'party-unknown', errors: [{ pointer: '/steps/0/responsible' }] },
    });
    const nowhere = '01960b3a-0000-7000-8000-00000000ffff';
    const draftOf = { dialogueId: scene.dialogueId, irritantIds: [scene.irritantId, nowhere] };
    expect(await api.create('/v1/roadmaps', draftOf, 'ru-negotiator')).toMatchObject({
      status: 409,
      body: { code: 'reference-unknown', errors: [{ pointer: '/irritantIds/1' }] },
    });
  });
});

const us = (path: string, body: Body = {}): Promise<Answer> =>
  api.act(`/v1/roadmaps/${path}`, body, 'us-negotiator');
const ru = (path: string, body: Body = {}): Promise<Answer> =>
  api.act(`/v1/roadmaps/${path}`, body, 'ru-negotiator');
async function tabling(steps: readonly Step[], over: Body = {}): Promise<Answer> {
  const texts = Object.fromEntries(steps.map((one) => [one.stepId, { en: 'Words.' }]));
  const body = { irritantIds: [scene.irritantId], steps, texts, ...over };
  return ru(`${await drafted()}/table-version`, body);
}
const assent = (tabled: Tabled): Body => ({ ...naming(tabled), adReferendum: false });

describeRefusals(() => api, 'roadmaps', {
  WORDS_REQUIRED: () => tabling([aStep()], { texts: undefined }),
  AUTHENTIC_WITHOUT_TEXT: () => tabling([aStep()], { authentic: ['ru'] }),
  COMMITMENT_WRONG: async () => {
    const { id } = await assertedBy(api, scene);
    const own = { commitmentId: id, obligor: 'RU', beneficiary: 'RU', mode: 'once' };
    return tabling([aStep()], { commitments: [own] });
  },
  VERSION_UNKNOWN: async () => {
    const body = { version: 1, contentHash: 'a'.repeat(64), adReferendum: false };
    return us(`${await drafted()}/assent`, body);
  },
  VERSION_SUPERSEDED: async () => {
    const first = await tabledWith(aStep());
    await table(api, first.id, [scene.irritantId], [aStep()]);
    return us(`${first.id}/assent`, assent(first));
  },
  TEXT_MISMATCH: async () => {
    const tabled = await tabledWith(aStep());
    return us(`${tabled.id}/assent`, { ...assent(tabled), contentHash: 'd'.repeat(64) });
  },
  NO_ASSENT: async () => {
    const tabled = await tabledWith(aStep());
    return us(`${tabled.id}/confirm-assent`, naming(tabled));
  },
  VERSION_AGREED: async () => us(`${await agreedWith(aStep())}/withdraw-assent`, { version: 1 }),
  OWN_WORD_STANDS: async () => {
    const { id, forRU } = await endorsedRoadmap();
    return api.act(`/v1/roadmaps/${id}/terminate`, forRU);
  },
  STEP_OF_ANOTHER_IRRITANT: async () => {
    const other = await made<{ id: string }>(api, 'irritants', 'ru-negotiator', raising(scene.dialogueId));
    return tabling([aStep({ irritantIds: [other.id] })]);
  },
  ROADMAP_TERMINATED: async () => {
    const step = aStep();
    const id = await agreedWith(step);
    await ru(`${id}/terminate`);
    return us(`${id}/steps/${step.stepId}/start`);
  },
  ROADMAP_NOT_AGREED: async () => {
    const step = aStep();
    return us(`${(await tabledWith(step)).id}/steps/${step.stepId}/start`);
  },
  STEP_UNKNOWN: async () => us(`${await agreedWith(aStep())}/steps/${aStep().stepId}/start`),
  STEP_TWICE: () => {
    const step = aStep();
    return tabling([step, step]);
  },
  STEPS_IN_A_CIRCLE: () => {
    const [one, other] = [aStep(), aStep()];
    return tabling([
      { ...one, after: [other.stepId] },
      { ...other, after: [one.stepId] },
    ]);
  },
  COUNTERPART_WRONG: () => {
    const step = aStep();
    return tabling([step, aStep({ counterpart: step.stepId })]);
  },
  STEP_WITHOUT_TEXT: () => tabling([aStep()], { texts: { preamble: { en: 'Words.' } } }),
  TEXT_WITHOUT_STEP: () => {
    const step = aStep();
    return tabling([step], { texts: { [step.stepId]: { en: 'a' }, [aStep().stepId]: { en: 'b' } } });
  },
  STEP_UNDER_WAY: async () => {
    const step = aStep();
    const id = await agreedWith(step);
    await us(`${id}/steps/${step.stepId}/start`);
    const handed = { ...step, responsible: 'RU' };
    const texts = { [step.stepId]: { en: 'Words.' } };
    return ru(`${id}/table-version`, { irritantIds: [scene.irritantId], steps: [handed], texts });
  },
  NOT_RESPONSIBLE: async () => {
    const step = aStep();
    return ru(`${await agreedWith(step)}/steps/${step.stepId}/start`);
  },
  OWN_STEP: async () => {
    const step = aStep();
    return us(`${await agreedWith(step)}/steps/${step.stepId}/waive`);
  },
  STEP_SETTLED: async () => {
    const step = aStep();
    const id = await agreedWith(step);
    await ru(`${id}/steps/${step.stepId}/waive`);
    return us(`${id}/steps/${step.stepId}/start`);
  },
  STEP_NOT_STARTED: async () => {
    const step = aStep();
    return us(`${await agreedWith(step)}/steps/${step.stepId}/report-done`);
  },
  STEP_NOT_REPORTED: async () => {
    const step = aStep();
    return ru(`${await agreedWith(step)}/steps/${step.stepId}/accept`);
  },
  STEP_BLOCKED: async () => {
    const step = aStep();
    const id = await agreedWith(step);
    await us(`${id}/steps/${step.stepId}/start`);
    await us(`${id}/steps/${step.stepId}/block`);
    return us(`${id}/steps/${step.stepId}/report-done`);
  },
  STEP_DEPENDS_ON_OTHERS: async () => {
    const first = aStep();
    const second = aStep({ after: [first.stepId] });
    const id = await agreedWith(first, second);
    await us(`${id}/steps/${second.stepId}/start`);
    await us(`${id}/steps/${second.stepId}/report-done`);
    return ru(`${id}/steps/${second.stepId}/accept`);
  },
});

type Made = { readonly id: string };
type Assented = Tabled & {
  readonly assents: readonly { readonly eventId: string }[];
  readonly agreed: { readonly assents: readonly { readonly party: string; readonly eventId: string }[] };
};

/** Kept by a secretariat: both sides are said to have assented to a roadmap over what RU is said to have raised. */
async function attributedRoadmap() {
  const { dialogueId, sources } = await openTalks(api);
  const by = (party: 'RU' | 'US') => ({ party, sources: [{ sourceId: sources[party] }] });
  const raised = { ...raising(dialogueId), ...by('RU') };
  const irritantId = (await made<Made>(api, 'irritants', 'secretariat', raised)).id;
  const irritantIds = [irritantId];
  const { id } = await made<Made>(api, 'roadmaps', 'secretariat', { dialogueId, irritantIds, ...by('RU') });
  const step = aStep();
  const tabled = await done<Tabled>(api, `roadmaps/${id}/table-version`, 'secretariat', {
    irritantIds,
    steps: [step],
    texts: { [step.stepId]: { en: 'Hands over the keys.' } },
    ...by('RU'),
    wording: [{ as: 'summary' }],
  });
  const assent = { ...naming(tabled), adReferendum: false };
  await done(api, `roadmaps/${id}/assent`, 'secretariat', { ...assent, ...by('RU') });
  const agreed = await done<Assented>(api, `roadmaps/${id}/assent`, 'secretariat', {
    ...assent,
    ...by('US'),
  });
  const assentOf = (party: string) => agreed.agreed.assents.find((one) => one.party === party)?.eventId;
  const shown = async () => {
    await api.settled();
    return (await api.get(`/v1/irritants/${irritantId}`)).body;
  };
  return { id, dialogueId, step, assent, assentOf, shown, forRU: by('RU') };
}

/** RU has endorsed its assent and has not joined. */
async function endorsedRoadmap() {
  const made = await attributedRoadmap();
  await done(api, `roadmaps/${made.id}/endorse`, 'ru-negotiator', { target: made.assentOf('RU') });
  return made;
}

describe('What was attributed', () => {
  it('agrees a roadmap by attribution, and directly once each side has endorsed its own assent', async () => {
    const { id, assentOf, shown } = await attributedRoadmap();
    expect(await shown()).toMatchObject({ stage: 'roadmap-agreed', basis: 'attributed' });
    await done(api, `roadmaps/${id}/endorse`, 'ru-negotiator', { target: assentOf('RU') });
    const agreed = await done(api, `roadmaps/${id}/endorse`, 'us-negotiator', { target: assentOf('US') });
    expect(agreed).toMatchObject({ status: 'agreed', agreed: { basis: 'direct' } });
  });

  it('agrees a roadmap once more, and directly, where each side assents itself', async () => {
    const { id, dialogueId, assent } = await attributedRoadmap();
    for (const side of ['RU', 'US'] as const) await join(api, dialogueId, side);
    await done(api, `roadmaps/${id}/assent`, 'ru-negotiator', assent);
    const agreed = await done(api, `roadmaps/${id}/assent`, 'us-negotiator', assent);
    expect(agreed).toMatchObject({ agreed: { basis: 'direct' } });
  });

  it('and is disavowed takes the agreement with it, and what was done under it, here and on the irritant', async () => {
    const { id, dialogueId, step, assentOf, shown } = await attributedRoadmap();
    await join(api, dialogueId, 'US');
    await done(api, `roadmaps/${id}/steps/${step.stepId}/start`, 'us-negotiator');
    expect(await shown()).toMatchObject({ stage: 'in-implementation' });
    const disavowal = { target: assentOf('RU'), ground: 'not-what-we-said' };
    const fallen = await done(api, `roadmaps/${id}/disavow`, 'ru-negotiator', disavowal);
    expect(fallen).toMatchObject({
      status: 'tabled',
      agreed: null,
      assents: [{ party: 'US' }],
      steps: [],
      formerSteps: [],
      awaiting: [{ what: 'assent', from: 'RU' }],
    });
    // What US is said to have answered to the version that RU tabled is left.
    expect(await shown()).toMatchObject({ stage: 'under-consultation' });
  });

  it('is not disavowed by a side that has acted on the agreement: it terminates that instead', async () => {
    const { id, dialogueId, step, assentOf } = await attributedRoadmap();
    await join(api, dialogueId, 'US');
    await done(api, `roadmaps/${id}/steps/${step.stepId}/start`, 'us-negotiator');
    const disavowal = { target: assentOf('US'), ground: 'not-what-we-said' };
    expect(await us(`${id}/disavow`, disavowal)).toMatchObject({ status: 409, body: { code: 'acted-upon' } });
    expect(await done(api, `roadmaps/${id}/terminate`, 'us-negotiator')).toMatchObject({
      status: 'terminated',
      agreed: { version: 1 },
      terminated: { by: ['US'] },
    });
  });
});

describe('What one side has said of a text', () => {
  it('is not retracted once the other side or an agreement relies on it', async () => {
    const id = await agreedWith(aStep());
    const events = await api.server.record.streams.events(`roadmap-${id}`);
    const reason = { en: 'Entered in error.' };
    const byRU = events.filter((one) => one.act.party === 'RU' && one.revision > 0);
    expect(byRU.map((one) => one.type)).toEqual(['RoadmapVersionTabled', 'RoadmapAssentGiven']);
    for (const { id: target } of byRU)
      expect(await ru(`${id}/retract`, { target, reason })).toMatchObject({
        status: 409,
        body: { code: 'relied-upon' },
      });
  });

  it('and is a waiver is not taken back: the other side has its release', async () => {
    const [step, other] = [aStep(), aStep()];
    const id = await agreedWith(step, other);
    await done(api, `roadmaps/${id}/steps/${step.stepId}/waive`, 'ru-negotiator');
    const events = await api.server.record.streams.events(`roadmap-${id}`);
    const target = events.find((one) => one.type === 'StepWaived')?.id;
    const retracting = await ru(`${id}/retract`, { target, reason: { en: 'Entered in error.' } });
    expect(retracting).toMatchObject({ status: 409, body: { code: 'relied-upon' } });
  });
});

describe('A roadmap over two irritants of which one is agreed on', () => {
  it('stands against the resolution of that one alone, and waits for its suspension alone', async () => {
    const other = await made<{ id: string }>(api, 'irritants', 'ru-negotiator', raising(scene.dialogueId));
    const step = aStep();
    const { id } = await draft(api, scene.dialogueId, [scene.irritantId, other.id]);
    await agree(api, 'roadmaps', await table(api, id, [scene.irritantId], [step]));
    await api.settled();
    type Proposed = Body & { resolutions: { resolutionId: string; termsHash: string }[] };
    const at = `irritants/${other.id}`;
    const { resolutions } = await done<Proposed>(api, `${at}/propose-resolution`, 'ru-negotiator', {
      terms: { en: 'Closed.' },
    });
    const { resolutionId, termsHash } = resolutions[0]!;
    await done(api, `${at}/suspend`, 'ru-negotiator');
    await done(api, `roadmaps/${id}/steps/${step.stepId}/start`, 'us-negotiator');
    await api.settled();
    expect(
      await done(api, `${at}/accept-resolution`, 'us-negotiator', { resolutionId, termsHash }),
    ).toMatchObject({ stage: 'resolved' });
  });
});
