import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { layGround } from '../authorisation/ground.js';
import type { Ground } from '../authorisation/ground.js';
import { Api } from '../support/api.js';
import { facadeStore, ownStore } from '../support/engine.js';
import type { Engine } from '../support/engine.js';
import { Desk, isProblem, principals } from '../support/desk.js';
import { ManualClock } from '../support/manual-clock.js';
import { finalAnswers, finalSeed, finalWrites } from './runs.js';

const { RU, US, secretariat } = principals;
const dayMs = 86_400_000;
const irritantsMax = 40;

/** A backstop; what is measured here is sameness. */
const hookMs = 240_000 + finalWrites * 200;

interface Kept {
  readonly path: string;
  readonly answer: string;
}

/** Writes of every kind that a past answer could be changed by, drawn from a number. */
async function write(desk: Desk, ground: Ground, irritants: string[], draw: number): Promise<void> {
  const id = irritants[draw % irritants.length] ?? ground.irritantId;
  const words = { en: `Said as number ${draw}.` };
  // A page of many matters costs much to read again; enough of them are raised to fill several.
  const kind = draw % 7 === 0 && irritants.length >= irritantsMax ? 6 : draw % 7;
  switch (kind) {
    case 0: {
      const about = { raisers: ['RU'], respondents: ['US'], raisedBasis: 'stated', category: 'visas' };
      const title = { en: `Visas ${draw}` };
      const irritant = { dialogueId: ground.dialogueId, ...about, title };
      irritants.push((await desk.do(RU, 'irritants.RaiseIrritant', null, irritant)).id);
      return;
    }
    case 1:
    case 2: {
      const occurred = `20${String(10 + (draw % 15))}-0${1 + (draw % 9)}`;
      await desk.do(US, 'irritants.StatePosition', id, { stance: 'contests', text: words, occurred });
      return;
    }
    case 3: {
      const events = await desk.record.streams.events(`irritant-${id}`);
      const mine = events.filter(({ act, type }) => act.recordedBy === 'p-us' && type === 'PositionStated');
      const target = mine[draw % Math.max(mine.length, 1)]?.id;
      if (target !== undefined)
        await desk.do(US, 'irritants.CorrectEvent', id, { target, content: { text: words } });
      return;
    }
    case 4: {
      const target = (await desk.record.streams.events(`source-${ground.sources.press}`))[0]?.id;
      const title = `Corrected ${draw}`;
      await desk.do(secretariat, 'sources.CorrectEvent', ground.sources.press, {
        target,
        content: { title, citation: title },
      });
      return;
    }
    case 5: {
      const alias = { party: 'RU', alias: `Name ${draw}`, lang: 'en' };
      await desk.do(secretariat, 'dialogues.RecordPartyAlias', ground.dialogueId, alias);
      return;
    }
    default:
      await desk.do(RU, 'irritants.ClaimUnderstanding', id, { kind: 'other', text: words });
  }
}

function readsOf(ground: Ground, irritants: readonly string[], draw: number): string {
  const irritant = `/v1/irritants/${irritants[draw % irritants.length] ?? ground.irritantId}`;
  const dialogue = `/v1/dialogues/${ground.dialogueId}`;
  const all = [
    irritant,
    `${irritant}/overview`,
    `${irritant}/history?limit=20`,
    `${irritant}/replay`,
    '/v1/irritants?limit=7',
    `/v1/irritants?dialogue=${ground.dialogueId}&sort=createdAt&limit=200`,
    '/v1/sources?limit=5',
    '/v1/search?q=visas&limit=9',
    '/v1/search?q=Name',
    `${dialogue}/agenda`,
    `${dialogue}/stale?months=1`,
    `${dialogue}/statistics`,
    `${dialogue}/brief?for=RU`,
    `/v1/rounds/${ground.roundId}/comparison`,
    `/irritants/${irritants[draw % irritants.length] ?? ground.irritantId}`,
    `/dialogues/${ground.dialogueId}/brief?for=US`,
  ];
  return all[Math.floor(draw / 64) % all.length] ?? irritant;
}

const stores = [
  ['in a file', ownStore],
  ['on the protocol of EventStoreDB', facadeStore],
] as const;

describe.each(stores)('What was known by a past moment never changes: %s', (_, start) => {
  const clock = new ManualClock('2026-01-01T00:00:00.000Z');
  const directory = mkdtempSync(join(tmpdir(), 'entente-final-'));
  const [draws] = fc.sample(fc.infiniteStream(fc.nat(1_000_000)), { numRuns: 1, seed: finalSeed });
  let engine: Engine;
  let api: Api;
  let ground: Ground;
  const irritants: string[] = [];

  const serve = () => Api.start({ directory, storeUrl: engine.storeUrl }, clock);
  const draw = (): number => draws?.next().value ?? 0;

  async function writeMuch(count: number): Promise<void> {
    const desk = Desk.over(api.server.record, clock);
    for (let written = 0; written < count; written += 1) {
      clock.advance((draw() % 40) * 60_000);
      try {
        await write(desk, ground, irritants, draw());
      } catch (error) {
        if (!isProblem(error)) throw error;
      }
    }
    await api.settled();
  }

  /** Only of answers for people it does not say so itself: they are asked by an ordinal, which is final at once. */
  async function ask(path: string): Promise<{ readonly final: boolean; readonly answer: string }> {
    const isPage = !path.startsWith('/v1/');
    const headers: Record<string, string> = isPage ? { Cookie: api.cookieFor(api.keys['reader']!) } : {};
    const { status, body } = await api.ask<unknown>('GET', path, {
      as: isPage ? 'nobody' : 'reader',
      headers,
    });
    const answer = typeof body === 'string' ? body : JSON.stringify(body);
    const said = typeof body === 'object' && body !== null && 'final' in body && body.final === true;
    return {
      final: status === 200 && (said || (typeof body === 'string' && path.includes('knownAt=m'))),
      answer,
    };
  }

  function somePath(): string {
    const number = draw();
    const { moments, projections } = api.server.record;
    const { record: reader } = projections;
    const place = reader.positionAt(number % (reader.headOrdinal + 1))!;
    const at = new Date(clock.now() - (number % (20 * dayMs))).toISOString();
    const known = number % 3 === 0 ? at : moments.sealed(place);
    const path = readsOf(ground, irritants, draw());
    const effective = number % 5 === 0 && !path.includes('history') ? '&effectiveAt=2019' : '';
    return `${path}${path.includes('?') ? '&' : '?'}knownAt=${known}${effective}`;
  }

  beforeAll(async () => {
    engine = await start();
    api = await serve();
    ground = await layGround(api);
    irritants.push(ground.irritantId);
    await writeMuch(finalWrites);
  }, hookMs);
  afterAll(async () => {
    await api.stop();
    await engine.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  it(
    `${finalAnswers} final answers are the same after ${finalWrites} more writes, a clock set back and a restart (seed ${finalSeed})`,
    async () => {
      const kept: Kept[] = [];
      for (let asked = 0; kept.length < finalAnswers && asked < 20 * finalAnswers; asked += 1) {
        const path = somePath();
        const { final, answer } = await ask(path);
        if (final) kept.push({ path, answer });
      }
      expect(kept).toHaveLength(finalAnswers);
      clock.advance(-10 * dayMs);
      await writeMuch(finalWrites);
      await api.stop();
      api = await serve();
      await api.settled();
      for (const { path, answer } of kept) expect([path, (await ask(path)).answer]).toEqual([path, answer]);
    },
    hookMs + finalAnswers * 1_000,
  );
});
