import type { EventStore } from '#libs/event-store';
import { Api } from '../support/api.js';
import { setScene } from '../support/scene.js';
import { registerFirst, requireSigned } from '../support/signing.js';
import { faultsIn } from './oracle.js';

/** Many acts at once, unsigned, while their party asks for signatures; what was recorded wrongly. */
export async function raced(): Promise<readonly string[]> {
  const slow = await Api.start({}, undefined, undefined, undefined, slowly);
  try {
    const { dialogueId } = await setScene(slow);
    const key = await registerFirst(slow, dialogueId, 'RU', 101);
    const registered = (index: number) =>
      slow.create(
        '/v1/sources',
        {
          dialogueId,
          kind: 'press',
          issuers: [],
          lang: 'en',
          held: false,
          title: `${index}`,
          citation: 'A paper',
        },
        'ru-registrar',
      );
    const asking = requireSigned(slow, dialogueId, 'RU', key);
    const rounds = [0, 1, 2, 3, 4].map(async (round) => {
      await new Promise((resolve) => setTimeout(resolve, 4 * round));
      return Promise.all([0, 1, 2, 3, 4, 5, 6, 7].map((index) => registered(8 * round + index)));
    });
    await Promise.all([asking, ...rounds]);
    return await faultsIn(slow, dialogueId);
  } finally {
    await slow.stop();
  }
}

/** A store whose appends take a few turns, some more than others. */
function slowly(store: EventStore): EventStore {
  let appends = 0;
  const append: EventStore['append'] = async (...asked) => {
    const turns = ((appends += 1) * 7) % 23;
    for (let turn = 0; turn < turns; turn += 1) await new Promise(setImmediate);
    return store.append(...asked);
  };
  return new Proxy(store, {
    get(target, name) {
      if (name === 'append') return append;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}
