import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Api } from '../support/api.js';
import type { Answer, Body, PrincipalName } from '../support/api.js';
import { coveredByBoth } from '../support/covering.js';
import { unreached } from '../support/reached.js';
import { describeRefusals } from '../support/refusing.js';
import { setScene } from '../support/scene.js';
import type { Scene } from '../support/scene.js';

let api: Api;
let scene: Scene;
const text = { en: 'The accounts are opened again.' };
const reason = { reason: { en: 'A reason.' } };
const mutual = { obligors: ['RU', 'US'], beneficiaries: ['RU', 'US'] };
const absent = '01960b3a-0000-7000-8000-00000000ffff';

beforeAll(async () => {
  api = await Api.start();
});
afterAll(() => api.stop());
beforeEach(async () => {
  scene = await setScene(api);
});

type View = Body & { readonly id: string };

/** Notes that one side, or both, say were exchanged. */
async function exchange(isCompleted = true): Promise<{ kind: 'exchange'; id: string }> {
  const { dialogueId } = scene;
  const { body } = await api.create<View>('/v1/exchanges', { dialogueId }, 'ru-negotiator');
  if (isCompleted) await api.act(`/v1/exchanges/${body.id}/report`, {}, 'us-negotiator');
  return { kind: 'exchange', id: body.id };
}

/** Notes that both sides exchanged about the irritant. */
async function covering(): Promise<{ kind: 'exchange'; id: string }> {
  const basis = await exchange();
  await coveredByBoth(api, basis.id, scene.irritantId);
  return basis;
}

async function undertake(over: Body = {}, as: PrincipalName = 'us-negotiator'): Promise<Answer<View>> {
  const body = {
    dialogueId: scene.dialogueId,
    obligors: ['US'],
    beneficiaries: ['RU'],
    mode: 'once',
    due: '2025-06-30',
    irritantIds: [scene.irritantId],
    text,
    ...over,
  };
  return api.create<View>('/v1/commitments', { basis: await exchange(), ...body }, as);
}

async function undertaken(over: Body = {}): Promise<string> {
  const { status, body } = await undertake(over);
  expect({ status, body }).toMatchObject({ status: 201, body: { status: 'open', breachOpen: false } });
  return body.id;
}

const ru = (id: string, command: string, body: Body = {}) =>
  api.act<View>(`/v1/commitments/${id}/${command}`, body, 'ru-negotiator');
const us = (id: string, command: string, body: Body = {}) =>
  api.act<View>(`/v1/commitments/${id}/${command}`, body, 'us-negotiator');

/** The act must be recorded; answers the new representation. */
async function taken(answer: Promise<Answer<View>>): Promise<View> {
  const { status, body } = await answer;
  expect({ status, body }).toMatchObject({ status: 200 });
  return body;
}

async function overlays(): Promise<unknown> {
  await api.settled();
  return (await api.get(`/v1/irritants/${scene.irritantId}`)).body['overlays'];
}
const types = (id: string) => api.types('commitments', id);

describe('A commitment', () => {
  it('is reported, disputed, reported anew, and discharged when the other side acknowledges it', async () => {
    const id = await undertaken();
    await taken(us(id, 'report-fulfilment', reason));
    const disputed = await taken(ru(id, 'dispute-fulfilment', reason));
    expect(disputed).toMatchObject({ status: 'disputed', awaiting: [] });
    const reported = await taken(us(id, 'report-fulfilment', { occurred: '2025-06-02' }));
    expect(reported).toMatchObject({
      status: 'fulfilment-reported',
      lastHeard: '2025-06-02',
      reports: [{ ...reason, state: 'disputed' }, { state: 'reported' }],
      awaiting: [{ what: 'answer-to-fulfilment', from: 'RU', since: '2025-06-02' }],
    });
    const end = await taken(ru(id, 'acknowledge-fulfilment', { occurred: '2025-06-05' }));
    expect(end).toMatchObject({
      status: 'discharged',
      text,
      conditions: null,
      discharged: { party: null, capacity: 'derived', occurred: { edtf: '2025-06-05' } },
      undertaken: { party: 'US', capacity: 'direct' },
      awaiting: [],
    });
    const recorded = [
      'CommitmentUndertaken',
      'FulfilmentReported',
      'FulfilmentDisputed',
      'FulfilmentReported',
      'FulfilmentAcknowledged',
      'CommitmentDischarged',
    ];
    expect(await types(id)).toEqual(recorded);
    await taken(ru(id, 'acknowledge-fulfilment'));
    await taken(us(id, 'report-fulfilment'));
    expect(await types(id)).toEqual(recorded);
  });

  it('becomes an instrument of the irritant that it names, and shows in its overview', async () => {
    const id = await undertaken();
    await api.settled();
    const { body } = await api.get(`/v1/irritants/${scene.irritantId}/overview`);
    expect(body).toMatchObject({
      instruments: [{ kind: 'commitment', id }],
      linked: [{ kind: 'commitment', id, status: 'open' }],
    });
  });

  it('is no longer discharged once its acknowledgement is retracted, until that is entered anew', async () => {
    const id = await undertaken();
    await taken(ru(id, 'allege-breach'));
    await taken(us(id, 'report-fulfilment'));
    await taken(ru(id, 'acknowledge-fulfilment'));
    expect(await overlays()).toEqual([]);
    const events = await api.server.record.world.events(`commitment-${id}`);
    const target = events.find((one) => one.type === 'FulfilmentAcknowledged')?.id;
    const retracted = await taken(ru(id, 'retract', { target, ...reason }));
    expect(retracted).toMatchObject({ status: 'fulfilment-reported', discharged: null, breachOpen: true });
    expect(await overlays()).toEqual(['breach-alleged']);
    expect(await taken(ru(id, 'acknowledge-fulfilment'))).toMatchObject({ status: 'discharged' });
    expect((await types(id)).slice(-3)).toEqual([
      'EventRetracted',
      'FulfilmentAcknowledged',
      'CommitmentDischarged',
    ]);
    expect(await overlays()).toEqual([]);
  });

  it('of both sides needs the word of both, and is undertaken by one of them in the name of both', async () => {
    const id = await undertaken({
      ...mutual,
      basis: await covering(),
      mode: 'conditional',
      conditions: text,
    });
    await taken(us(id, 'report-fulfilment'));
    expect(await taken(ru(id, 'acknowledge-fulfilment'))).toMatchObject({ status: 'open' });
    await taken(ru(id, 'report-fulfilment'));
    expect(await taken(us(id, 'acknowledge-fulfilment'))).toMatchObject({ status: 'discharged' });
  });

  it('that is owed all the time stays open, however often it is acknowledged', async () => {
    const id = await undertaken({ mode: 'continuous', due: undefined });
    for (const day of ['2025-05-01', '2025-06-01']) {
      await taken(us(id, 'report-fulfilment', { occurred: day }));
      expect(await taken(ru(id, 'acknowledge-fulfilment'))).toMatchObject({ status: 'open', due: null });
    }
    expect(await types(id)).not.toContain('CommitmentDischarged');
  });

  it('is extended when both sides name the same date', async () => {
    const id = await undertaken();
    expect(await taken(us(id, 'extend', { due: '2025-09-30' }))).toMatchObject({
      due: '2025-06-30',
      extensions: [{ due: '2025-09-30', byBoth: false, said: [{ party: 'US' }] }],
      awaiting: [{ what: 'answer-to-extension', from: 'RU' }],
    });
    expect(await taken(ru(id, 'extend', { due: '2025-09-30' }))).toMatchObject({
      due: '2025-09-30',
      originalDue: '2025-06-30',
      extensions: [{ byBoth: true, said: [{ party: 'US' }, { party: 'RU' }] }],
      awaiting: [],
    });
  });

  it('is waived by the side to which it is owed', async () => {
    const id = await undertaken();
    await taken(ru(id, 'allege-breach'));
    expect(await overlays()).toEqual(['breach-alleged']);
    expect(await taken(ru(id, 'waive', reason))).toMatchObject({
      status: 'waived',
      breachOpen: false,
      waivers: [{ party: 'RU', ...reason }],
      allegations: [{ state: 'dropped' }],
    });
    expect(await overlays()).toEqual([]);
    await taken(ru(id, 'waive', reason));
    expect(await types(id)).toEqual(['CommitmentUndertaken', 'BreachAlleged', 'CommitmentWaived']);
  });

  it('is listed by irritant, obligor, beneficiary, status and breach', async () => {
    const [open, breached] = [await undertaken(), await undertaken({ obligors: ['US'] })];
    await taken(ru(breached, 'allege-breach'));
    await api.settled();
    const listed = async (query: string) => {
      const path = `/v1/commitments?irritant=${scene.irritantId}&${query}`;
      const { body } = await api.get<{ items: View[] }>(path);
      return body.items.map((one) => one.id).toSorted();
    };
    const both = [open, breached].toSorted();
    expect(await listed('obligor=US')).toEqual(both);
    expect(await listed('obligor=RU')).toEqual([]);
    expect(await listed('beneficiary=RU&status=open')).toEqual(both);
    expect(await listed('beneficiary=US')).toEqual([]);
    expect(await listed('status=waived')).toEqual([]);
    expect(await listed('breach=true')).toEqual([breached]);
    expect(await listed('breach=false')).toEqual([open]);
  });
});

describe('A breach', () => {
  it('is alleged, answered and withdrawn, and the irritant says so meanwhile', async () => {
    const id = await undertaken();
    await taken(ru(id, 'allege-breach', reason));
    expect(await overlays()).toEqual(['breach-alleged']);
    expect(await taken(us(id, 'answer-breach', reason))).toMatchObject({
      breachOpen: true,
      allegations: [{ party: 'RU', state: 'answered', answers: [{ party: 'US', ...reason }] }],
    });
    expect(await overlays()).toEqual(['breach-alleged']);
    await taken(ru(id, 'withdraw-breach', reason));
    expect(await overlays()).toEqual([]);
    expect(await api.types('irritants', scene.irritantId)).toEqual([
      'IrritantRaised',
      'InstrumentLinked',
      'BreachNoted',
      'BreachCleared',
    ]);
  });

  it('that both sides allege is cleared only when both have withdrawn', async () => {
    const id = await undertaken({ ...mutual, basis: await covering() });
    await taken(ru(id, 'allege-breach'));
    await taken(us(id, 'allege-breach'));
    await taken(ru(id, 'withdraw-breach'));
    expect(await overlays()).toEqual(['breach-alleged']);
    await taken(us(id, 'withdraw-breach'));
    expect(await overlays()).toEqual([]);
  });

  it('is cleared as well when its allegation is retracted', async () => {
    const id = await undertaken();
    await taken(ru(id, 'allege-breach'));
    expect(await overlays()).toEqual(['breach-alleged']);
    const target = (await api.server.record.world.events(`commitment-${id}`)).at(-1)?.id;
    await taken(ru(id, 'retract', { target, ...reason }));
    expect(await overlays()).toEqual([]);
  });

  it('stands against the resolution of the irritant until it is withdrawn', async () => {
    const id = await undertaken();
    await taken(ru(id, 'allege-breach'));
    await api.settled();
    const at = `/v1/irritants/${scene.irritantId}`;
    const proposed = await api.act(`${at}/propose-resolution`, { terms: text }, 'ru-negotiator');
    const [terms] = proposed.body['resolutions'] as { resolutionId: string; termsHash: string }[];
    const { resolutionId, termsHash } = terms ?? {};
    const accept = () => api.act(`${at}/accept-resolution`, { resolutionId, termsHash }, 'us-negotiator');
    expect(await accept()).toMatchObject({ status: 409, body: { code: 'breach-open' } });
    await taken(ru(id, 'withdraw-breach'));
    await api.settled();
    expect(await accept()).toMatchObject({ status: 200, body: { stage: 'resolved' } });
    const resolved = (await api.server.record.world.events(`irritant-${scene.irritantId}`)).find(
      (one) => one.type === 'ResolutionAccepted',
    );
    expect(resolved?.data).toMatchObject({ checked: [{ stream: `commitment-${id}`, revision: 2 }] });
  });

  it('alleged after the resolution sets the overlay and leaves the stage', async () => {
    const id = await undertaken();
    await api.settled();
    await api.act(`/v1/irritants/${scene.irritantId}/withdraw`, {}, 'ru-negotiator');
    await taken(ru(id, 'allege-breach'));
    expect(await overlays()).toEqual(['breach-alleged']);
    const { body } = await api.get(`/v1/irritants/${scene.irritantId}`);
    expect(body).toMatchObject({ stage: 'withdrawn', flags: [] });
  });

  it('that the press reports is nobody’s allegation', async () => {
    const id = await undertaken();
    const said = (sourceId: string) =>
      api.act(`/v1/commitments/${id}/allege-breach`, { party: 'RU', sources: [{ sourceId }] });
    const press = await said(scene.sources.press);
    expect(press).toMatchObject({ status: 409, body: { code: 'source-not-issued-by-party' } });
    expect(await said(scene.sources.RU)).toMatchObject({ status: 200, body: { breachOpen: true } });
  });
});

const waived = async () => {
  const id = await undertaken();
  await taken(ru(id, 'waive'));
  return id;
};
const alleged = async () => {
  const id = await undertaken();
  await taken(ru(id, 'allege-breach'));
  return id;
};

describeRefusals(() => api, 'commitments', {
  NOT_AN_OBLIGOR: [
    () => undertake({}, 'ru-negotiator'),
    async () => ru(await undertaken(), 'report-fulfilment'),
    async () => ru(await alleged(), 'answer-breach'),
  ],
  NO_OTHER_BENEFICIARY: [() => undertake({ beneficiaries: ['US'] })],
  BASIS_NOT_JOINT: [
    async () => undertake({ ...mutual, basis: await exchange(false) }),
    async () => undertake({ ...mutual, basis: await exchange() }),
    async () => {
      const basis = await covering();
      await api.act(`/v1/exchanges/${basis.id}/terminate`, {}, 'us-negotiator');
      return undertake({ ...mutual, basis });
    },
  ],
  CONDITIONS_REQUIRED: [() => undertake({ mode: 'conditional' })],
  CONDITIONS_UNEXPECTED: [() => undertake({ conditions: text })],
  IRRITANT_SUSPENDED: [
    async () => {
      await api.settled();
      await api.act(`/v1/irritants/${scene.irritantId}/suspend`, {}, 'ru-negotiator');
      return undertake();
    },
  ],
  NOT_A_BENEFICIARY: ['acknowledge-fulfilment', 'dispute-fulfilment', 'allege-breach', 'waive'].map(
    (command) => async () => us(await undertaken(), command),
  ),
  NOTHING_REPORTED: ['acknowledge-fulfilment', 'dispute-fulfilment'].map(
    (command) => async () => ru(await undertaken(), command),
  ),
  NO_BREACH_ALLEGED: [
    async () => us(await undertaken(), 'answer-breach'),
    async () => ru(await undertaken(), 'withdraw-breach'),
  ],
  NOT_YOUR_ALLEGATION: [async () => us(await alleged(), 'withdraw-breach')],
  COMMITMENT_ENDED: [
    ...['report-fulfilment', 'answer-breach'].map((command) => async () => us(await waived(), command)),
    ...['acknowledge-fulfilment', 'dispute-fulfilment', 'allege-breach', 'withdraw-breach'].map(
      (command) => async () => ru(await waived(), command),
    ),
    async () => ru(await waived(), 'extend', { due: '2026-01-31' }),
  ],
});

describe('A commitment in a suspended dialogue, or on something that is not there', () => {
  it('is undertaken all the same, for a suspension refuses new rounds and irritants only', async () => {
    await api.act(`/v1/dialogues/${scene.dialogueId}/suspend`, {}, 'ru-negotiator');
    expect(await undertake()).toMatchObject({ status: 201 });
  });

  it('is refused where its basis or its irritant does not exist, or belongs to another dialogue', async () => {
    const other = await setScene(api);
    const unknown = { status: 409, body: { code: 'reference-unknown' } };
    const elsewhere = { status: 409, body: { code: 'reference-elsewhere' } };
    expect(await undertake({ basis: { kind: 'exchange', id: absent } })).toMatchObject(unknown);
    expect(await undertake({ irritantIds: [scene.irritantId, absent] })).toMatchObject(unknown);
    expect(await undertake({ irritantIds: [other.irritantId] })).toMatchObject(elsewhere);
  });
});

describe('The acts above', () => {
  it('reach every event type of commitments', async () => {
    expect(await unreached(api, 'commitments')).toEqual([]);
  });
});
