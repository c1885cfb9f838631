import { Refused } from '../../src/demo/call.js';
import { Player } from '../../src/demo/player.js';
import type { Server } from '../../src/demo/player.js';
import type { Step } from '../../src/demo/step.js';
import { Api } from '../support/api.js';
import { inventedParties, negotiatorOf } from './rekept.js';

/** One record on one server, on which every answer is held against the description. */
export async function startServer(): Promise<{ readonly api: Api; readonly server: Server }> {
  const api = await Api.start();
  const keys: Record<string, string> = {};
  for (const party of inventedParties) {
    const name = negotiatorOf(party);
    const issued = await api.server.record.credentials.issue(
      { name, party, roles: ['negotiator'], days: 400 },
      { as: 'folder' },
    );
    keys[name] = issued.key;
  }
  const { server, fetch } = api;
  return { api, server: { url: server.url, key: api.keys['secretariat'] ?? '', keys, fetch } };
}

export interface Played {
  /** Acts that the server recorded, of those that there are. */
  readonly recorded: number;
  readonly dialogueId: string;
  idOf(label: string): string;
  /** How the server refuses the act; empty where it records it. */
  refusalOf(step: Step): Promise<string>;
}

/** Plays all of them at once, an act of each in turn, as desks that work on one record would. */
export async function playInTurn(
  server: Server,
  all: ReadonlyMap<string, readonly Step[]>,
): Promise<ReadonlyMap<string, Played>> {
  const tellings = [...all].map(([name, steps]) => ({ name, steps, player: new Player(server, name) }));
  const longest = Math.max(...tellings.map(({ steps }) => steps.length));
  for (let at = 0; at < longest; at += 1) {
    for (const { steps, player } of tellings) {
      const step = steps[at];
      if (step !== undefined) await player.play(step);
    }
  }
  for (const { player } of tellings) await player.settle();
  return new Map(tellings.map(({ name, steps, player }) => [name, played(name, player, steps[0]?.as ?? '')]));
}

function played(name: string, player: Player, dialogue: string): Played {
  const idOf = (label: string) => {
    const id = player.ids.get(label);
    if (id === undefined) throw new Error(`${name} has no ${label}.`);
    return id;
  };
  return {
    recorded: player.recorded,
    dialogueId: idOf(dialogue),
    idOf,
    async refusalOf(step) {
      try {
        await player.play(step);
        return '';
      } catch (error) {
        if (error instanceof Refused) return error.message;
        throw error;
      }
    },
  };
}
