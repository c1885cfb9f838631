import {
  formatSignatures,
  judgeCheckpoint,
  nodeCrypto,
  parseVerifierKey,
  sizeMediaType,
  signText,
  LedgerFault,
} from '#libs/ledger';
import type { Note, NoteSignature, VerifierKey } from '#libs/ledger';
import { CannotCheck } from './cannot-check.js';
import type { WitnessKey } from './witness-key.js';
import type { WitnessMemory } from './witness-state.js';

/** Origin → the keys by which its checkpoints are known. */
export type KnownLogs = ReadonlyMap<string, readonly VerifierKey[]>;

/** `ORIGIN VERIFIER-KEY`, one a line; a log that changes its key has two. */
export function parseKnownLogs(bytes: Uint8Array): KnownLogs {
  const logs = new Map<string, VerifierKey[]>();
  Buffer.from(bytes)
    .toString('utf8')
    .split('\n')
    .forEach((line, index) => {
      if (line.trim() === '' || line.startsWith('#')) return;
      const [origin, key, ...more] = line.trim().split(/[ \t]+/);
      if (origin === undefined || key === undefined || more.length > 0)
        throw new LedgerFault('malformed', `Line ${index + 1} is not of the form “origin verifier-key”.`);
      const known = logs.get(origin) ?? [];
      logs.set(origin, [...known, parseVerifierKey(nodeCrypto, key)]);
    });
  if (logs.size === 0) throw new LedgerFault('malformed', 'No log is named.');
  return logs;
}

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  /** What was cosigned, at 200. */
  readonly cosigned?: { readonly note: Note; readonly signature: NoteSignature };
}

const triesMax = 10;

/** A witness of c2sp.org/tlog-witness without its HTTP: whatever comes, it cosigns one history of each log. */
export class Witness {
  constructor(
    private readonly own: WitnessKey,
    private readonly logs: KnownLogs,
    private readonly memory: WitnessMemory,
    /** Milliseconds since 1970. */
    private readonly now: () => number,
  ) {}

  /** What was cosigned last is on the disk before the answer is there. */
  answer(body: Uint8Array): Answer {
    for (let tries = 0; tries < triesMax; tries++) {
      const answer = this.#once(body);
      if (answer !== undefined) return answer;
    }
    throw new CannotCheck(
      'Other processes cosign the same log all the time: run one witness with this folder.',
    );
  }

  /** Undefined where another process has cosigned something in between. */
  #once(body: Uint8Array): Answer | undefined {
    let seen = { turn: 0, checkpoint: undefined } as ReturnType<WitnessMemory['latestOf']>;
    const judged = judgeCheckpoint(nodeCrypto, body, {
      keysOf: (origin) => this.logs.get(origin),
      latestOf: (origin) => (seen = this.memory.latestOf(origin)).checkpoint,
    });
    if (judged.status === 409) return { status: 409, type: sizeMediaType, body: `${judged.size}\n` };
    if (judged.status !== 200)
      return { status: judged.status, type: 'text/plain; charset=utf-8', body: `${judged.why}\n` };
    if (!this.memory.take(seen, judged.checkpoint)) return undefined;
    const { note } = judged;
    const signature = signText(note.text, this.own.key, this.own.sign, Math.floor(this.now() / 1000));
    return {
      status: 200,
      type: 'text/plain; charset=utf-8',
      body: formatSignatures([signature]),
      cosigned: { note, signature },
    };
  }
}
