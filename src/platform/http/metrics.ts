import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Projections } from '#libs/projections';
import type { Appends } from '../record/appends.js';
import { versionOf } from './program-version.js';

/** What we measure ourselves, with what it is; the guide for operators says of each when to tell somebody. */
export const ownMetrics = {
  entente_http_request_duration_seconds:
    'How long requests took, from the first line to the last byte out, by method, route and status.',
  entente_build_info: '1, with the version of the program and the commit that an image was built from.',
  entente_appends_total:
    'Appends to the store, by what became of them: recorded, conflict (somebody else was first, and most are decided anew) or failed.',
  entente_events_recorded_total: 'Events that were appended.',
  entente_appends_under_way: 'Appends that the store has been sent and has not answered yet.',
  entente_auth_failures_total: 'Requests that were refused with 401 or 403, by that.',
  entente_projection_ordinal: 'The last event that a projection has applied.',
  entente_projection_lag_events:
    'The events that a projection has yet to apply; absent before anything was read.',
  entente_projection_halted: '1 if a projection is halted.',
  entente_ledger_signing: '1 on a server that signs the logs, while it holds the lease.',
  entente_ledger_alarms: 'The dialogues whose history in the store is not what was logged or signed.',
  entente_ledger_witnesses_silent: 'The witnesses that do not answer; asked on the server that signs.',
  entente_ledger_witness_refusals:
    'How many logs witnesses refuse to countersign that they know, counted for each witness.',
  entente_feeds_open: 'The feeds that are open: streams, and polls that wait.',
  entente_webhooks_paused: 'The webhooks whose receivers took nothing for three days.',
  entente_policies_held: '1 on the server that brings consequences about.',
} as const;

/** What prom-client measures of the process, as far as somebody acts on it. */
export const processMetrics = {
  process_cpu_user_seconds_total: 'Processor time in the program.',
  process_cpu_system_seconds_total: 'Processor time in the system on its behalf.',
  process_cpu_seconds_total: 'Both together.',
  process_start_time_seconds: 'When the process began, in seconds since 1970.',
  process_resident_memory_bytes: 'The memory of the process.',
  process_open_fds: 'Open files and connections.',
  process_max_fds: 'How many of them the system allows.',
  nodejs_eventloop_lag_seconds: 'By how much a timer is late at this moment.',
  nodejs_eventloop_lag_p99_seconds: 'By how much the latest hundredth was late since the last scrape.',
  nodejs_heap_size_total_bytes: 'What the heap of JavaScript takes.',
  nodejs_heap_size_used_bytes: 'What of it is in use.',
  nodejs_gc_duration_seconds: 'How long it was cleared up, by kind.',
  nodejs_version_info: 'The version of Node.',
} as const;

export type Metric = keyof typeof ownMetrics | keyof typeof processMetrics;

/** From what costs nothing to what waits for others; few, for each route and status has them all. */
const buckets = [0.005, 0.02, 0.1, 0.5, 2, 10];

interface Answered {
  readonly method: string;
  /** As it is declared, never as it was asked for. */
  readonly route: string;
  readonly status: string;
}

/** In no registry yet: prom-client would put it into the one that all servers of a process share. */
function named<Name extends keyof typeof ownMetrics>(name: Name) {
  return { name, help: ownMetrics[name], registers: [] };
}

/** The numbers of one server for Prometheus. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #durations = new Histogram({
    ...named('entente_http_request_duration_seconds'),
    labelNames: ['method', 'route', 'status'],
    buckets,
  });

  /** By method, route and status: each request has one of few, and finding its row by labels costs more than counting it. */
  readonly #rows = new Map<string, { observe(seconds: number): void }>();

  readonly #refused = new Counter({ ...named('entente_auth_failures_total'), labelNames: ['status'] });

  /** `lease`: whether this server brings consequences about. */
  constructor(
    projections: Pick<Projections, 'status'>,
    lease: { readonly held: boolean },
    appends: Readonly<Appends>,
  ) {
    this.#ofTheBuild();
    this.#ofAppends(appends);
    this.#ofEach('entente_projection_ordinal', (gauge) => {
      for (const { name, ordinal } of projections.status()) gauge.set({ projection: name }, ordinal);
    });
    this.#ofEach('entente_projection_lag_events', (gauge) => {
      for (const { name, lag } of projections.status())
        if (lag !== undefined) gauge.set({ projection: name }, lag);
    });
    this.#ofEach('entente_projection_halted', (gauge) => {
      for (const { name, state } of projections.status())
        gauge.set({ projection: name }, state === 'halted' ? 1 : 0);
    });
    const held = new Gauge({
      ...named('entente_policies_held'),
      collect() {
        this.set(lease.held ? 1 : 0);
      },
    });
    for (const metric of [this.#durations, this.#refused, held]) this.#registry.registerMetric(metric);
  }

  /** Of a room that stands higher; asked at each scrape. */
  watch(name: keyof typeof ownMetrics, read: () => number): void {
    const gauge = new Gauge({
      ...named(name),
      collect() {
        this.set(read());
      },
    });
    this.#registry.registerMetric(gauge);
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  answered(about: Answered, seconds: number): void {
    const { method, route, status } = about;
    const name = `${method} ${status} ${route}`;
    let row = this.#rows.get(name);
    if (row === undefined) this.#rows.set(name, (row = this.#durations.labels(method, route, status)));
    row.observe(seconds);
    if (about.status === '401' || about.status === '403') this.#refused.inc({ status: about.status });
  }

  async text(): Promise<string> {
    return `${await this.#registry.metrics()}${await ofTheProcess().metrics()}`;
  }

  #ofTheBuild(): void {
    const { version, commit = '' } = versionOf();
    const build = new Gauge({ ...named('entente_build_info'), labelNames: ['version', 'commit'] });
    build.set({ version, commit }, 1);
    this.#registry.registerMetric(build);
  }

  /** Counted where they are made, and only looked at here. */
  #ofAppends(appends: Readonly<Appends>): void {
    const outcomes = new Counter({
      ...named('entente_appends_total'),
      labelNames: ['outcome'],
      collect() {
        this.reset();
        this.inc({ outcome: 'recorded' }, appends.recorded);
        this.inc({ outcome: 'conflict' }, appends.conflicts);
        this.inc({ outcome: 'failed' }, appends.failed);
      },
    });
    const events = new Counter({
      ...named('entente_events_recorded_total'),
      collect() {
        this.reset();
        this.inc(appends.events);
      },
    });
    for (const metric of [outcomes, events]) this.#registry.registerMetric(metric);
    this.watch('entente_appends_under_way', () => appends.underWay);
  }

  /** Asked at each scrape, and begun anew: a projection says nothing where it knows nothing. */
  #ofEach(name: keyof typeof ownMetrics, read: (gauge: Gauge<'projection'>) => void): void {
    const gauge = new Gauge({
      ...named(name),
      labelNames: ['projection'],
      collect() {
        this.reset();
        read(this);
      },
    });
    this.#registry.registerMetric(gauge);
  }
}

let ofProcess: Registry | undefined;

/** Measured from the first scrape on, so that nobody pays who never asks; servers in one process share it. */
function ofTheProcess(): Registry {
  if (ofProcess !== undefined) return ofProcess;
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  for (const { name } of registry.getMetricsAsArray())
    if (!(name in processMetrics)) registry.removeSingleMetric(name);
  return (ofProcess = registry);
}
