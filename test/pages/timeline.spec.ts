import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { stripVTControlCharacters } from 'node:util';
import type { Frame } from '../../src/reading/replay.js';
import { Readings } from '../../src/reading/readings.js';
import { renderTimeline } from '../../src/cli/timeline.js';
import type { CitedSource } from '../../src/cli/timeline.js';
import { readDialogue } from '../../src/site/irritant.reading.js';
import type { Document } from '../support/desk.js';
import { Desk, principals } from '../support/desk.js';

let desk: Desk;
let irritant: Document;
let dialogueId: string;
const sources: Record<string, CitedSource> = {};

/** Two acts of RU that a secretariat attributes, one that US records itself, and a retraction. */
async function record(): Promise<void> {
  const { secretariat, US } = principals;
  const dialogue = await desk.do(secretariat, 'dialogues.OpenDialogue', null, {
    parties: ['RU', 'US'],
    keyPrefix: 'RUUS',
    name: { en: 'Missions dialogue' },
  });
  dialogueId = dialogue.id;
  const source = await desk.do(secretariat, 'sources.RegisterSource', null, {
    dialogueId,
    kind: 'statement',
    issuers: ['RU'],
    lang: 'ru',
    held: false,
    title: 'Statement of 10 April',
    citation: 'Statement of 10 April',
  });
  sources[source.id] = { title: 'Statement of 10 April', issuers: [] };
  const byRussia = {
    party: 'RU',
    sources: [{ sourceId: source.id, locator: 'para. 2' }],
    occurred: '../2025-04-10',
  };
  irritant = await desk.do(secretariat, 'irritants.RaiseIrritant', null, {
    ...byRussia,
    dialogueId,
    raisers: ['RU'],
    respondents: ['US'],
    raisedBasis: 'stated',
    category: 'property',
    title: { en: 'Six diplomatic properties', ru: 'Шесть объектов' },
  });
  await desk.do(secretariat, 'irritants.ClaimUnderstanding', irritant.id, {
    ...byRussia,
    kind: 'roadmap-to-be-developed',
    text: { en: 'The sides agreed to develop a roadmap for the return of the six properties.' },
    wording: [{ as: 'summary' }],
  });
  await desk.do(US, 'dialogues.JoinDialogue', dialogueId, {});
  await desk.do(US, 'irritants.AcknowledgeIrritant', irritant.id, { occurred: '2026-01-01' });
  const words = { text: { en: 'Not ours to return.' } };
  const stated = await desk.doWithOldWords(
    US,
    'irritants.StatePosition',
    irritant.id,
    { stance: 'contests', ...words },
    { text: { en: 'Not ours to return.\u001b[31m\u202e' } },
  );
  const positions = stated['positions'] as Record<string, { eventId: string }>;
  await desk.do(US, 'irritants.RetractEvent', irritant.id, {
    target: positions['US']?.eventId,
    reason: { en: 'Entered twice.' },
  });
  await desk.settled();
}

beforeAll(async () => {
  desk = await Desk.open();
  await record();
});

afterAll(() => desk.close());

function framesAt(effectiveAt?: string): Promise<readonly Frame[]> {
  const readings = new Readings(desk.record, { effectiveAt });
  return Array.fromAsync(readings.replay(desk.record.registry.get('irritants'), irritant.id));
}

/** Whose record it is, and nothing that is linked with it. */
function around() {
  return { dialogue: readDialogue(new Readings(desk.record), dialogueId, []), instruments: [] };
}

const golden = `RUUS-1 Six diplomatic properties
property · raised by RU (stated)
Kept by a secretariat: it records for neither side.
RU has not joined; US joined 2026-01-01 00:00 UTC.

Stage      Under consultation ◐ attributed, since 2026-01-01
Positions  RU no position recorded
           US no position recorded
Claims     ? RU claims: roadmap to be developed ◐ attributed;
           unanswered: The sides agreed to develop a roadmap for the
           return of the six properties. (as summed up by the
           secretariat) [recorded by the secretariat]
Open       1 open: 1 word awaited from US
           US an answer to the claim, since on or before 2025-04-10
           ● direct ◐ attributed ○ derived

◐            s2 r0 occurred on or before 2025-04-10; recorded
┃              2026-01-01 00:00 UTC
┃            RU (recorded by the secretariat) raised RUUS-1
┃            title (en): Six diplomatic properties
┃            title (ru): Шесть объектов
┃            RU · ◐ attributed, citing Statement of 10 April (para. 2)
┃            stage: raised
┃
◐            s3 r1 occurred on or before 2025-04-10; recorded
┃              2026-01-01 00:00 UTC
┃            RU (recorded by the secretariat) claimed an understanding
┃              on RUUS-1 (roadmap to be developed)
┃            en: The sides agreed to develop a roadmap for the return
┃              of the six properties. (as summed up by the secretariat)
┃            RU · ◐ attributed, citing Statement of 10 April (para. 2)
┃
●            s5 r2 occurred 2026-01-01, recorded the same day 00:00
┃              UTC
┃            US acknowledged RUUS-1, without prejudice
┃            US · ● direct: recorded by the party itself
┗━┓          stage: raised → under consultation
  ┃
  ●          s6 r3 recorded 2026-01-01 00:00 UTC
  ┃          ✗ US stated its position on RUUS-1, contests
  ┃          en: “Not ours to return.⟦U+001B⟧[31m⟦U+202E⟧”
  ┃          US · ● direct: recorded by the party itself
  ┃          ! no longer counts
  ┃          ! retracted: see s7
  ┃
  ●          s7 r4 recorded 2026-01-01 00:00 UTC
  ┃          US retracted the entry (s6: US stated its position on
  ┃            RUUS-1, contests)
  ┃          en: “Entered twice.”
  ┃          US · ● direct: recorded by the party itself
  ┃
5 entries
`;

describe('the timeline in a terminal', () => {
  it('says everything without colours', async () => {
    const text = renderTimeline({
      frames: await framesAt(),
      ...around(),
      sources,
      colours: false,
      width: 72,
    });
    const lines = text.split('\n').map((line) => line.trimEnd());
    expect(lines.join('\n')).toBe(golden);
  });

  it('keeps to the width, and to 60 columns at the least', async () => {
    const frames = await framesAt();
    const widest = (width: number) =>
      Math.max(
        ...renderTimeline({ frames, ...around(), sources, colours: true, width })
          .split('\n')
          .map((line) => stripVTControlCharacters(line).length),
      );
    expect(widest(80)).toBeLessThanOrEqual(80);
    expect(widest(20)).toBeLessThanOrEqual(60);
  });

  it('adds nothing but colour to the words', async () => {
    const frames = await framesAt();
    const coloured = renderTimeline({ frames, ...around(), sources, colours: true, width: 72 });
    expect(coloured).not.toBe(stripVTControlCharacters(coloured));
    expect(stripVTControlCharacters(coloured)).toBe(
      renderTimeline({ frames, ...around(), sources, colours: false, width: 72 }),
    );
  });

  it('lets no recorded words steer the terminal', async () => {
    const text = renderTimeline({
      frames: await framesAt(),
      ...around(),
      sources,
      colours: false,
      width: 72,
    });
    expect(['\u001b', '\u202e'].filter((one) => text.includes(one))).toEqual([]);
  });

  it('of another moment says so, and which entries do not count', async () => {
    const text = renderTimeline({
      frames: await framesAt('2025-05-01'),
      ...around(),
      sources,
      colours: false,
      width: 72,
      effectiveAt: '2025-05-01',
    });
    expect(text).toContain('Not the present state: counting what had happened by 2025-05-01.');
    expect(text).toContain('Raised ◐ attributed, since on or before 2025-04-10');
    expect(text.match(/not counted/g)).toHaveLength(1);
  });
});
