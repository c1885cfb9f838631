import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Readings } from '../../src/reading/readings.js';
import { roundPage } from '../../src/site/round.page.js';
import { readRound } from '../../src/site/round.reading.js';
import type { Principal } from '../../src/platform/record/principal.js';
import { Desk } from '../support/desk.js';
import { Matter, reason, RU, secretariat, US } from './matter.js';

let desk: Desk;

beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

/** Whose suspension the record says stood when the round was scheduled, and in which capacity. */
async function shownOn(round: string, query: { readonly knownAt?: string } = {}) {
  await desk.settled();
  const readings = Readings.of(desk.record, query, desk.record.registry.get('rounds'), round);
  const { scheduledDuring } = readings.comparison(round);
  const page = roundPage(await readRound(readings, round), {
    name: 'A reader',
    silentMs: undefined,
  });
  const [, by] = /It was scheduled while the dialogue was suspended by (\w+),/.exec(page) ?? [];
  expect(by).toBe(scheduledDuring[0]?.party ?? undefined);
  return scheduledDuring.map(({ party, capacity }) => `${party} ${capacity}`);
}

/** What the round's own entry is as long as nobody acts on it. */
const ownEntry = (round: string) => desk.read('rounds', round);

describe('A round that is scheduled while the dialogue is suspended says so', () => {
  let matter: Matter;
  const onTalks = (who: Principal, command: string, body: object = {}) =>
    desk.do(who, `dialogues.${command}`, matter.dialogueId, body);
  const suspended = async (who: Principal, body: object = {}) => {
    await onTalks(who, 'SuspendDialogue', body);
    return matter.idOf('DialogueSuspended', `dialogue-${matter.dialogueId}`);
  };
  const scheduled = () => matter.begin(RU, 'rounds.ScheduleRound');

  it('of whatever suspension stood then, be it lifted since, and of none that came later', async () => {
    matter = await Matter.open(desk, { joined: [RU, US] });
    const before = await scheduled();
    await suspended(US);
    const during = await scheduled();
    await onTalks(US, 'ResumeDialogue');
    const after = await scheduled();
    await suspended(RU);
    expect([await shownOn(before), await shownOn(during), await shownOn(after)]).toEqual([
      [],
      ['US direct'],
      [],
    ]);
  });

  it('but not where the party disavows that suspension: then there was none', async () => {
    matter = await Matter.open(desk, { joined: [RU] });
    const target = await suspended(secretariat, matter.inTheNameOf('US'));
    const round = await scheduled();
    expect(await shownOn(round)).toEqual(['US attributed']);
    const [knownAt, was] = [desk.record.clock.iso(), await ownEntry(round)];
    await matter.disavow(US, 'dialogues', matter.dialogueId, target);
    expect(await shownOn(round)).toEqual([]);
    // What was known by then stays what it was, and nothing has happened to the round.
    expect(await shownOn(round, { knownAt })).toEqual(['US attributed']);
    expect(await ownEntry(round)).toEqual(was);
  });

  it('but not where its recorder takes that suspension back', async () => {
    matter = await Matter.open(desk, { joined: [RU, US] });
    const target = await suspended(US);
    const round = await scheduled();
    await onTalks(US, 'RetractEvent', { target, reason });
    expect(await shownOn(round)).toEqual([]);
  });

  it('but not where both sides find that suspension void', async () => {
    matter = await Matter.open(desk, { joined: [RU, US] });
    const target = await suspended(US);
    const round = await scheduled();
    await onTalks(US, 'RepudiateAct', { target });
    expect(await shownOn(round)).toEqual(['US direct']);
    for (const who of [US, RU]) await onTalks(who, 'ConcludeActReview', { target, outcome: 'void' });
    expect(await shownOn(round)).toEqual([]);
  });

  it('as the own word of the party, once it has endorsed that suspension', async () => {
    matter = await Matter.open(desk, { joined: [RU] });
    const target = await suspended(secretariat, matter.inTheNameOf('US'));
    const round = await scheduled();
    await onTalks(US, 'EndorseAttribution', { target });
    expect(await shownOn(round)).toEqual(['US direct']);
  });

  it('and says so again where the resumption is taken back that stood in between', async () => {
    matter = await Matter.open(desk, { joined: [RU] });
    await suspended(secretariat, matter.inTheNameOf('US'));
    await onTalks(secretariat, 'ResumeDialogue', matter.inTheNameOf('US'));
    const resumed = await matter.idOf('DialogueResumed', `dialogue-${matter.dialogueId}`);
    const round = await scheduled();
    expect(await shownOn(round)).toEqual([]);
    await matter.disavow(US, 'dialogues', matter.dialogueId, resumed);
    expect(await shownOn(round)).toEqual(['US attributed']);
  });
});
