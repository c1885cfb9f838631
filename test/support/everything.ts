import { expect } from '@jest/globals';
import { slices } from '../../src/slices.js';
import type { Ground } from '../authorisation/ground.js';
import type { Api } from './api.js';

/** An entry of each slice, by the prefix of its streams. */
export const entriesOf = (ground: Ground) =>
  ({
    dialogue: ground.dialogueId,
    irritant: ground.irritantId,
    round: ground.roundId,
    exchange: ground.exchangeId,
    asset: ground.assetId,
    source: ground.sources.press,
    proposal: ground.proposalId,
    roadmap: ground.roadmapId,
    commitment: ground.commitmentId,
  }) as const satisfies Record<string, string>;

export const pathOf = (prefix: string, id: string) =>
  `/v1/${slices.find((one) => one.prefix === prefix)?.name ?? ''}/${id}`;

/** Every page, book, replay and list answers, and nothing is halted or behind. */
export async function expectAnswers(api: Api, ground: Ground): Promise<void> {
  await api.settled();
  const { dialogueId, irritantId, roundId } = ground;
  const agenda = `/v1/dialogues/${dialogueId}`;
  const reads = [
    ...slices.flatMap(({ name }) => [`/v1/${name}`, `/v1/${name}?effectiveAt=2999`]),
    ...Object.entries(entriesOf(ground)).flatMap(([prefix, id]) =>
      ['', '/history', '/replay', '/diff?from=s0&to=s1', '?effectiveAt=2999'].map(
        (one) => `${pathOf(prefix, id)}${one}`,
      ),
    ),
    `/v1/irritants/${irritantId}/overview`,
    `/v1/rounds/${roundId}/comparison`,
    `${agenda}/agenda`,
    `${agenda}/stale`,
    `${agenda}/statistics`,
    `${agenda}/brief?for=RU`,
    '/v1/search?q=six',
    '/readyz',
  ];
  const faults: string[] = [];
  for (const path of reads) {
    // A book is for its own side, a secretariat or an auditor.
    const { status } = await api.get(path, path.includes('/brief?') ? 'auditor' : 'reader');
    if (![200, 404].includes(status)) faults.push(`${status} ${path}`);
  }
  const faultsOf = (body: string) => (/undefined|NaN|\[object/.test(body) ? ['odd words'] : []);
  const cookie = { Cookie: api.cookieFor(api.keys['auditor']!) };
  for (const path of [
    '/',
    `/irritants/${irritantId}`,
    `/rounds/${roundId}`,
    `/dialogues/${dialogueId}/brief?for=US`,
    '/search?q=six',
  ]) {
    const { status, body } = await api.ask<string>('GET', path, { as: 'nobody', headers: cookie });
    if (status !== 200) faults.push(`${status} ${path}`);
    faults.push(...faultsOf(body).map((one) => `${one} ${path}`));
  }
  expect(faults).toEqual([]);
  expect(api.server.record.projections.status().filter(({ error }) => error !== undefined)).toEqual([]);
}
