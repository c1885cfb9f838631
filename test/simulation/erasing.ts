import type { Meta } from '../../src/platform/envelope.js';
import { derivedAct } from '../../src/platform/recording.js';
import type { Desk } from '../support/desk.js';

/**
 * The words of one event are erased. The event that says so follows from what two principals ask for; until a command
 * brings it about, it is appended here.
 */
export async function erase({ record }: Desk, stream: string, target: string): Promise<void> {
  const present = await record.world.events(stream);
  const meta: Meta = {
    schemaVersion: 1,
    act: derivedAct,
    sources: [],
    audience: 'both',
    correlationId: 'erasing',
  };
  const event = {
    id: record.ids.next(),
    type: 'ContentErased',
    data: { target, basis: 'personal-data' },
    content: {},
    salt: record.ids.salt(),
    meta: meta as never,
  };
  await record.store.append(stream, [event], { expected: BigInt(present.length - 1) });
}
