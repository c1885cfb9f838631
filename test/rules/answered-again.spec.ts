import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Desk } from '../support/desk.js';
import { Matter, RU, secretariat, US, words } from './matter.js';

let desk: Desk;

beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

it('Words that were corrected while an answer to them was out are as they were answered, once it counts again', async () => {
  const matter = await Matter.open(desk, { joined: [RU] });
  const id = await matter.begin(RU, 'exchanges.OpenExchange', { subject: words });
  const stream = `exchange-${id}`;
  const act = (who: typeof RU | typeof US | typeof secretariat, name: string, body: object, path?: object) =>
    desk.do(who, `exchanges.${name}`, id, body, path);
  const note = { form: 'note-verbale', from: 'RU', to: 'US', textHeld: false, number: '1' };
  const { notes } = await act(RU, 'PresentNote', note);
  const [presented] = notes as [{ noteId: string; eventId: string }];
  const received = { party: 'US', sources: [{ sourceId: matter.statements.US }] };
  await act(secretariat, 'ReceiveNote', received, { noteId: presented.noteId });
  await matter.disavow(US, 'exchanges', id, await matter.lastId(stream));
  const disavowal = await matter.idOf('AttributionDisavowed', stream);
  await matter.join(US);
  await act(RU, 'CorrectEvent', { target: presented.eventId, content: { number: '2' } });
  await act(US, 'RepudiateAct', { target: disavowal, reason: words });
  await act(US, 'ConcludeActReview', { target: disavowal, outcome: 'void' });
  expect(await desk.read('exchanges', id)).toMatchObject({ notes: [{ number: '2' }] });
  await act(RU, 'ConcludeActReview', { target: disavowal, outcome: 'void' });
  expect(await desk.read('exchanges', id)).toMatchObject({
    notes: [{ number: '1', received: { party: 'US' } }],
  });
});
