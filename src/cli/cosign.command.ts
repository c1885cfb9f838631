import { resolve } from 'node:path';
import { cosigned, requestFor } from '../checking/cosigning.js';
import { readBounded, readGiven, writeWhole } from '../checking/plain-files.js';
import { openedSource } from '../checking/source.js';
import { credentialFor } from './checking.js';
import { CliFailure } from './cli-failure.js';
import { shown } from './shown.js';
import { witnessIn } from './witness.command.js';
import type { WitnessCall } from './witness.command.js';

interface CosignCall extends Partial<WitnessCall> {
  readonly request?: string;
  readonly old: string;
  readonly out?: string;
}

const bytesMax = 1_000_000;

/** Makes the request that is carried to a machine without a network, or cosigns it there. */
export async function cosign(file: string, call: CosignCall): Promise<void> {
  if (call.request === undefined) return cosignHere(file, call);
  if (!/^(0|[1-9]\d{0,15})$/.test(call.old))
    throw new CliFailure(`"${call.old}" is no size: give a whole number.`);
  if (call.out !== undefined)
    throw new CliFailure(
      `With --request the file is made that is named first, ${file}: leave --out out, which says where a cosigned checkpoint goes.`,
    );
  refuseOther(file);
  const log = openedSource(call.request, await credentialFor(call.request));
  await writeWhole(resolve(file), await requestFor(log, Number(call.old)));
  process.stdout.write(shown`${file} can be carried to the witness.\n`.text);
}

/** An earlier request is made anew; anything else that has the name stays. */
function refuseOther(file: string): void {
  const there = readBounded(resolve(file), bytesMax);
  if (there === undefined || Buffer.from(there.subarray(0, 4)).toString('latin1') === 'old ') return;
  throw new CliFailure(`${file} is there already and is no earlier request: name another file.`);
}

async function cosignHere(file: string, { folder, logs, name, out }: CosignCall): Promise<void> {
  if (folder === undefined || logs === undefined)
    throw new CliFailure('Give --folder and --logs to cosign, or --request to make what is to be cosigned.');
  const { witness, line } = witnessIn({ folder, logs, ...(name === undefined ? {} : { name }) });
  const { signed, size } = cosigned(witness, readGiven(file, bytesMax));
  if (out === undefined) process.stdout.write(Buffer.from(signed));
  else await writeWhole(resolve(out), signed);
  process.stderr.write(
    shown`${line}\nIt has cosigned ${size} entries; the next request is made with --old ${size}.\n`.text,
  );
}
