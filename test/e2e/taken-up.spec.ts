import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { schemaOf } from '../../src/platform/record/amendment-events.js';
import type { Stored } from '../../src/platform/record/envelope.js';
import { slices } from '../../src/slices.js';
import { Api } from '../support/api.js';
import { setScene } from '../support/scene.js';
import { actSigned } from '../support/signing.js';
import { negotiators } from '../support/sides.js';
import { askedIn, twicesOf } from '../support/twice.js';
import type { Twice } from '../support/twice.js';
import { casesOf } from './twice-all.js';

let api: Api;
beforeAll(async () => {
  api = await Api.start();
});
afterAll(() => api.stop());

interface Given {
  readonly path: string;
  readonly answer: Stored;
  /** What the act names of the other side, where that has words that could be corrected. */
  readonly named: readonly Stored[];
}

/** Gives the act of the case, and finds what it names of the other side. */
async function given(twice: Twice): Promise<Given> {
  const { slice: sliceName, declaration } = twice;
  const slice = slices.find(({ name }) => name === sliceName);
  if (slice === undefined) throw new Error(`There is no slice ${sliceName}.`);
  const { path, as, body, key } = await askedIn(twice, { api, scene: await setScene(api) });
  const { status } = await (key === undefined
    ? api.act(`/v1/${path}`, body, as)
    : actSigned(api, key, path, body, as));
  expect({ path, status }).toEqual({ path, status: 200 });
  const [, id] = path.split('/');
  const events = await api.server.record.streams.events(`${slice.prefix}-${id}`);
  const answer = events.findLast(({ type }) => type === declaration.event);
  if (answer === undefined) throw new Error(`${path} recorded no ${declaration.event}.`);
  const ids = [...(answer.restsOn ?? []), ...(answer.ends ?? [])];
  const named = events.filter(({ id: each, type, act }) => {
    const schema = schemaOf(slice, type);
    const hasWords = schema?.sealed === false && Object.keys(schema.content).length > 0;
    return ids.includes(each) && hasWords && act.capacity === 'direct' && act.party !== answer.act.party;
  });
  return { path: `/v1/${sliceName}/${id}`, answer, named };
}

/** All acts on entries, with the declaration of each. */
const cases = Object.entries(casesOf)
  .flatMap(([slice, those]) => twicesOf(slice, those))
  .filter(([, { declaration }]) => declaration.path !== null);

/** The acts that say no to what the other side said, end it, or say something beside it: none stands on those words. */
const besides: { readonly [command: string]: readonly string[] } = {
  // Always without prejudice to what the raising says; its title may be accepted, and a correction ends that acceptance.
  AcknowledgeIrritant: ['IrritantRaised'],
  ContestIrritant: ['IrritantRaised'],
  OpenStageReview: ['IrritantRaised'],
  ConcludeStageReview: ['IrritantRaised'],
  ReopenIrritant: ['IrritantWithdrawn'],
  RejectLinkage: ['LinkageAsserted'],
  RetainLinkage: ['LinkageReleased'],
  DeclineDormancy: ['DormancyProposed'],
  DenyAccess: ['AccessRequested'],
  DisputeDamage: ['DamageAssessed'],
  RejectStep: ['StepReportedDone'],
  DisputeFulfilment: ['FulfilmentReported'],
  AllegeBreach: ['CommitmentUndertaken'],
  WaiveCommitment: ['CommitmentUndertaken'],
};
const mayBeCorrectedAfter = (name: string) => besides[name.split(' ')[0] ?? ''] ?? [];

describe('Words of the other side that an act names', () => {
  it.each(cases)('%s', async (name, twice) => {
    const { path, answer, named } = await given(twice);
    const takesUp = twice.declaration.takesUp ?? [];
    expect([...takesUp, ...mayBeCorrectedAfter(name)]).toEqual(
      expect.arrayContaining(named.map(({ type }) => type)),
    );
    for (const target of named) {
      const who = target.act.party === 'RU' ? negotiators.RU : negotiators.US;
      const body = { target: target.id, content: target.content };
      const corrected = await api.act(`${path}/correct`, body, who);
      if (!takesUp.includes(target.type)) {
        expect([target.type, corrected.status]).toEqual([target.type, 200]);
        continue;
      }
      expect(corrected).toMatchObject({ status: 409, body: { code: 'content-sealed' } });
      expect(corrected.body['detail']).toContain(`${answer.type} ${answer.id}`);
    }
  });

  it.each(cases.filter(([, { declaration }]) => declaration.takesUp !== undefined))(
    '%s stays with those that it takes up',
    async (name, twice) => {
      const { named } = await given(twice);
      const found = named.map(({ type }) => type).filter((type) => twice.declaration.takesUp?.includes(type));
      // A note need not answer another one.
      expect(found.length > 0 || name === 'PresentNote').toBe(true);
    },
  );
});
