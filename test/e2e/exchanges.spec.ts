import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Api } from '../support/api.js';
import type { Answer, Body, PrincipalName } from '../support/api.js';
import { join, openTalks, setScene } from '../support/scene.js';
import type { Scene } from '../support/scene.js';

let api: Api;
let scene: Scene;
const reason = { reason: { en: 'A reason.' } };
const note = { form: 'note-verbale', textHeld: false };

beforeAll(async () => {
  api = await Api.start();
});
afterAll(() => api.stop());
beforeEach(async () => {
  scene = await setScene(api);
});

interface View extends Body {
  readonly id: string;
  readonly notes: readonly (Body & { readonly noteId: string })[];
}

async function reported(dialogueId = scene.dialogueId, as: PrincipalName = 'ru-negotiator', more: Body = {}) {
  return (await api.create<View>('/v1/exchanges', { dialogueId, ...more }, as)).body.id;
}
const on = (as: PrincipalName, id: string, command: string, body: Body = {}): Promise<Answer<View>> =>
  api.act<View>(`/v1/exchanges/${id}/${command}`, body, as);
const lastOf = async (id: string, type: string) =>
  (await api.server.record.streams.events(`exchange-${id}`)).findLast((one) => one.type === type)?.id;
const reliedUpon = { status: 409, body: { code: 'relied-upon' } };

describe('An exchange of notes', () => {
  it('rests on the words of both, so that neither takes its report back alone', async () => {
    const id = await reported();
    const both = await on('us-negotiator', id, 'report');
    expect(both.body).toMatchObject({ status: 'completed', completed: { capacity: 'derived' } });
    const target = await lastOf(id, 'ExchangeReported');
    expect(await on('us-negotiator', id, 'retract', { target, ...reason })).toMatchObject(reliedUpon);
  });

  it('is complete no more where a party disavows the word that was recorded in its name', async () => {
    const { dialogueId, sources } = await openTalks(api);
    await join(api, dialogueId, 'RU');
    const id = await reported(dialogueId);
    const attributed = { party: 'US', sources: [{ sourceId: sources.US }] };
    expect((await on('secretariat', id, 'report', attributed)).body).toMatchObject({ status: 'completed' });
    await join(api, dialogueId, 'US');
    const target = await lastOf(id, 'ExchangeReported');
    const disavowed = await on('us-negotiator', id, 'disavow', { target, ground: 'not-what-we-said' });
    expect(disavowed.body).toMatchObject({ status: 'reported', completed: null, reports: [{ party: 'RU' }] });
  });

  it('that a party has reported itself is its own word, which it can no more disavow', async () => {
    const { dialogueId, sources } = await openTalks(api);
    await join(api, dialogueId, 'RU');
    const id = await reported(dialogueId);
    await on('secretariat', id, 'report', { party: 'US', sources: [{ sourceId: sources.US }] });
    const target = await lastOf(id, 'ExchangeReported');
    await join(api, dialogueId, 'US');
    expect((await on('us-negotiator', id, 'report')).body).toMatchObject({
      status: 'completed',
      reports: [{ party: 'RU' }, { party: 'US', capacity: 'direct' }],
    });
    const disavowed = await on('us-negotiator', id, 'disavow', { target, ground: 'not-what-we-said' });
    expect(disavowed).toMatchObject({ status: 409, body: { code: 'acted-upon' } });
  });

  it('is terminated by one side in its own name, which it can’t take back', async () => {
    const id = await reported();
    await on('us-negotiator', id, 'report');
    expect((await on('us-negotiator', id, 'terminate', reason)).body).toMatchObject({
      status: 'terminated',
      terminations: [{ party: 'US', ...reason }],
    });
    const target = await lastOf(id, 'ExchangeTerminated');
    expect(await on('us-negotiator', id, 'retract', { target, ...reason })).toMatchObject(reliedUpon);
    expect(await on('ru-negotiator', id, 'present-note', { ...note, from: 'RU', to: 'US' })).toMatchObject({
      status: 409,
      body: { code: 'exchange-terminated', detail: expect.stringContaining('US') },
    });
  });
});

describe('A note', () => {
  it('is replied to as often as its addressee says more; the same reply twice is one', async () => {
    const id = await reported();
    const presented = await on('ru-negotiator', id, 'present-note', {
      ...note,
      from: 'RU',
      to: 'US',
      number: '14/n',
    });
    const [{ noteId } = { noteId: '' }] = presented.body.notes;
    for (const number of ['7', '7', '8']) {
      await on('us-negotiator', id, `notes/${noteId}/reply`, { ...note, number });
    }
    const { body } = await api.get<View>(`/v1/exchanges/${id}`);
    expect(body).toMatchObject({
      status: 'completed',
      notes: [{ number: '14/n', replies: [{ number: '7' }, { number: '8' }] }],
    });
    const target = await lastOf(id, 'NotePresented');
    expect(await on('ru-negotiator', id, 'retract', { target, ...reason })).toMatchObject(reliedUpon);
  });

  it('has a number that is corrected, for it decides nothing', async () => {
    const id = await reported();
    await on('ru-negotiator', id, 'present-note', { ...note, from: 'RU', to: 'US', number: '14/n' });
    const target = await lastOf(id, 'NotePresented');
    const corrected = await on('ru-negotiator', id, 'correct', { target, content: { number: '15/n' } });
    expect(corrected.body.notes).toMatchObject([
      { number: '15/n', corrected: [{ was: { number: '14/n' } }] },
    ]);
  });
});

describe('What an exchange is held to be', () => {
  it('is each side’s own assertion: the other one’s moves it not', async () => {
    const id = await reported();
    await on('ru-registrar', id, 'assert-legal-character', { character: 'binding' });
    const both = await on('us-registrar', id, 'assert-legal-character', { character: 'not-binding' });
    expect(both.body).toMatchObject({
      legalCharacters: { RU: { character: 'binding' }, US: { character: 'not-binding' } },
    });
    const covered = await on('ru-negotiator', id, 'assert-coverage', { irritantId: scene.irritantId });
    expect(covered.body).toMatchObject({ coverage: [{ byBoth: false, asserted: [{ party: 'RU' }] }] });
  });
});
