import { Client } from './client.js';
import { ClusterDay } from './cluster-day.js';
import type { Lift } from './cluster-day.js';
import { faults } from './faults.js';
import { holds } from './invariants.js';
import { levelMs, longestMs, stopwatch } from './pace.js';
import type { PlannedAct, Schedule, Step } from './schedule.js';
import type { Told } from './told.js';
import { Violated } from './violated.js';
import { pause } from './waiting.js';
import type { Who, World } from './world.js';
import { Writing } from './writing.js';
import type { Acknowledged, Write } from './writing.js';

/** How often each server is asked whether it is ready. */
const probedEveryMs = 250;
const press = { kind: 'press', issuers: [], lang: 'en', held: false, citation: 'x' };

/** Plays one schedule from beginning to end; throws `Violated`. */
export class Play {
  readonly #client: Client;
  readonly #day: ClusterDay;
  readonly #writing: Writing;
  readonly #acknowledged: Acknowledged[] = [];
  #writes = 0;
  #dialogueId = '';
  /** Set once the cause is gone. */
  #sinceGone: (() => number) | undefined;
  #isOver = false;

  constructor(private readonly world: World) {
    world.schedules += 1;
    this.#client = new Client(world);
    this.#day = new ClusterDay(world.cluster, world.name);
    this.#writing = new Writing(this.#client, () => (this.#sinceGone?.() ?? 0) > levelMs + longestMs);
  }

  async play({ steps, writers, round }: Schedule): Promise<number> {
    const eventsBefore = this.#day.database.log.all.length;
    const shared = await this.#openTalks();
    const working = Promise.all([
      ...writers.map((acts, at) => this.#write(acts, at === 0 ? 'RU' : 'US', shared)),
      this.#meet(round),
    ]);
    working.catch(() => undefined);
    const probing = Promise.all(this.world.servers.map((_, server) => this.#probe(server)));
    probing.catch(() => undefined);
    let levelAfterMs = 0;
    let discussed = '';
    try {
      await this.#strike(steps);
      this.#sinceGone = stopwatch(this.world.lost);
      await this.#level();
      levelAfterMs = this.#sinceGone();
      const done = await working;
      discussed = done.at(-1) as string;
    } finally {
      await this.#day.end();
      this.#isOver = true;
      await Promise.allSettled([working, probing]);
    }
    await probing;
    await this.#settle();
    const told: Told = {
      world: this.world,
      client: this.#client,
      dialogueId: this.#dialogueId,
      acknowledged: this.#acknowledged,
      discussed,
      levelAfterMs,
      eventsBefore,
    };
    await holds(told, this.#writing);
    return levelAfterMs;
  }

  async #record(server: number, write: Omit<Write, 'key'>): Promise<Acknowledged> {
    this.#writes += 1;
    const key = `${this.world.schedules}-${this.#writes}`;
    const one = await this.#writing.record(server, { ...write, key });
    this.#acknowledged.push(one);
    return one;
  }

  /** A dialogue that both have joined, and an irritant that all write to. */
  async #openTalks(): Promise<string> {
    const body = {
      parties: ['RU', 'US'],
      keyPrefix: `S${this.world.schedules.toString(36).toUpperCase()}`,
      name: { en: 'x' },
    };
    this.#dialogueId = (await this.#record(0, { who: 'RU', path: '/v1/dialogues', body })).id;
    const subject = `/v1/dialogues/${this.#dialogueId}`;
    await this.#record(1, { who: 'US', path: `${subject}/join`, body: {}, subject });
    return (await this.#raise(0, 'RU')).id;
  }

  #raise(server: number, who: Who): Promise<Acknowledged> {
    return this.#record(server, {
      who,
      path: '/v1/irritants',
      body: {
        dialogueId: this.#dialogueId,
        raisers: [who],
        respondents: [who === 'RU' ? 'US' : 'RU'],
        raisedBasis: 'stated',
        category: 'visas',
        title: { en: 'x' },
      },
    });
  }

  async #write(acts: readonly PlannedAct[], who: Who, shared: string): Promise<void> {
    for (const act of acts) {
      await pause(act.afterMs);
      const one = await this.#act(act, who, shared);
      if (act.repeats) await this.#writing.repeat(1 - act.server, one);
      if (act.reads) await this.#readsIt(1 - act.server, one);
    }
  }

  #act({ kind, server }: PlannedAct, who: Who, shared: string): Promise<Acknowledged> {
    const { schedules } = this.world;
    const text = `${who} ${schedules}-${this.#writes}`;
    if (kind === 'raises') return this.#raise(server, who);
    if (kind === 'cites') {
      const body = { dialogueId: this.#dialogueId, ...press, title: text };
      return this.#record(server, { who, path: '/v1/sources', body });
    }
    const subject = `/v1/irritants/${shared}`;
    const body = { stance: 'contests', text: { en: text } };
    return this.#record(server, { who, path: `${subject}/state-position`, body, subject });
  }

  /** Whoever names the place of its write finds it on the other server. */
  async #readsIt(server: number, { write, id, position, revision }: Acknowledged): Promise<void> {
    const list = `/v1/${write.path.split('/')[2]}?dialogue=${this.#dialogueId}&limit=200&minPosition=${position}`;
    const { body } = await this.#writing.read(server, 'reader', list);
    const found = (body['items'] as { id: string; revision: number }[]).find((one) => one.id === id);
    if ((found?.revision ?? -1) >= revision) return;
    throw new Violated(`${list} shows ${found?.revision ?? 'nothing'} of ${id}, which is at ${revision}.`);
  }

  /** An irritant comes up at a round that both say was held: a policy begins the consultation. */
  async #meet(round: Schedule['round']): Promise<string> {
    const [raised, scheduled, discussed, ...confirmed] = round;
    const begin = async (step: (typeof round)[number] | undefined) => {
      await pause(step?.afterMs ?? 0);
      return step?.server ?? 0;
    };
    const { id } = await this.#raise(await begin(raised), 'RU');
    const body = { dialogueId: this.#dialogueId };
    const scheduling = { who: 'RU', path: '/v1/rounds', body } as const;
    const subject = `/v1/rounds/${(await this.#record(await begin(scheduled), scheduling)).id}`;
    const discussing = { who: 'RU', path: `${subject}/discuss`, body: { irritantId: id }, subject } as const;
    await this.#record(await begin(discussed), discussing);
    for (const [at, who] of (['RU', 'US'] as const).entries()) {
      const confirming = { who, path: `${subject}/confirm-held`, body: {}, subject };
      await this.#record(await begin(confirmed[at]), confirming);
    }
    return id;
  }

  async #strike(steps: readonly Step[]): Promise<void> {
    const lasting: Promise<void>[] = [];
    const { authorityFile, servers } = this.world;
    for (const step of steps) {
      await pause(step.afterMs);
      const striking = Promise.resolve(faults[step.kind]({ day: this.#day, servers, authorityFile }, step));
      lasting.push(lasts(striking, step.forMs));
    }
    await Promise.all(lasting);
    await this.#day.end();
  }

  async #probe(server: number): Promise<void> {
    while (!this.#isOver) {
      await this.#client.ask(server, 'nobody', 'GET', '/readyz');
      await pause(probedEveryMs);
    }
  }

  /** Until both servers take acts, and both show them and all that follows from them. */
  async #level(): Promise<void> {
    await Promise.all(
      this.world.servers.map(async (_, server) => {
        const one = await this.#record(server, {
          who: 'RU',
          path: '/v1/sources',
          body: { dialogueId: this.#dialogueId, ...press, title: `level ${server}` },
        });
        await this.#readsIt(1 - server, one);
        for (;;) {
          const ready = await this.#client.ask(server, 'nobody', 'GET', '/readyz');
          if (ready?.status === 200) return;
          if ((this.#sinceGone?.() ?? 0) > levelMs + longestMs)
            throw new Violated(`It is not ready again: ${JSON.stringify(ready?.body['detail'])}`);
          await pause(10);
        }
      }),
    );
  }

  /** Until everything that is stored is in the read models of both. */
  async #settle(): Promise<void> {
    for (const { running } of this.world.servers) {
      const settled = () => running?.record.projections.settled({ timeoutMs: 10 * levelMs });
      if ((await settled()) !== 'reached' || (await settled()) !== 'reached')
        throw new Violated(`It never gets level: ${JSON.stringify(running?.record.projections.status())}`);
    }
  }
}

async function lasts(striking: Promise<Lift>, forMs: number): Promise<void> {
  const lift = await striking;
  await pause(forMs);
  await lift();
}
