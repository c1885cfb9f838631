import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { recordedOfNobody } from './irritant-acts.js';
import { Api } from '../support/api.js';
import type { Answer, Body, PrincipalName } from '../support/api.js';
import { made } from '../support/acting.js';
import { agree } from '../support/roadmap.js';
import type { Tabled } from '../support/roadmap.js';
import { unreached } from '../support/reached.js';
import { describeRefusals } from '../support/refusing.js';
import { join, openTalks, raising, setScene } from '../support/scene.js';
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

interface View extends Body {
  readonly id: string;
  readonly allegations: readonly { readonly breachId: string }[];
}

/** Notes that both sides say were exchanged. */
async function exchange(): Promise<{ kind: 'exchange'; id: string }> {
  const { dialogueId } = scene;
  const { body } = await api.create<View>('/v1/exchanges', { dialogueId }, 'ru-negotiator');
  await api.act(`/v1/exchanges/${body.id}/report`, {}, 'us-negotiator');
  return { kind: 'exchange', id: body.id };
}

const asserting = (over: Body = {}): Body => ({
  dialogueId: scene.dialogueId,
  obligors: ['US'],
  beneficiaries: ['RU'],
  mode: 'once',
  due: '2025-06-30',
  irritantIds: [scene.irritantId],
  text,
  ...over,
});

const assert = (over: Body = {}, as: PrincipalName = 'ru-registrar'): Promise<Answer<View>> =>
  api.create<View>('/v1/commitments', asserting(over), as);

/** What one side asserts that somebody should owe. */
async function asserted(over: Body = {}, as: PrincipalName = 'ru-registrar'): Promise<string> {
  const { status, body } = await assert(over, as);
  expect({ status, body }).toMatchObject({ status: 201, body: { status: 'asserted', inForceFor: [] } });
  return body.id;
}

/** Asserted by RU, and undertaken by the US. */
async function undertaken(over: Body = {}): Promise<string> {
  const id = await asserted(over);
  const body = await taken(us(id, 'undertake'));
  expect(body).toMatchObject({ status: 'open', breachOpen: false, inForceFor: ['US'] });
  return id;
}

const ru = (id: string, command: string, body: Body = {}) =>
  api.act<View>(`/v1/commitments/${id}/${command}`, body, 'ru-negotiator');
const us = (id: string, command: string, body: Body = {}) =>
  api.act<View>(`/v1/commitments/${id}/${command}`, body, 'us-negotiator');

/** The id of the breach that the side alleges. */
async function alleges(side: typeof ru, id: string, body: Body = {}): Promise<string> {
  return (await taken(side(id, 'allege-breach', body))).allegations.at(-1)?.breachId ?? '';
}

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
  it('is asserted by either side, and in force for an obligor by its own word alone', async () => {
    const id = await asserted({ obligors: ['RU', 'US'], beneficiaries: ['RU', 'US'] });
    expect(await taken(us(id, 'undertake', { statement: text }))).toMatchObject({
      inForceFor: ['US'],
      assertedFor: ['RU'],
      asserted: { party: 'RU', capacity: 'direct' },
      undertakings: [{ party: 'US', capacity: 'direct', statement: text }],
      basis: null,
    });
    const refused = { status: 409, body: { code: 'not-in-force' } };
    expect(await us(id, 'allege-breach')).toMatchObject(refused);
    expect(await ru(id, 'report-fulfilment')).toMatchObject(refused);
    await taken(ru(id, 'undertake'));
    expect(await alleges(us, id)).not.toBe('');
  });

  it('is undertaken by nobody but a negotiator, and asserted by a registrar too', async () => {
    const id = await asserted();
    const registrar = await api.act(`/v1/commitments/${id}/undertake`, {}, 'us-registrar');
    expect(registrar).toMatchObject({ status: 403 });
    const inName = await api.act(
      `/v1/commitments/${id}/undertake`,
      { party: 'US', sources: [{ sourceId: scene.sources.US }], wording: [{ as: 'summary' }] },
      'secretariat',
    );
    expect(inName).toMatchObject({ status: 409, body: { code: 'party-speaks-for-itself' } });
  });

  it('is sealed: whoever undertook it relies on its words', async () => {
    const id = await undertaken();
    const [first] = await api.server.record.streams.events(`commitment-${id}`);
    const correction = { target: first?.id, content: { text: { en: 'Something else.' } } };
    const corrected = await api.act(`/v1/commitments/${id}/correct`, correction, 'ru-registrar');
    expect(corrected).toMatchObject({ status: 409, body: { code: 'content-sealed' } });
  });

  it('that was undertaken is not taken back by its obligor alone', async () => {
    const id = await undertaken();
    const target = (await api.server.record.streams.events(`commitment-${id}`)).at(-1)?.id;
    const retracted = await us(id, 'retract', { target, ...reason });
    expect(retracted).toMatchObject({ status: 409, body: { code: 'relied-upon' } });
    expect(retracted.body['detail']).toContain('waive');
  });

  it('is reported, disputed, reported anew, and discharged when the other side acknowledges it', async () => {
    const id = await undertaken();
    await taken(us(id, 'report-fulfilment', reason));
    const disputed = await taken(ru(id, 'dispute-fulfilment', reason));
    expect(disputed).toMatchObject({ status: 'disputed', awaiting: [] });
    const reported = await taken(us(id, 'report-fulfilment', { occurred: '2025-06-02' }));
    expect(reported).toMatchObject({
      status: 'fulfilment-reported',
      lastHeard: '2025-06-02',
      inForceFor: ['US'],
      reports: [{ ...reason, state: 'disputed' }, { state: 'reported' }],
      awaiting: [{ what: 'answer-to-fulfilment', from: 'RU', since: '2025-06-02' }],
    });
    const end = await taken(ru(id, 'acknowledge-fulfilment', { occurred: '2025-06-05' }));
    expect(end).toMatchObject({
      status: 'discharged',
      text,
      conditions: null,
      discharged: { party: null, capacity: 'derived', occurred: { edtf: '2025-06-05' } },
      undertakings: [{ party: 'US', capacity: 'direct' }],
      awaiting: [],
    });
    const recorded = [
      'CommitmentAsserted',
      'CommitmentUndertaken',
      'FulfilmentReported',
      'FulfilmentDisputed',
      'FulfilmentReported',
      'FulfilmentAcknowledged',
      'CommitmentDischarged',
    ];
    expect(await types(id)).toEqual(recorded);
    await taken(ru(id, 'acknowledge-fulfilment', { occurred: '2025-06-05' }));
    await taken(us(id, 'report-fulfilment', { occurred: '2025-06-02' }));
    expect(await types(id)).toEqual(recorded);
    expect(await ru(id, 'acknowledge-fulfilment', reason)).toMatchObject({
      status: 409,
      body: { code: 'already-said' },
    });
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

  it('stays discharged: nobody takes an acknowledgement back, for the discharge relies on it', async () => {
    const id = await undertaken();
    await taken(ru(id, 'allege-breach'));
    await taken(us(id, 'report-fulfilment'));
    expect(await taken(ru(id, 'acknowledge-fulfilment'))).toMatchObject({ status: 'discharged' });
    expect(await overlays()).toEqual([]);
    const events = await api.server.record.streams.events(`commitment-${id}`);
    const target = events.find((one) => one.type === 'FulfilmentAcknowledged')?.id;
    expect(await ru(id, 'retract', { target, ...reason })).toMatchObject({
      status: 409,
      body: { code: 'relied-upon' },
    });
  });

  it('of both sides needs the word of both, and is undertaken by each for itself', async () => {
    const id = await undertaken({
      ...mutual,
      basis: await exchange(),
      mode: 'conditional',
      conditions: text,
    });
    await taken(us(id, 'report-fulfilment'));
    expect(await taken(ru(id, 'acknowledge-fulfilment'))).toMatchObject({ status: 'open' });
    await taken(ru(id, 'undertake'));
    await taken(ru(id, 'report-fulfilment'));
    expect(await taken(us(id, 'acknowledge-fulfilment'))).toMatchObject({ status: 'discharged' });
  });

  it('moves the stage by its report alone only under what both sides agreed', async () => {
    const stage = async () => {
      await api.settled();
      return (await api.get(`/v1/irritants/${scene.irritantId}`)).body['stage'];
    };
    const basis = await exchange();
    const alone = await undertaken();
    await taken(us(alone, 'report-fulfilment', reason));
    const onNotes = await undertaken({ basis });
    await api.act(
      `/v1/exchanges/${basis.id}/assert-coverage`,
      { irritantId: scene.irritantId },
      'us-negotiator',
    );
    expect((await taken(us(onNotes, 'report-fulfilment', reason)))['reports']).toMatchObject([
      { state: 'reported' },
    ]);
    expect(await stage()).toBe('raised');
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
    expect(await types(id)).toEqual([
      'CommitmentAsserted',
      'CommitmentUndertaken',
      'BreachAlleged',
      'CommitmentWaived',
    ]);
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
    expect(await listed('status=asserted')).toEqual([]);
    expect(await listed('beneficiary=RU&status=open')).toEqual(both);
    expect(await listed('beneficiary=US')).toEqual([]);
    expect(await listed('status=waived')).toEqual([]);
    expect(await listed('breach=true')).toEqual([breached]);
    expect(await listed('breach=false')).toEqual([open]);
  });
});

describe('A breach', () => {
  it('is alleged, answered and withdrawn by its id, and the irritant says so meanwhile', async () => {
    const id = await undertaken();
    const breachId = await alleges(ru, id, reason);
    expect(await overlays()).toEqual(['breach-alleged']);
    expect(await taken(us(id, `breaches/${breachId}/answer`, reason))).toMatchObject({
      breachOpen: true,
      allegations: [{ breachId, party: 'RU', state: 'answered', answers: [{ party: 'US', ...reason }] }],
    });
    expect(await overlays()).toEqual(['breach-alleged']);
    await taken(ru(id, `breaches/${breachId}/withdraw`, reason));
    expect(await overlays()).toEqual([]);
    expect(await api.types('irritants', scene.irritantId)).toEqual([
      'IrritantRaised',
      'InstrumentLinked',
      'BreachNoted',
      'BreachCleared',
    ]);
  });

  it('is an allegation of its own: another one is recorded, and the same one said twice is not', async () => {
    const id = await undertaken();
    const first = await alleges(ru, id);
    expect(await alleges(ru, id)).toBe(first);
    const second = await alleges(ru, id, reason);
    await taken(ru(id, `breaches/${first}/withdraw`));
    expect(await overlays()).toEqual(['breach-alleged']);
    await taken(ru(id, `breaches/${second}/withdraw`));
    expect(await overlays()).toEqual([]);
    const third = await alleges(ru, id, reason);
    expect([first, second]).not.toContain(third);
    expect(await overlays()).toEqual(['breach-alleged']);
  });

  it('that both sides allege is cleared only when both have withdrawn', async () => {
    const id = await undertaken(mutual);
    await taken(ru(id, 'undertake'));
    const [one, other] = [await alleges(ru, id), await alleges(us, id)];
    await taken(ru(id, `breaches/${one}/withdraw`));
    expect(await overlays()).toEqual(['breach-alleged']);
    await taken(us(id, `breaches/${other}/withdraw`));
    expect(await overlays()).toEqual([]);
  });

  it('is taken back by its withdrawal alone, once the irritant says that it is alleged', async () => {
    const id = await undertaken();
    await alleges(ru, id);
    expect(await overlays()).toEqual(['breach-alleged']);
    const target = (await api.server.record.streams.events(`commitment-${id}`)).at(-1)?.id;
    const retracted = await ru(id, 'retract', { target, ...reason });
    expect(retracted).toMatchObject({ status: 409, body: { code: 'relied-upon' } });
    expect(retracted.body['detail']).toContain('withdraw the allegation');
  });

  it('stands against the resolution of the irritant until it is withdrawn', async () => {
    const id = await undertaken();
    const breachId = await alleges(ru, id);
    await api.settled();
    const at = `/v1/irritants/${scene.irritantId}`;
    const proposed = await api.act(`${at}/propose-resolution`, { terms: text }, 'ru-negotiator');
    const [terms] = proposed.body['resolutions'] as { resolutionId: string; termsHash: string }[];
    const { resolutionId, termsHash } = terms ?? {};
    const accept = () => api.act(`${at}/accept-resolution`, { resolutionId, termsHash }, 'us-negotiator');
    expect(await accept()).toMatchObject({ status: 409, body: { code: 'breach-open' } });
    await taken(ru(id, `breaches/${breachId}/withdraw`));
    await api.settled();
    expect(await accept()).toMatchObject({ status: 200, body: { stage: 'resolved' } });
    const resolved = (await api.server.record.streams.events(`irritant-${scene.irritantId}`)).find(
      (one) => one.type === 'ResolutionAccepted',
    );
    expect(resolved?.data).toMatchObject({ checked: [{ stream: `commitment-${id}`, revision: 3 }] });
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

  it('of what was only recorded in the name of a party falls with the word that this party disavows', async () => {
    const { dialogueId, sources } = await openTalks(api);
    await join(api, dialogueId, 'RU');
    const raised = await api.create<View>('/v1/irritants', raising(dialogueId), 'ru-registrar');
    const id = await asserted({ dialogueId, irritantIds: [raised.body.id] });
    const said = (sourceId: string) =>
      api.act<View>(`/v1/commitments/${id}/undertake`, { party: 'US', sources: [{ sourceId }] });
    const press = await said(sources.press);
    expect(press).toMatchObject({ status: 409, body: { code: 'source-not-issued-by-party' } });
    expect(await taken(said(sources.US))).toMatchObject({
      inForceFor: ['US'],
      undertakings: [{ party: 'US', capacity: 'attributed' }],
    });
    await alleges(ru, id);
    await join(api, dialogueId, 'US');
    const target = (await api.server.record.streams.events(`commitment-${id}`)).find(
      (one) => one.type === 'CommitmentUndertaken',
    )?.id;
    expect(await taken(us(id, 'disavow', { target, ground: 'not-what-we-said' }))).toMatchObject({
      status: 'asserted',
      inForceFor: [],
      breachOpen: false,
      allegations: [],
    });
    await api.settled();
    const irritant = await api.get(`/v1/irritants/${raised.body.id}`);
    expect(irritant.body['overlays']).toEqual([]);
  });
});

const waived = async () => {
  const id = await undertaken();
  await taken(ru(id, 'waive'));
  return id;
};
const withdrawn = async () => {
  const id = await undertaken();
  const breachId = await alleges(ru, id);
  await taken(ru(id, `breaches/${breachId}/withdraw`));
  return { id, breachId };
};

describeRefusals(
  () => api,
  'commitments',
  {
    NOT_AN_OBLIGOR: [
      async () => ru(await asserted(), 'undertake'),
      async () => ru(await undertaken(), 'report-fulfilment'),
    ],
    NO_OTHER_BENEFICIARY: [() => assert({ beneficiaries: ['US'] })],
    NOT_IN_FORCE: [
      async () => us(await asserted(), 'report-fulfilment'),
      async () => ru(await asserted(), 'allege-breach'),
    ],
    CONDITIONS_REQUIRED: [() => assert({ mode: 'conditional' })],
    CONDITIONS_UNEXPECTED: [() => assert({ conditions: text })],
    NOT_A_BENEFICIARY: ['acknowledge-fulfilment', 'dispute-fulfilment', 'allege-breach', 'waive'].map(
      (command) => async () => us(await undertaken(), command),
    ),
    NOTHING_REPORTED: ['acknowledge-fulfilment', 'dispute-fulfilment'].map(
      (command) => async () => ru(await undertaken(), command),
    ),
    BREACH_UNKNOWN: [
      async () => us(await undertaken(), `breaches/${absent}/answer`),
      async () => ru(await undertaken(), `breaches/${absent}/withdraw`),
    ],
    BREACH_CLOSED: [
      async () => {
        const { id, breachId } = await withdrawn();
        return us(id, `breaches/${breachId}/answer`);
      },
      async () => {
        const id = await undertaken();
        const breachId = await alleges(ru, id);
        await taken(ru(id, 'waive'));
        return ru(id, `breaches/${breachId}/withdraw`);
      },
    ],
    OWN_ALLEGATION: [
      async () => {
        const id = await undertaken();
        return ru(id, `breaches/${await alleges(ru, id)}/answer`);
      },
    ],
    NOT_YOUR_ALLEGATION: [
      async () => {
        const id = await undertaken();
        return us(id, `breaches/${await alleges(ru, id)}/withdraw`);
      },
    ],
    COMMITMENT_ENDED: [
      async () => us(await waived(), 'report-fulfilment'),
      async () => {
        const id = await asserted();
        await taken(ru(id, 'waive'));
        return us(id, 'undertake');
      },
      ...['acknowledge-fulfilment', 'dispute-fulfilment', 'allege-breach'].map(
        (command) => async () => ru(await waived(), command),
      ),
      async () => ru(await waived(), 'extend', { due: '2026-01-31' }),
    ],
    REPORT_UNKNOWN: async () => ru(await undertaken(), 'acknowledge-fulfilment', { reportId: absent }),
    SEVERAL_REPORTS: async () => {
      const id = await undertaken({ mode: 'continuous' });
      await taken(us(id, 'report-fulfilment'));
      await taken(us(id, 'report-fulfilment', reason));
      return ru(id, 'dispute-fulfilment');
    },
    IN_FORCE: async () => us(await undertaken(), 'decline'),
    OWN_ASSERTION: async () => us(await asserted({}, 'us-registrar'), 'decline'),
    OWN_WORD_STANDS: async () => {
      const { dialogueId, sources } = await openTalks(api);
      const raised = await recordedOfNobody(api, { dialogueId, sources });
      const forUs = { party: 'US', sources: [{ sourceId: sources.US }] };
      const id = (
        await api.create<View>('/v1/commitments', {
          ...asserting({ dialogueId, irritantIds: [raised.body.id] }),
          party: 'RU',
          wording: [{ as: 'summary' }],
          sources: [{ sourceId: sources.RU }],
        })
      ).body.id;
      await taken(api.act<View>(`/v1/commitments/${id}/decline`, forUs));
      const target = (await api.server.record.streams.events(`commitment-${id}`)).at(-1)?.id;
      await taken(us(id, 'endorse', { target }));
      return api.act(`/v1/commitments/${id}/undertake`, forUs);
    },
  },
  ['TERMS_DIFFER'],
);

describe('A commitment while the talks are suspended, or on something that is not there', () => {
  it('is asserted and undertaken all the same, for a suspension refuses nothing', async () => {
    await api.act(`/v1/irritants/${scene.irritantId}/suspend`, {}, 'ru-negotiator');
    await api.act(`/v1/dialogues/${scene.dialogueId}/suspend`, {}, 'ru-negotiator');
    expect(await undertaken()).not.toBe('');
  });

  it('is refused where its basis or its irritant does not exist, or belongs to another dialogue', async () => {
    const other = await setScene(api);
    const unknown = { status: 409, body: { code: 'reference-unknown' } };
    const elsewhere = { status: 409, body: { code: 'reference-elsewhere' } };
    expect(await assert({ basis: { kind: 'exchange', id: absent } })).toMatchObject(unknown);
    expect(await assert({ irritantIds: [scene.irritantId, absent] })).toMatchObject(unknown);
    expect(await assert({ irritantIds: [other.irritantId] })).toMatchObject(elsewhere);
  });
});

describe('What a text says of a commitment', () => {
  it('is in force by it until it is terminated, and a text that says otherwise puts nothing in force', async () => {
    const id = await asserted();
    await taken(us(id, 'decline'));
    const named = { commitmentId: id, obligor: 'US', beneficiary: 'RU', mode: 'once' };
    const agreedOn = async (due: string) => {
      const tabled = await made<Tabled>(api, 'proposals', 'ru-negotiator', {
        dialogueId: scene.dialogueId,
        form: 'proposal',
        irritantIds: [scene.irritantId],
        texts: text,
        commitments: [{ ...named, due }],
      });
      return agree(api, 'proposals', tabled);
    };
    const first = await agreedOn('2025-06-30');
    await agreedOn('2025-07-31');
    await api.settled();
    await api.act(`/v1/proposals/${first.id}/terminate`, {}, 'us-negotiator');
    await api.settled();
    expect((await api.get(`/v1/commitments/${id}`)).body).toMatchObject({
      status: 'asserted',
      inForceFor: [],
      flags: [{ code: 'terms-differ' }],
    });
  });
});

describe('The acts above', () => {
  it('reach every event type of commitments', async () => {
    expect(await unreached(api, 'commitments')).toEqual([]);
  });
});
