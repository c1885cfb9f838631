import type { EventStore } from '#libs/event-store';
import { Unavailable } from '#libs/event-store';
import { startServer } from '../../../src/server.js';
import type { Server, ServerOptions } from '../../../src/server.js';
import { quietSettings } from '../../support/api.js';
import { atLength } from '../../support/at-length.js';

export type Options = Pick<ServerOptions, 'storeWaits' | 'storeThrough'> &
  Partial<Pick<ServerOptions['settings'], 'answerMs'>>;

/** The store as it is, but for what is changed. */
export function altered(store: EventStore, changes: Partial<EventStore>): EventStore {
  return new Proxy(store, {
    get(target, name) {
      const own: unknown = Reflect.get(changes, name) ?? Reflect.get(target, name, target);
      return typeof own === 'function' ? own.bind(target) : own;
    },
  });
}

/** One server of ours in this process, which can be stopped as hard as a kill does, and started again on its folder. */
export class OurServer {
  #server: Server | undefined;
  #life = new AbortController();

  constructor(
    private readonly directory: string,
    private readonly storeUrl: () => string,
    private readonly options: Options,
  ) {}

  /** Undefined while it is not running. */
  get running(): Server | undefined {
    return this.#server;
  }

  /** Of whoever speaks to it now: they hear nothing more once it is stopped. */
  get life(): AbortSignal {
    return this.#life.signal;
  }

  /** As whoever runs it would: again until the store answers. */
  start(): Promise<Server> {
    return atLength(async () => {
      const life = new AbortController();
      const { answerMs = quietSettings.answerMs, ...options } = this.options;
      const server = await startServer({
        ...options,
        settings: { ...quietSettings, answerMs, directory: this.directory, storeUrl: this.storeUrl() },
        storeThrough: (store) => mortal(this.options.storeThrough?.(store) ?? store, life.signal),
      });
      this.#life = life;
      this.#server = server;
      return server;
    });
  }

  /** What it had sent may arrive; it sends nothing more, gives up nothing, and nobody hears of it. */
  async stopHard(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    this.#life.abort();
    await server?.stop();
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    await server?.stop();
  }
}

/** Nothing is appended any more once it is dead. */
function mortal(store: EventStore, death: AbortSignal): EventStore {
  return altered(store, {
    append: async (...args) => {
      if (death.aborted) throw new Unavailable('This server was stopped.');
      return store.append(...args);
    },
  });
}
