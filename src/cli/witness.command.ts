import { join, resolve } from 'node:path';
import { named } from '../checking/trust-files.js';
import { parseKnownLogs, Witness } from '../checking/witness.js';
import type { KnownLogs } from '../checking/witness.js';
import { seenFolder, witnessKey } from '../checking/witness-key.js';
import { serveWitness } from '../checking/witness-server.js';
import { WitnessMemory } from '../checking/witness-state.js';
import { SystemClock } from '../platform/record/clock.js';
import { CliFailure } from './cli-failure.js';
import { followedBy } from './followed-logs.js';
import type { FollowCall } from './followed-logs.js';
import { shown } from './shown.js';

export interface WitnessCall {
  readonly folder: string;
  readonly logs: string;
  readonly name?: string;
}

interface ServeCall extends WitnessCall, FollowCall {
  readonly host: string;
  readonly port: string;
}

const clock = new SystemClock();

/** The witness of a folder, the line that goes into policies, and what it knows. */
export function witnessIn({ folder, logs, name }: WitnessCall): {
  readonly witness: Witness;
  readonly line: string;
  readonly known: KnownLogs;
  readonly memory: WitnessMemory;
} {
  const path = resolve(folder);
  const known = named(logs, parseKnownLogs);
  const key = witnessKey(path, name);
  const memory = new WitnessMemory(join(path, seenFolder));
  return { witness: new Witness(key, known, memory, () => clock.now()), line: key.line, known, memory };
}

/** Serves a witness until the system asks it to end. */
export async function serveWitnessHere(call: ServeCall): Promise<void> {
  const port = /^\d{1,5}$/.test(call.port) ? Number(call.port) : Number.NaN;
  if (!(port <= 65_535)) throw new CliFailure(`"${call.port}" is no port: give a number from 0 to 65535.`);
  const { witness, line, known, memory } = witnessIn(call);
  const followed = await followedBy(call, { known, memory, clock });
  const server = await serveWitness(witness, {
    host: call.host,
    port,
    ...(followed === undefined ? {} : { followed }),
    onAnswer: (status, words) =>
      process.stderr.write(shown`${clock.iso()} ${status} ${words.split('\n')[0] ?? ''}\n`.text),
    onFatal: (error) => {
      // What was cosigned last may not be on the disk, so nothing more is answered.
      process.stderr.write(shown`entente: ${error instanceof Error ? error.message : String(error)}\n`.text);
      process.exit(1);
    },
  });
  process.stdout.write(shown`${line}\nwitnessing at ${server.url}/add-checkpoint\n`.text);
  if (followed !== undefined) process.stdout.write(shown`alarms at ${server.url}/alarms\n`.text);
  followed?.start();
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => void server.close().then(() => process.exit(0)));
}
