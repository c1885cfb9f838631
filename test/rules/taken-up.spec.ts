import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Principal } from '../../src/platform/record/principal.js';
import { Desk } from '../support/desk.js';
import type { Document } from '../support/desk.js';
import { Matter, RU, secretariat, US, words } from './matter.js';

let desk: Desk;
let matter: Matter;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());
beforeEach(async () => {
  matter = await Matter.open(desk, { joined: [RU, US] });
});

const other = { en: 'Other words.' };
const sealed = (detail: RegExp) => ({
  kind: { code: 'CONTENT_SEALED' },
  detail: expect.stringMatching(detail),
});
const correct = (target: string, content: object, who: Principal = RU) =>
  matter.act(who, 'CorrectEvent', { target, content });

async function linked(): Promise<{ readonly target: string; readonly linkageId: string }> {
  const irritantId = await matter.begin(US, 'irritants.RaiseIrritant', {
    raisers: ['US'],
    respondents: ['RU'],
    raisedBasis: 'stated',
    category: 'visas',
    title: { en: 'Other' },
  });
  const { linkages } = await matter.act(RU, 'AssertLinkage', {
    irritantId,
    condition: 'together',
    text: words,
  });
  const [{ linkageId }] = linkages as [{ linkageId: string }];
  return { target: await matter.lastId(), linkageId };
}

describe('What the other side has accepted or answered stays as it was then worded', () => {
  it('the words of a linkage, as they were then corrected', async () => {
    const { target, linkageId } = await linked();
    await correct(target, { text: { en: 'First corrected.' } });
    await matter.act(US, 'AcceptLinkage', {}, { linkageId });
    const accepted = await matter.lastId();
    await expect(correct(target, { text: other })).rejects.toMatchObject(
      sealed(new RegExp(`US .* LinkageAccepted ${accepted}.*release the linkage`)),
    );
    expect(await matter.present()).toMatchObject({ linkages: [{ text: { en: 'First corrected.' } }] });
  });

  it('until the answer turns out never to have been given', async () => {
    matter = await Matter.open(desk, { joined: [RU] });
    await matter.act(RU, 'ProposeDormancy', { reason: words });
    const target = await matter.lastId();
    await matter.act(secretariat, 'MakeIrritantDormant', matter.inTheNameOf('US'));
    const accepted = await matter.lastId();
    await expect(correct(target, { reason: other })).rejects.toMatchObject(sealed(/IrritantMadeDormant/));
    await matter.disavow(US, 'irritants', matter.irritantId, accepted);
    await correct(target, { reason: other });
    expect(await matter.present()).toMatchObject({ stage: 'raised' });
  });

  it('its date can still be put right', async () => {
    const { target, linkageId } = await linked();
    await matter.act(US, 'AcceptLinkage', {}, { linkageId });
    await matter.act(RU, 'CorrectEvent', { target, occurred: '2025-01-01' });
    expect(await matter.present()).toMatchObject({ linkages: [{ occurred: { edtf: '2025-01-01' } }] });
  });

  it('what was refused can be worded anew', async () => {
    const { target, linkageId } = await linked();
    await matter.act(US, 'RejectLinkage', {}, { linkageId });
    await correct(target, { text: other });
    expect(await matter.present()).toMatchObject({ linkages: [{ text: other }] });
  });

  it('the reason for letting a matter rest', async () => {
    await matter.act(RU, 'ProposeDormancy', { reason: words });
    const target = await matter.lastId();
    await matter.act(US, 'MakeIrritantDormant');
    await expect(correct(target, { reason: other })).rejects.toMatchObject(sealed(/IrritantMadeDormant/));
  });

  it('a divergence that the other side calls settled', async () => {
    const id = await matter.begin(RU, 'rounds.ScheduleRound', { number: 1, startsAt: '2025-04-10' });
    const noted = await desk.do(RU, 'rounds.NoteDivergence', id, { text: words });
    const [{ divergenceId }] = noted['divergences'] as [{ divergenceId: string }];
    const target = await matter.lastId(`round-${id}`);
    const correcting = (text: object) =>
      desk.do(RU, 'rounds.CorrectEvent', id, { target, content: { text } });
    await desk.do(RU, 'rounds.ReconcileDivergence', id, { divergenceId });
    // By its own word a side is not held to what it said.
    await correcting({ en: 'First corrected.' });
    await desk.do(US, 'rounds.ReconcileDivergence', id, { divergenceId });
    await expect(correcting(other)).rejects.toMatchObject(sealed(/US .* DivergenceReconciled/));
  });
});

describe('A note', () => {
  const note = { form: 'note-verbale', textHeld: true, textHash: 'a'.repeat(64), subject: words };
  let id: string;
  let target: string;
  let noteId: string;
  beforeEach(async () => {
    id = await matter.begin(RU, 'exchanges.OpenExchange');
    const sent: Document = await desk.do(RU, 'exchanges.PresentNote', id, { ...note, from: 'RU', to: 'US' });
    [{ noteId }] = sent['notes'] as [{ noteId: string }];
    target = await matter.lastId(`exchange-${id}`);
  });
  const correcting = () =>
    desk.do(RU, 'exchanges.CorrectEvent', id, {
      target,
      content: { textHash: 'b'.repeat(64), subject: other },
    });

  it.each([
    ['received', 'ReceiveNote', {}],
    ['replied to', 'ReplyToNote', { form: 'note-verbale', textHeld: false }],
  ])('that the other side has %s keeps its subject and the hash of its text', async (_, command, body) => {
    const path = command === 'ReceiveNote' ? { noteId } : { inReplyTo: noteId };
    await desk.do(US, `exchanges.${command}`, id, body, path);
    await expect(correcting()).rejects.toMatchObject(sealed(/US .* Note(Received|Replied)/));
  });

  it('that the other side has answered by a note of its own as well', async () => {
    await desk.do(US, 'exchanges.PresentNote', id, { ...note, from: 'US', to: 'RU', inReplyTo: noteId });
    await expect(correcting()).rejects.toMatchObject(sealed(/US .* NotePresented/));
  });

  it('that nobody has answered is corrected', async () => {
    await correcting();
    expect(await desk.read('exchanges', id)).toMatchObject({ notes: [{ subject: other }] });
  });
});

it('What was recorded in the name of a party is not worded anew by its recorder once the other has accepted it', async () => {
  matter = await Matter.open(desk, { joined: [US] });
  await matter.act(secretariat, 'ProposeDormancy', { reason: words, ...matter.inTheNameOf('RU') });
  const target = await matter.lastId();
  await matter.act(US, 'MakeIrritantDormant');
  await expect(correct(target, { reason: other }, secretariat)).rejects.toMatchObject(
    sealed(/US .* IrritantMadeDormant/),
  );
});
