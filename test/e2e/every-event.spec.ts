import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { amendmentEvents } from '../../src/platform/record/amendment-events.js';
import { recoverKey } from '../../src/platform/access/key-recovery.js';
import { slices } from '../../src/slices.js';
import { made } from '../support/acting.js';
import { Api } from '../support/api.js';
import type { Body, PrincipalName } from '../support/api.js';
import { allegedBreach } from '../support/breach.js';
import { unreached } from '../support/reached.js';
import { agreedRoadmap } from '../support/roadmap.js';
import { join, openTalks, raising, setScene } from '../support/scene.js';
import type { Scene } from '../support/scene.js';
import { inTheNameOf } from '../support/sides.js';
import { everyAssetAct } from './asset-acts.js';
import { everyKeyAct } from './key-acts.js';
import { everyLinkageAct } from './linkage-acts.js';
import { LinkedMatters } from './linked-matters.js';

let api: Api;
let scene: Scene;
const reason = { reason: { en: 'A reason.' } };
const text = { en: 'Words.' };
const summary = [{ as: 'summary' }];

beforeAll(async () => {
  api = await Api.start();
  scene = await setScene(api);
});
afterAll(() => api.stop());

type View = Body & {
  readonly id: string;
  readonly stage: string;
  readonly claims: { claimId: string; state: string }[];
};

/** One act that must be recorded; answers the new representation. */
async function act(path: string, as: PrincipalName, body: Body = {}): Promise<View> {
  const answer = await api.act<View>(`/v1/${path}`, body, as);
  expect({ path, status: answer.status, detail: answer.status === 200 ? undefined : answer.body }).toEqual({
    path,
    status: 200,
    detail: undefined,
  });
  return answer.body;
}
async function newIrritant(over: Body = {}): Promise<string> {
  const body = { ...raising(scene.dialogueId), ...over };
  return (await api.create<{ id: string }>('/v1/irritants', body, 'ru-negotiator')).body.id;
}
const irritant = async (id: string): Promise<View> => {
  await api.settled();
  return (await api.get<View>(`/v1/irritants/${id}`)).body;
};

describe('A dialogue', () => {
  it('is suspended and resumed by a side, and gets claims with their answers, aliases, third parties and commentary', async () => {
    const at = `dialogues/${scene.dialogueId}`;
    await act(`${at}/suspend`, 'us-negotiator', reason);
    // It refuses nothing: it is shown.
    expect(await newIrritant()).toBeDefined();
    expect((await api.get(`/v1/${at}`)).body).toMatchObject({ suspensions: [{ party: 'US' }] });
    const { dialogueId } = scene;
    const round = await made(api, 'rounds', 'ru-registrar', { dialogueId });
    await api.settled();
    expect((await api.get(`/v1/rounds/${String(round['id'])}/comparison`)).body).toMatchObject({
      scheduledDuring: [{ party: 'US' }],
    });
    await act(`${at}/resume`, 'us-negotiator');
    await act(`${at}/name-party`, 'us-negotiator', { name: { en: 'As we call ourselves' } });
    await act(`${at}/record-party-alias`, 'secretariat', { party: 'RU', alias: 'Russian Federation' });
    const claimId = async () =>
      (await act(`${at}/claim`, 'ru-registrar', { kind: 'other', text })).claims.at(-1)?.claimId;
    await act(`${at}/claims/${await claimId()}/confirm`, 'us-negotiator', { mode: 'same-text' });
    await act(`${at}/claims/${await claimId()}/deny`, 'us-negotiator', { text });
    await act(`${at}/claims/${await claimId()}/withdraw`, 'ru-negotiator', reason);
    const sources = [{ sourceId: scene.sources.press }];
    const role = { thirdParty: 'TR', role: 'host', text, sources };
    await act(`${at}/assert-third-party-role`, 'secretariat', { ...role, wording: summary });
    await act(`${at}/record-commentary`, 'secretariat', { quote: text, sources, wording: summary });
    expect(await api.types('dialogues', scene.dialogueId)).toEqual([
      'DialogueOpened',
      'PartyJoined',
      'PartyJoined',
      'DialogueSuspended',
      'DialogueResumed',
      'PartyNamed',
      'PartyAliasRecorded',
      'DialogueUnderstandingClaimed',
      'DialogueUnderstandingConfirmed',
      'DialogueUnderstandingClaimed',
      'DialogueUnderstandingDenied',
      'DialogueUnderstandingClaimed',
      'DialogueUnderstandingClaimWithdrawn',
      'ThirdPartyRoleAsserted',
      'CommentaryRecorded',
    ]);
  });
});

describe('Who keeps a dialogue', () => {
  it('is a party alone until a secretariat enters it, which its own stream says', async () => {
    const opened = {
      parties: ['RU', 'US'],
      keyPrefix: `E${scene.key.split('-')[0]?.slice(0, 9)}`,
      name: text,
    };
    const { body } = await api.create<{ id: string }>('/v1/dialogues', opened, 'ru-negotiator');
    expect(body).toMatchObject({ kept: { by: 'one', party: 'RU' } });
    await api.create('/v1/sources', {
      dialogueId: body.id,
      ...{ kind: 'press', issuers: [], lang: 'en', held: false, title: 'A paper', citation: 'A paper' },
    });
    expect((await api.get(`/v1/dialogues/${body.id}`)).body).toMatchObject({ kept: { by: 'secretariat' } });
    expect(await api.types('dialogues', body.id)).toEqual([
      'DialogueOpened',
      'PartyJoined',
      'SecretariatEntered',
    ]);
  });
});

describe('An irritant', () => {
  it('is named by each side, whose title the other accepts, and reviewed by both', async () => {
    const id = await newIrritant();
    const at = `irritants/${id}`;
    await act(`${at}/designate`, 'us-registrar', { name: text });
    await act(`${at}/accept-title`, 'us-registrar');
    await act(`${at}/acknowledge`, 'us-negotiator');
    await act(`${at}/open-stage-review`, 'us-negotiator', { stage: 'raised', ...reason });
    await act(`${at}/conclude-stage-review`, 'us-negotiator', { stage: 'raised' });
    expect(await act(`${at}/conclude-stage-review`, 'ru-negotiator', { stage: 'raised' })).toMatchObject({
      stage: 'raised',
      review: null,
    });
  });

  it('reaches an agreement by a claim that the other side confirms, in principle and as the same text', async () => {
    const id = await newIrritant();
    const at = `irritants/${id}`;
    const agreed = async (kind: string, mode: string) => {
      const claimed = await act(`${at}/claim`, 'ru-registrar', { kind, text });
      const claimId = claimed.claims.at(-1)?.claimId;
      return act(`${at}/claims/${claimId}/confirm`, 'us-negotiator', { mode });
    };
    expect(await agreed('agreement-in-principle', 'same-text')).toMatchObject({
      stage: 'agreed-in-principle',
    });
    expect(await agreed('agreement', 'same-text')).toMatchObject({ stage: 'agreed' });
    await act(`${at}/withdraw`, 'ru-negotiator', reason);
    expect(await act(`${at}/accept-withdrawal`, 'us-negotiator')).toMatchObject({ stage: 'withdrawn' });
  });

  it('is resolved when one side accepts the terms of the other', async () => {
    const id = await newIrritant();
    const at = `irritants/${id}`;
    await act(`${at}/contest`, 'us-registrar', { statement: text });
    await act(`${at}/state-position`, 'ru-registrar', { stance: 'seeks-action', text });
    const claimed = await act(`${at}/claim`, 'ru-registrar', { kind: 'roadmap-to-be-developed', text });
    const claimId = claimed.claims[0]?.claimId;
    await act(`${at}/claims/${claimId}/deny`, 'us-negotiator');
    const confirmed = await act(`${at}/claims/${claimId}/confirm`, 'us-negotiator', {
      mode: 'own-words',
      text,
    });
    expect(confirmed).toMatchObject({ stage: 'roadmap-in-principle', basis: 'direct' });
    const again = await act(`${at}/claim`, 'us-registrar', { kind: 'agreement', text });
    await act(`${at}/claims/${again.claims[1]?.claimId}/withdraw`, 'us-negotiator', reason);
    await act(`${at}/report-partial-resolution`, 'us-registrar', { text });
    await act(`${at}/suspend`, 'us-negotiator', reason);
    await act(`${at}/resume`, 'us-negotiator');
    type Proposed = View & { resolutions: { resolutionId: string; termsHash: string }[] };
    const propose = async () =>
      ((await act(`${at}/propose-resolution`, 'ru-negotiator', { terms: text })) as Proposed).resolutions.at(
        -1,
      );
    await act(`${at}/reject-resolution`, 'us-negotiator', { resolutionId: (await propose())?.resolutionId });
    await act(`${at}/withdraw-resolution-proposal`, 'ru-negotiator', {
      resolutionId: (await propose())?.resolutionId,
    });
    const { resolutionId, termsHash } = (await propose()) ?? {};
    const resolved = await act(`${at}/accept-resolution`, 'us-negotiator', { resolutionId, termsHash });
    expect(resolved).toMatchObject({ stage: 'resolved', basis: 'direct', awaiting: [] });
  });

  it('is co-raised, withdrawn by both, and reopened', async () => {
    const id = await newIrritant();
    const at = `irritants/${id}`;
    await act(`${at}/co-raise`, 'us-registrar', { statement: text });
    await act(`${at}/withdraw`, 'ru-negotiator', reason);
    expect(await irritant(id)).toMatchObject({
      stage: 'raised',
      awaiting: expect.arrayContaining([expect.objectContaining({ what: 'withdrawal', from: 'US' })]),
    });
    const withdrawn = await act(`${at}/withdraw`, 'us-negotiator');
    const closing = (withdrawn['milestones'] as { eventId: string }[]).at(-1)?.eventId;
    expect(withdrawn.stage).toBe('withdrawn');
    expect(await act(`${at}/reopen`, 'ru-negotiator', { closingEventId: closing, ...reason })).toMatchObject({
      stage: 'raised',
    });
  });

  it('is linked with another one by one side, which the other rejects and then accepts', async () => {
    const pair = await everyLinkageAct(api, scene);
    expect(await irritant(pair.first)).toMatchObject({ linkages: [{ state: 'accepted' }] });
  });

  it('is resolved with another one, after an acceptance that was taken back and one that waited', async () => {
    const matters = await LinkedMatters.raise(api, 2);
    await matters.link(0, 1, 'precedes');
    const accepted = await matters.accept(1);
    const { resolutionId } = accepted.resolutions[0] ?? {};
    await matters.act('US', 1, 'withdraw-resolution-acceptance', { resolutionId, ...reason });
    await matters.accept(1);
    await matters.accept(0);
    expect(await matters.stages()).toEqual(['resolved', 'resolved']);
  });

  it('is left to rest when both want it', async () => {
    const id = await newIrritant();
    await act(`irritants/${id}/propose-dormancy`, 'ru-negotiator');
    await act(`irritants/${id}/withdraw-dormancy-proposal`, 'ru-negotiator');
    await act(`irritants/${id}/propose-dormancy`, 'ru-negotiator');
    await act(`irritants/${id}/decline-dormancy`, 'us-negotiator');
    await act(`irritants/${id}/propose-dormancy`, 'us-negotiator');
    expect(await act(`irritants/${id}/accept-dormancy`, 'ru-negotiator')).toMatchObject({ stage: 'dormant' });
  });

  it('keeps corrections, retractions and requests to erase beside what they amend', async () => {
    const id = await newIrritant();
    const at = `irritants/${id}`;
    await act(`${at}/suspend`, 'us-negotiator', reason);
    const target = (await api.server.record.streams.events(`irritant-${id}`)).at(-1)?.id;
    await act(`${at}/correct`, 'us-negotiator', { target, content: { reason: { en: 'Better words.' } } });
    await act(`${at}/request-erasure`, 'us-negotiator', { target, basis: 'personal-data', ...reason });
    await act(`${at}/retract`, 'us-negotiator', { target, ...reason });
    expect(await irritant(id)).toMatchObject({ stage: 'raised', suspensions: [], overlays: [] });
  });
});

describe('A round', () => {
  it('is held once both sides say so, and begins consultation on what was discussed', async () => {
    const id = await newIrritant();
    const round = (
      await api.create<{ id: string; number: number }>(
        '/v1/rounds',
        { dialogueId: scene.dialogueId, startsAt: '2025-04-10' },
        'ru-registrar',
      )
    ).body;
    const at = `rounds/${round.id}`;
    await act(`${at}/table-agenda-item`, 'ru-registrar', { irritantId: id, title: text });
    await act(`${at}/postpone`, 'us-registrar', { startsAt: '2025-04-17', ...reason });
    await act(`${at}/reinstate`, 'us-registrar', reason);
    await act(`${at}/cancel`, 'us-registrar', reason);
    await act(`${at}/conclude`, 'ru-negotiator', {
      startsAt: '2025-04-10',
      duration: 'PT5H30M',
      hostParty: 'RU',
      venue: text,
    });
    await act(`${at}/discuss`, 'ru-negotiator', { irritantId: id });
    expect((await irritant(id)).stage).toBe('raised');
    await act(`${at}/confirm-held`, 'us-negotiator');
    expect(await irritant(id)).toMatchObject({
      stage: 'under-consultation',
      instruments: [{ kind: 'round', id: round.id }],
    });
    await act(`${at}/indicate-next-round`, 'us-registrar', { text });
    const account = async (as: PrincipalName, sourceId: string, rendering: string) =>
      (
        (await act(`${at}/publish-account`, as, {
          voice: 'party',
          sourceId,
          lang: 'en',
          rendering,
        })) as View & {
          accounts: { accountId: string }[];
        }
      ).accounts.at(-1)?.accountId;
    const own = await account('ru-negotiator', scene.sources.RU, 'official');
    const other = await account('us-negotiator', scene.sources.US, 'official');
    await act(`${at}/name-delegate`, 'ru-registrar', {
      party: 'US',
      accountId: own,
      role: 'head',
      nameAsGiven: 'A. Name',
      lang: 'en',
    });
    await act(`${at}/record-account-point`, 'ru-negotiator', {
      accountId: own,
      irritantId: id,
      kind: 'agreed',
      assertsJoint: true,
      quote: text,
    });
    await act(`${at}/supersede-account`, 'us-negotiator', { accountId: other, ...reason });
    const noted = (await act(`${at}/note-divergence`, 'us-registrar', { text })) as View & {
      divergences: { divergenceId: string }[];
    };
    await act(`${at}/reconcile-divergence`, 'ru-negotiator', {
      divergenceId: noted.divergences[0]?.divergenceId,
    });
  });
});

describe('An exchange of notes', () => {
  it('completed and said by both to cover the irritant begins implementation', async () => {
    const id = await newIrritant();
    const exchange = (
      await api.create<{ id: string }>('/v1/exchanges', { dialogueId: scene.dialogueId }, 'ru-negotiator')
    ).body.id;
    const at = `exchanges/${exchange}`;
    await act(`${at}/report`, 'us-negotiator');
    await act(`${at}/assert-coverage`, 'ru-negotiator', { irritantId: id });
    expect((await irritant(id)).stage).toBe('raised');
    await act(`${at}/assert-coverage`, 'us-negotiator', { irritantId: id });
    expect(await irritant(id)).toMatchObject({ stage: 'in-implementation', basis: 'direct' });
    const presented = (await act(`${at}/present-note`, 'ru-negotiator', {
      form: 'note-verbale',
      from: 'RU',
      to: 'US',
      textHeld: false,
    })) as View & { notes: { noteId: string }[] };
    await act(`${at}/notes/${presented.notes[0]?.noteId}/receive`, 'us-negotiator');
    await act(`${at}/notes/${presented.notes[0]?.noteId}/reply`, 'us-negotiator', {
      form: 'note-verbale',
      textHeld: false,
    });
    await act(`${at}/assert-legal-character`, 'us-registrar', { character: 'not-binding' });
    await act(`${at}/record-effect`, 'ru-registrar', { effect: 'entered-into-force' });
    await act(`${at}/terminate`, 'us-negotiator', reason);
  });
});

describe('An asset', () => {
  it('is registered, inspected under an access, assessed for damage, and returned', async () => {
    const { id } = await everyAssetAct(api, scene);
    expect(await api.types('assets', id)).toEqual([
      'AssetRegistered',
      'AccessRequested',
      'AccessDenied',
      'AccessGranted',
      'InspectionConducted',
      'DamageAssessed',
      'DamageDisputed',
      'AssetReturned',
      'AssetReturned',
    ]);
  });
});

describe('What follows from roadmaps and breaches', () => {
  it('reaches the irritant when both have assented and a step is started', async () => {
    const id = await newIrritant();
    const roadmap = await agreedRoadmap(api, { ...scene, irritantId: id });
    expect(await irritant(id)).toMatchObject({
      stage: 'roadmap-agreed',
      instruments: [{ kind: 'roadmap', id: roadmap.id }],
    });
    await act(`${roadmap.step}/start`, 'us-negotiator');
    expect(await irritant(id)).toMatchObject({ stage: 'in-implementation' });
    type Proposed = View & { resolutions: { resolutionId: string; termsHash: string }[] };
    const proposed = (await act(`irritants/${id}/propose-resolution`, 'ru-negotiator', {
      terms: text,
    })) as Proposed;
    const terms = {
      resolutionId: proposed.resolutions[0]?.resolutionId,
      termsHash: proposed.resolutions[0]?.termsHash,
    };
    const tooEarly = await api.act(`/v1/irritants/${id}/accept-resolution`, terms, 'us-negotiator');
    expect(tooEarly).toMatchObject({ status: 409, body: { code: 'mandatory-steps-open' } });
    await act(`${roadmap.step}/report-done`, 'us-negotiator');
    await act(`${roadmap.step}/accept`, 'ru-negotiator');
    await act(`irritants/${id}/accept-resolution`, 'us-negotiator', terms);
    const accepted = (await api.server.record.streams.events(`irritant-${id}`)).find(
      (one) => one.type === 'ResolutionAccepted',
    );
    expect(accepted?.data).toMatchObject({ checked: [{ stream: `roadmap-${roadmap.id}`, revision: 8 }] });
  });

  it('sets an overlay for a breach, stands against resolution until it is cleared, and refuses nothing quietly', async () => {
    const id = await newIrritant();
    const commitment = await allegedBreach(api, { ...scene, irritantId: id });
    const { allegations } = (await api.get<{ allegations: { breachId: string }[] }>(`/v1/${commitment}`))
      .body;
    expect(await irritant(id)).toMatchObject({ overlays: ['breach-alleged'] });
    await act(`${commitment}/breaches/${allegations[0]?.breachId}/withdraw`, 'ru-negotiator');
    expect(await irritant(id)).toMatchObject({ overlays: [] });
    await act(`irritants/${id}/withdraw`, 'ru-negotiator');
    await agreedRoadmap(api, { ...scene, irritantId: id });
    expect(await irritant(id)).toMatchObject({
      stage: 'withdrawn',
      flags: ['begin-consultation-by-assent', 'agree-roadmap'].map((policy) => ({
        kind: 'consequence-refused',
        policy,
        code: 'irritant-closed',
      })),
    });
  });
});

const here = ['dialogues', 'irritants', 'rounds', 'exchanges', 'sources', 'assets'];

describe('What stands under the name of a side', () => {
  it('is endorsed, and doubted by its recorder, or disavowed with its source and with what rests on it; its own act repudiated and reviewed', async () => {
    const { dialogueId, sources } = await openTalks(api);
    const forUs = inTheNameOf('US', sources.US);
    await join(api, dialogueId, 'RU');
    const raised = await made<View>(api, 'irritants', 'ru-negotiator', raising(dialogueId));
    const exchange = await made<View>(api, 'exchanges', 'ru-negotiator', { dialogueId });
    const covers = { irritantId: raised.id };
    await act(`exchanges/${exchange.id}/assert-coverage`, 'ru-negotiator', covers);
    await act(`exchanges/${exchange.id}/report`, 'secretariat', forUs);
    await act(`exchanges/${exchange.id}/assert-coverage`, 'secretariat', { ...covers, ...forUs });
    expect((await irritant(raised.id)).stage).toBe('in-implementation');
    const last = async (stream: string) => (await api.server.record.streams.events(stream)).at(-1)?.id;
    await act(`exchanges/${exchange.id}/disavow`, 'us-negotiator', {
      target: await last(`exchange-${exchange.id}`),
      ground: 'not-our-source',
      sourceId: sources.US,
    });
    expect((await irritant(raised.id)).stage).toBe('raised');
    const second = await made<View>(api, 'irritants', 'ru-negotiator', raising(dialogueId));
    const at = `irritants/${second.id}`;
    await act(`${at}/suspend`, 'ru-negotiator');
    const target = await last(`irritant-${second.id}`);
    await act(`${at}/repudiate`, 'ru-negotiator', { target, ...reason });
    await join(api, dialogueId, 'US');
    for (const side of ['ru-negotiator', 'us-negotiator'] as const)
      await act(`${at}/conclude-act-review`, side, { target, outcome: 'void' });
    expect(await irritant(second.id)).toMatchObject({ suspensions: [] });
    const dialogue = await openTalks(api);
    const name = { name: text, ...inTheNameOf('US', dialogue.sources.US) };
    await act(`dialogues/${dialogue.dialogueId}/name-party`, 'secretariat', name);
    const named = { target: await last(`dialogue-${dialogue.dialogueId}`) };
    await act(`dialogues/${dialogue.dialogueId}/endorse`, 'us-negotiator', named);
    await act(`dialogues/${dialogue.dialogueId}/doubt`, 'secretariat', { ...named, ...reason });
  });

  it('are the keys of a party that signs, and that it does', async () => {
    await everyKeyAct(api, scene);
    expect((await api.get(`/v1/dialogues/${scene.dialogueId}`)).body).toMatchObject({
      keys: [{ party: 'RU', purpose: 'act' }],
    });
  });

  it('is a key that an operator recovered, where no negotiator could approve it', async () => {
    const wanted = { name: 'Another negotiator', party: 'US', roles: ['negotiator'] as const, days: 1 };
    await recoverKey(api.server.record, wanted, 'The keys are lost.');
    expect(await api.types('dialogues', scene.dialogueId)).toContain('PartyKeyRecovered');
  });
});

/**
 * One comes of two acts at once, another takes words out, another follows from a party's word against what was said in its
 * name, and three are what a log says of itself: each has a spec of its own.
 */
const elsewhere = [
  'AttributionVoid',
  'AttributionContradicted',
  'ContentErased',
  'LogKeyRotated',
  'GuardLossAccepted',
  'LogBegunAnew',
];

describe('The registry', () => {
  it('has no event type of these slices that the acts above did not reach', async () => {
    const beyond = (await unreached(api, ...here)).filter((one) => !elsewhere.includes(one));
    expect(beyond).toEqual([]);
    const { record } = api.server.record.projections;
    const reached = record.after(-1, 10_000).map((one) => one.event.type);
    const amending = Object.keys(amendmentEvents).filter((one) => !elsewhere.includes(one));
    expect(amending.filter((one) => !reached.includes(one))).toEqual([]);
  });

  it.each(slices.map((one) => one.name).filter((one) => !here.includes(one)))(
    'has a spec beside this one that reaches those of %s',
    (name) => {
      const spec = readFileSync(new URL(`${name}.spec.ts`, import.meta.url), 'utf8');
      expect(spec).toContain(`unreached(api, '${name}')`);
    },
  );
});
