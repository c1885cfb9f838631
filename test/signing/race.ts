import type { EventStore } from '#libs/event-store';
import { Api } from '../support/api.js';
import { setScene } from '../support/scene.js';
import { registerFirst, requireSigned } from '../support/signing.js';
import { faultsIn } from './oracle.js';

/** How long an append waits for another one that may never come while it waits. */
const turnsMax = 2_000;

/** A store that takes the party's asking for signatures before the acts that came to it earlier, if it comes at all. */
class Overtaken {
  isHeld = false;
  #isRequired = false;

  readonly through = (store: EventStore): EventStore => {
    const append: EventStore['append'] = async (stream, events, options) => {
      const isAsking = events.some(({ type }) => type === 'SignedActsRequired');
      if (this.isHeld && !isAsking) await this.#untilRequired();
      const appended = await store.append(stream, events, options);
      if (isAsking) this.#isRequired = true;
      return appended;
    };
    return new Proxy(store, {
      get(target, name) {
        if (name === 'append') return append;
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
  };

  async #untilRequired(): Promise<void> {
    for (let turn = 0; turn < turnsMax && !this.#isRequired; turn += 1) await new Promise(setImmediate);
  }
}

/** Acts that are on their way, unsigned, while their party asks for signatures; what was recorded wrongly. */
export async function raced(): Promise<readonly string[]> {
  const store = new Overtaken();
  const api = await Api.start({}, undefined, undefined, undefined, store.through);
  try {
    const { dialogueId } = await setScene(api);
    const key = await registerFirst(api, dialogueId, 'RU', 101);
    const cited = { kind: 'press', issuers: [], lang: 'en', held: false, citation: 'A paper' };
    store.isHeld = true;
    const acts = Array.from({ length: 8 }, (_, index) =>
      api.create('/v1/sources', { dialogueId, ...cited, title: `Paper ${index}` }, 'ru-registrar'),
    );
    await Promise.all([...acts, requireSigned(api, dialogueId, 'RU', key)]);
    return await faultsIn(api, dialogueId);
  } finally {
    await api.stop();
  }
}
