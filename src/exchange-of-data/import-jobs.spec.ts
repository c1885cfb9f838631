import { describe, expect, it } from '@jest/globals';
import { Damaged, Doubted, MemoryEventStore } from '#libs/event-store';
import type { EventStore } from '#libs/event-store';
import type { SpooledFile } from '../platform/http/spooled-file.js';
import { Ids } from '../platform/record/ids.js';
import type { Principal } from '../platform/record/principal.js';
import { bytesOfFile } from './import-files.js';
import type { Asked } from './import-job.js';
import { ImportJobs } from './import-jobs.js';
import { run } from './import-run.js';
import type { Importer } from './importing.js';
import { Trouble } from './import-trouble.js';

const hour = 60 * 60 * 1_000;
const principal = { id: 'p', name: 'Somebody', party: null, roles: ['secretariat'] } as unknown as Principal;
const asked: Asked = { principal, dialogueId: 'd', format: 'csv', mapping: {}, dryRun: false };

/** Its connection falls after the first bytes, where it is told to. */
function file(falls = false): SpooledFile {
  const chunks = async function* (): AsyncGenerator<Buffer> {
    yield Buffer.from('id,title\n');
    if (falls) throw new Error('The program fell.');
  };
  return { bytes: 9, sha256: 'a'.repeat(64), chunks } as unknown as SpooledFile;
}

function clockAt(afterMs = 0) {
  return { now: () => Date.now() + afterMs, iso: () => new Date(Date.now() + afterMs).toISOString() };
}
const jobsOn = (store: EventStore, afterMs = 0) =>
  new ImportJobs(store, new Ids(), clockAt(afterMs) as ConstructorParameters<typeof ImportJobs>[2]);

const streamsUnder = async (store: MemoryEventStore, prefix: string) => {
  const found = new Set<string>();
  for await (const message of store.readAll({ filter: { streamPrefixes: [prefix] }, limit: 500 }))
    if (message.kind === 'event' && message.event.content !== null) found.add(message.event.stream);
  return [...found];
};

/** Counts what is read, and by which way. */
class Watched extends MemoryEventStore {
  events = 0;
  wholeReads = 0;
  override readAll(...args: Parameters<EventStore['readAll']>) {
    this.wholeReads += 1;
    return super.readAll(...args);
  }
  override async *readStream(...args: Parameters<EventStore['readStream']>) {
    for await (const event of super.readStream(...args)) {
      this.events += 1;
      yield event;
    }
  }
}

const ended = { counts: { rows: 1, recorded: 1, unchanged: 0, refused: 0 }, line: 2, faults: 0 };

async function brought(jobs: ImportJobs, key: string) {
  const { job } = await jobs.receive(asked, key, file(), 'trace');
  await jobs.ended(job, { ...ended, state: 'done' }, []);
  return job.id;
}

/** A store in which one stream can't be read, or one event of it. */
class Damaging extends MemoryEventStore {
  damaged = '';
  revision: bigint | undefined;
  override async *readStream(...args: Parameters<EventStore['readStream']>) {
    for await (const event of super.readStream(...args)) {
      const isDamaged = this.revision === undefined || event.revision === this.revision;
      if (args[0] === this.damaged && isDamaged) throw new Damaged('It is no JSON.');
      yield event;
    }
  }
}

describe('An import of which something is damaged', () => {
  it('keeps none of the others from going on, nor from being cleared away', async () => {
    const store = new Damaging();
    const jobs = jobsOn(store);
    const { job } = await jobs.receive(asked, 'damaged', file(), 'trace');
    const { job: other } = await jobs.receive(asked, 'other', file(), 'trace');
    store.damaged = `import-${job.id}`;
    const again = jobsOn(store, 31 * 24 * hour);
    await again.refresh();
    expect(again.next()?.id).toBe(other.id);
    await again.ended(other, { ...ended, state: 'done' }, []);
    await again.clear();
    expect(again.next()).toBeUndefined();
  });

  it.each([0n, 1n, 2n])('is passed over where it is event %d of the register', async (revision) => {
    const store = new Damaging();
    const jobs = jobsOn(store);
    const keys = ['first', 'second', 'third'];
    const ids: string[] = [];
    for (const key of keys) ids.push((await jobs.receive(asked, key, file(), 'trace')).job.id);
    Object.assign(store, { damaged: 'imports-register', revision });
    const again = jobsOn(store);
    await again.refresh();
    const left = ids.filter((_, at) => BigInt(at) !== revision);
    expect(again.next()?.id).toBe(left[0]);
    const { job } = await again.receive(asked, 'fourth', file(), 'trace');
    const listed = await again.of(principal.id, { limit: 9 });
    expect(listed.map((one) => one.job?.id)).toEqual([job.id, ...left.toReversed()]);
    expect(await again.receive(asked, keys[Number(revision)] as string, file(), 'trace')).toMatchObject({
      isRepeat: true,
    });
  });

  it('fails where its file can’t be read, and is not tried for ever', async () => {
    const store = new Damaging();
    const jobs = jobsOn(store);
    const { job } = await jobs.receive(asked, 'k', file(), 'trace');
    store.damaged = `importfile-${job.fileId}`;
    const reports: unknown[] = [];
    const importer = { refuseColumns: () => undefined } as unknown as Importer;
    const goesOn = () => Promise.resolve(true);
    const report = (...told: unknown[]) => reports.push(told);
    const { signal } = new AbortController();
    await run(job, { store, jobs, importer, goesOn, signal, report }).catch(() => undefined);
    expect(await jobs.find(job.id)).toMatchObject({ state: 'failed', failure: { code: 'unreadable' } });
    expect(reports).toHaveLength(1);
    await jobs.refresh();
    expect(jobs.next()).toBeUndefined();
  });
});

describe('A file of which there is no import', () => {
  it('is left while it may be on its way, and cleared away an hour after it began', async () => {
    const store = new MemoryEventStore();
    await expect(jobsOn(store).receive(asked, 'k', file(true), 'trace')).rejects.toThrow('fell');
    await jobsOn(store).clear();
    expect(await streamsUnder(store, 'importfile-')).toHaveLength(1);
    await jobsOn(store, 2 * hour).clear();
    expect(await streamsUnder(store, 'importfile-')).toEqual([]);
  });

  it('is no hindrance to sending it again', async () => {
    const store = new MemoryEventStore();
    await expect(jobsOn(store).receive(asked, 'k', file(true), 'trace')).rejects.toThrow('fell');
    const again = jobsOn(store);
    const { job, isRepeat } = await again.receive(asked, 'k', file(), 'trace');
    expect(isRepeat).toBe(false);
    expect(Buffer.concat(await Array.fromAsync(bytesOfFile({ store }, job.fileId))).toString()).toBe(
      'id,title\n',
    );
    await again.ended(job, { ...ended, state: 'done' }, []);
    expect(await streamsUnder(store, 'importfile-')).toEqual([]);
  });
});

describe('What is known of imports', () => {
  it('is the same at whoever starts anew, and at whoever was there before', async () => {
    const store = new MemoryEventStore();
    const [one, other] = [jobsOn(store), jobsOn(store)];
    await other.refresh();
    const first = await brought(one, 'a');
    const { job } = await one.receive(asked, 'b', file(), 'trace');
    for (const jobs of [one, other, jobsOn(store)]) {
      const listed = await jobs.of('p', { limit: 9 });
      expect(listed.map(({ job: found }) => [found?.id, found?.state])).toEqual([
        [job.id, 'waiting'],
        [first, 'done'],
      ]);
      expect(jobs.next()?.id).toBe(job.id);
      expect(await jobs.of('nobody', { limit: 9 })).toEqual([]);
    }
  });

  it('costs a start, and the hourly look, nothing for whatever else is in the store', async () => {
    const store = new Watched();
    await brought(jobsOn(store), 'a');
    for (let place = 0; place < 2_000; place += 1)
      await store.append(
        `other-${place}`,
        [{ id: `e${place}`, type: 'Said', data: {}, content: null, salt: null, meta: {} }],
        { expected: 'no_stream' },
      );
    store.events = 0;
    const jobs = jobsOn(store);
    await jobs.clear();
    await jobs.clear();
    expect(store.wholeReads).toBe(0);
    expect(store.events).toBeLessThan(10);
  });

  it('goes a month after its end, with the words of its faults, and can be sent anew then', async () => {
    const store = new MemoryEventStore();
    const jobs = jobsOn(store);
    const { job } = await jobs.receive(asked, 'a', file(), 'trace');
    await jobs.ended(job, { ...ended, faults: 1, state: 'done' }, [
      { line: 2, code: 'wrong', detail: 'Words.' },
    ]);
    const later = jobsOn(store, 31 * 24 * hour);
    await later.clear();
    expect(await streamsUnder(store, 'import-')).toEqual([]);
    expect(await later.of('p', { limit: 9 })).toEqual([]);
    expect(await later.find(job.id)).toBeUndefined();
    expect((await later.receive(asked, 'a', file(), 'trace')).isRepeat).toBe(false);
    expect((await jobsOn(store).of('p', { limit: 9 })).map((one) => one.job?.state)).toEqual(['waiting']);
  });
});

describe('An import that is cancelled', () => {
  it('says so at each server, keeps what was noted of it, and ends once', async () => {
    const store = new MemoryEventStore();
    const [runs, other] = [jobsOn(store), jobsOn(store)];
    const { job } = await runs.receive(asked, 'a', file(), 'trace');
    const noted = await runs.progressed(job, ended, []);
    expect(await other.cancel(job.id)).toMatchObject({ isCancelled: true, state: 'running' });
    expect(await other.cancel(job.id)).toMatchObject({ isCancelled: true });
    expect(await runs.isCancelled(noted)).toBe(true);
    await runs.ended(noted, { ...ended, state: 'failed' }, []);
    expect(await other.cancel(job.id)).toMatchObject({
      isCancelled: true,
      state: 'failed',
      counts: ended.counts,
    });
    expect(runs.next()).toBeUndefined();
    await other.refresh();
    expect(other.next()).toBeUndefined();
  });

  it('is not so once it is at its end', async () => {
    const jobs = jobsOn(new MemoryEventStore());
    await expect(jobs.cancel(await brought(jobs, 'a'))).rejects.toThrow(
      'It is done, and 1 of its rows were recorded.',
    );
  });
});

describe('A store in which imports can not go on', () => {
  it('is told of once until they go on, without a trace where it passes by itself', () => {
    const told: [words: string, error: unknown][] = [];
    const trouble = new Trouble((words, error) => void told.push([words, error]));
    for (let second = 0; second < 60; second += 1) trouble.tell(new Doubted('It shows less than before.'));
    const fault = new TypeError('It is none.');
    for (let second = 0; second < 60; second += 1) trouble.tell(fault);
    expect(told).toEqual([
      ['Imports wait, and go on by themselves: It shows less than before.', undefined],
      ['An import could not go on; it is tried again each second.', fault],
    ]);
    trouble.over();
    trouble.tell(new Doubted('It shows less than before.'));
    expect(told).toHaveLength(3);
  });
});
