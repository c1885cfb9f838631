import { expect } from '@jest/globals';
import type { Stored } from '../../src/platform/record/envelope.js';
import { done } from './acting.js';
import type { Answer, Api, Body } from './api.js';
import { setScene } from './scene.js';
import { actSigned, asking } from './signing.js';
import { triedAndSent } from './trying.js';
import { negotiators } from './sides.js';
import { othersOf, words } from './twice.js';
import type { Asked, Outcome, Twice } from './twice.js';

/** An answer never says that something was recorded that was not, and a refusal records nothing and says why. */
function expectHonest({ status, headers, body }: Answer, grew: boolean): void {
  const said = status >= 400 ? 'refused' : (headers.get('act-recorded') ?? 'recorded');
  if (status >= 400) expect(body['code']).toEqual(expect.any(String));
  expect({ said, grew }).toEqual({ said: grew ? 'recorded' : status >= 400 ? 'refused' : 'false', grew });
}

/** One state in which the act is taken, and what the stream holds there; a create has an own stream each time. */
class Stage {
  #keys = 0;
  private constructor(
    private readonly api: Api,
    private readonly twice: Twice,
    readonly asked: Asked & Required<Pick<Asked, 'body'>>,
  ) {}

  static async set(api: Api, twice: Twice): Promise<Stage> {
    const { body = {}, ...asked } = await twice.one.ready({ api, scene: await setScene(api) });
    return new Stage(api, twice, { ...asked, body });
  }

  get isCreate(): boolean {
    return this.twice.declaration.path === null;
  }

  /** The first time, after asking what would become of it. */
  async sendTried(body: Body): Promise<Answer> {
    const { path, as, key: signer } = this.asked;
    if (signer !== undefined) return this.send(body);
    return triedAndSent(this.api, await asking(this.api, path, body, as));
  }

  async send(body: Body): Promise<Answer> {
    const { path, as, key: signer } = this.asked;
    if (signer !== undefined) return actSigned(this.api, signer, path, body, as);
    this.#keys += 1;
    const key = { 'Idempotency-Key': `${path}-${this.#keys}-${Math.random()}` };
    return this.isCreate
      ? this.api.create(`/v1/${path}`, body, as, key)
      : this.api.act(`/v1/${path}`, body, as, key);
  }

  /** All events of what this act is about, and where it creates, all of its dialogue's: a new entry counts. */
  async events(): Promise<readonly Stored[]> {
    const { streams } = this.api.server.record;
    const { slice } = this.twice;
    if (!this.isCreate) {
      const { prefix } = this.api.server.record.registry.get(slice);
      return streams.events(`${prefix}-${this.asked.path.split('/')[1]}`);
    }
    await this.api.settled();
    return this.api.server.record.projections.record
      .after(-1, 1_000_000)
      .map(({ event }) => event as unknown as Stored)
      .filter(({ type }) => type === this.twice.declaration.event);
  }

  /** The event of the act itself: the last one of its type. */
  async recorded(): Promise<Stored | undefined> {
    return (await this.events()).findLast(({ type }) => type === this.twice.declaration.event);
  }

  /** What the service made of it: that it was recorded, that nothing was, or by which code it was refused. */
  async outcomeOf(
    body: Body,
    send = (one: Body) => this.send(one),
  ): Promise<{ readonly outcome: Outcome; readonly answer: Answer }> {
    const before = (await this.events()).length;
    const answer = await send(body);
    const grew = (await this.events()).length > before;
    expectHonest(answer, grew);
    if (answer.status >= 400) {
      return { outcome: String(answer.body['code']), answer };
    }
    return { outcome: grew ? 'recorded' : 'repeat', answer };
  }
}

/** What becomes of other content: it is recorded where the act can recur. */
function ofOther({ declaration, one }: Twice): Outcome {
  return one.other ?? (declaration.recurs === true ? 'recorded' : 'already-said');
}

const bare = ({ outcome, answer }: { outcome: Outcome; answer: Answer }) =>
  outcome === 'recorded' || outcome === 'repeat' ? outcome : `${outcome}: ${String(answer.body['detail'])}`;

async function expectOutcome(
  stage: Stage,
  body: Body,
  wanted: { readonly what: string; readonly outcome: Outcome; readonly isTried?: true },
): Promise<void> {
  const earlier = await stage.recorded();
  const found = await (wanted.isTried
    ? stage.outcomeOf(body, (one) => stage.sendTried(one))
    : stage.outcomeOf(body));
  expect([wanted.what, bare(found).split(':')[0], bare(found)]).toEqual([
    wanted.what,
    wanted.outcome,
    bare(found),
  ]);
  if (wanted.outcome === 'already-said')
    expect([wanted.what, found.answer.body['eventId']]).toEqual([wanted.what, earlier?.id]);
}

/** The first time the act is recorded; then the same, and what differs from it in one thing each. */
export async function expectGivenTwice(api: Api, twice: Twice): Promise<void> {
  const { one } = twice;
  const stage = await Stage.set(api, twice);
  const dated = { ...stage.asked.body };
  const isDated = othersOf(twice, dated).some(([what]) => what === 'date');
  const body: Body = isDated ? { ...dated, occurred: '2025-04-10' } : dated;
  await expectOutcome(stage, body, { what: 'first', outcome: 'recorded', isTried: true });
  await expectOutcome(stage, body, { what: 'the same', outcome: one.again ?? 'repeat' });
  for (const [what, different] of othersOf(twice, body)) {
    const outcome = what === 'number' ? (one.numbered ?? ofOther(twice)) : ofOther(twice);
    await expectOutcome(stage, different, { what: `another ${what}`, outcome });
  }
}

/** Once its words are erased, the same words are other content. */
export async function expectOtherAfterErasure(api: Api, twice: Twice): Promise<void> {
  const stage = await Stage.set(api, twice);
  const { body, path } = stage.asked;
  await expectOutcome(stage, body, { what: 'first', outcome: 'recorded' });
  const target = (await stage.recorded())?.id;
  const at = path.split('/').slice(0, 2).join('/');
  for (const as of Object.values(negotiators))
    await done(api, `${at}/request-erasure`, as, { target, basis: 'personal-data', reason: words });
  await expectOutcome(stage, body, { what: 'after erasure', outcome: ofOther(twice) });
}
