import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Principal } from '../../src/platform/record/principal.js';
import { Desk } from '../support/desk.js';
import { Matter, otherSecretariat, reason, RU, secretariat, tried, US, words } from './matter.js';

let desk: Desk;
let matter: Matter;
let target: string;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

const other = { en: 'We protest.' };
/** As a client is answered: recorded, recorded already, or refused by that code. */
const told = async (act: () => Promise<unknown>) => {
  const before = (await matter.events()).length;
  const answer = await tried(act);
  return answer === 'recorded' && (await matter.events()).length === before ? 'repeat' : answer;
};
const stated = async (who: Principal = RU, beside: object = {}) => {
  await matter.act(who, 'StatePosition', { stance: 'seeks-action', text: words, ...beside });
  target = await matter.lastId();
};
const amend = (who: Principal, command: string, body: object) => () =>
  matter.act(who, command, { target, ...body });

describe('An amendment that is given once more', () => {
  const attributed = async () => {
    matter = await Matter.open(desk, { joined: [RU] });
    await stated(secretariat, matter.inTheNameOf('US'));
  };
  const ofUs = async () => {
    matter = await Matter.open(desk, { joined: [RU, US] });
    await stated(US);
  };
  const repudiated = async () => {
    await ofUs();
    await matter.act(US, 'RepudiateAct', { target });
  };
  const content = (text: object) => ({ content: { text } });

  it.each<readonly [string, () => Promise<void>, object, object, string]>([
    ['CorrectEvent', ofUs, content({ en: 'First.' }), content({ en: 'Second.' }), 'recorded'],
    ['RetractEvent', ofUs, { reason }, { reason: other }, 'ALREADY_SAID'],
    [
      'RequestErasure',
      ofUs,
      { basis: 'security', reason },
      { basis: 'security', reason: other },
      'ALREADY_SAID',
    ],
    [
      'RequestErasure',
      ofUs,
      { basis: 'security', reason },
      { basis: 'legal-duty', reason: other },
      'recorded',
    ],
    ['EndorseAttribution', attributed, {}, { note: other }, 'ALREADY_SAID'],
    [
      'DisavowAttribution',
      attributed,
      { ground: 'not-what-we-said' },
      { ground: 'not-what-we-said', reason: other },
      'ALREADY_SAID',
    ],
    ['RepudiateAct', ofUs, {}, { reason: other }, 'ALREADY_SAID'],
    [
      'ConcludeActReview',
      repudiated,
      { outcome: 'void' },
      { outcome: 'void', reason: other },
      'ALREADY_SAID',
    ],
    ['ConcludeActReview', repudiated, { outcome: 'void' }, { outcome: 'stands' }, 'recorded'],
  ])(
    '%s is a repeat with the same content; with other content its answer says what became of it',
    async (...row) => {
      const [command, given, same, more, answer] = row;
      await given();
      expect(await told(amend(US, command, same))).toBe('recorded');
      expect(await told(amend(US, command, same))).toBe('repeat');
      expect(await told(amend(US, command, more))).toBe(answer);
      expect(await told(amend(US, command, more))).toBe(answer === 'recorded' ? 'repeat' : answer);
    },
  );

  it('on another ground, with the source that is not its own, is refused: the first answer is final', async () => {
    await attributed();
    await amend(US, 'DisavowAttribution', { ground: 'not-what-we-said' })();
    const ground = { ground: 'not-our-source', sourceId: matter.statements.US };
    expect(await told(amend(US, 'DisavowAttribution', ground))).toBe('ALREADY_SAID');
  });

  it('asks for an erasure once for each ground, in whatever order it is asked again', async () => {
    await ofUs();
    const asking = ['security', 'legal-duty'].map((basis) => amend(US, 'RequestErasure', { basis, reason }));
    for (const ask of asking) expect(await told(ask)).toBe('recorded');
    for (const ask of asking) expect(await told(ask)).toBe('repeat');
  });

  it('concludes a review once, though that is over by now', async () => {
    await repudiated();
    const concluding = [US, RU].map((who) => amend(who, 'ConcludeActReview', { outcome: 'void', reason }));
    for (const one of concluding) expect(await told(one)).toBe('recorded');
    for (const one of concluding) expect(await told(one)).toBe('repeat');
    const otherwise = amend(RU, 'ConcludeActReview', { outcome: 'stands' });
    expect(await told(otherwise)).toBe('NO_REVIEW_OF_THE_ACT');
  });
});

describe('Where another has brought the same about, what one says of it is not lost in silence', () => {
  beforeEach(async () => {
    matter = await Matter.open(desk, { joined: [RU, US] });
    await stated();
  });

  it.each([
    ['its reason', other],
    ['the same reason', reason],
  ])('to take back what the other side took back is refused, with %s', async (_, because) => {
    await amend(RU, 'RetractEvent', { reason })();
    for (const who of [US, secretariat])
      expect(await told(amend(who, 'RetractEvent', { reason: because }))).toBe('TARGET_RETRACTED');
  });

  it('to ask for the erasure of words that are erased is refused, but for those who had asked for just that', async () => {
    const body = { basis: 'personal-data', reason };
    for (const who of [RU, US]) await amend(who, 'RequestErasure', body)();
    for (const who of [secretariat, otherSecretariat]) {
      expect(await told(amend(who, 'RequestErasure', { basis: 'security', reason: other }))).toBe(
        'TARGET_ERASED',
      );
    }
    for (const who of [RU, US]) {
      expect(await told(amend(who, 'RequestErasure', body))).toBe('repeat');
      expect(await told(amend(who, 'RequestErasure', { ...body, reason: other }))).toBe('ALREADY_SAID');
    }
  });

  it('a correction that another has corrected since is made again', async () => {
    matter = await Matter.open(desk);
    await stated(secretariat, matter.inTheNameOf('US'));
    const corrected = (en: string) => ({ content: { text: { en } } });
    expect(await told(amend(secretariat, 'CorrectEvent', corrected('One.')))).toBe('recorded');
    await matter.join(US);
    expect(await told(amend(US, 'CorrectEvent', corrected('Two.')))).toBe('recorded');
    expect(await told(amend(US, 'CorrectEvent', corrected('Two.')))).toBe('repeat');
    expect(await told(amend(secretariat, 'CorrectEvent', corrected('One.')))).toBe('NOT_THE_RECORDER');
  });
});
