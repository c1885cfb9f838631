import { types } from 'node:util';
import type { LoggerService } from '@nestjs/common';
import { pino } from 'pino';
import type { DestinationStream, Logger } from 'pino';
import { EventStoreError } from '#libs/event-store';
import {
  CheckpointMoved,
  PassingFault,
  ReadModelsDiffer,
  ReadModelsForeign,
  ReadModelsReplaced,
  RecordGap,
} from '#libs/projections';

/** Where a server writes what happens to it: one JSON object a line. */
export type Log = Logger;

/** Lines that wait for a reader that has stalled; what comes on top of them is lost, for the server goes on. */
const waitingBytesMax = 4 * 1024 * 1024;
const framesMax = 12;
const frameMark = '    at ';

/** Their sentences are made by us, of names, counts and addresses of the store. */
const ours = [
  EventStoreError,
  CheckpointMoved,
  PassingFault,
  ReadModelsDiffer,
  ReadModelsForeign,
  ReadModelsReplaced,
  RecordGap,
];

const unexpected = 'An unexpected fault.';

/** What the log says of an error: where it arose and of what kind, and its sentence where nobody else's words are in it. */
interface Fault {
  readonly type: string;
  readonly code?: string;
  readonly reason?: string;
  readonly at?: readonly string[];
  readonly cause?: Fault;
}

function sentenceOf(error: Error & { readonly errstr?: unknown }): string | undefined {
  // SQLite's own name of the fault; its message may quote what was looked for.
  if (typeof error.errstr === 'string') return error.errstr;
  return ours.some((kind) => error instanceof kind) ? error.message : undefined;
}

/** A message stands before the frames and may have lines that look like some, so it is cut off, or nothing is given. */
function framesOf({ message, stack = '' }: Error): readonly string[] {
  const [header = ''] = /^[\w$.]+(?: \[\w+\])?(?:: )?/.exec(stack) ?? [];
  const rest = stack.slice(header.length);
  if (!rest.startsWith(`${message}\n`)) return [];
  const lines = rest.slice(message.length).split('\n');
  const frames = lines.filter((line) => line.startsWith(frameMark)).slice(0, framesMax);
  return frames.map((line) => line.slice(frameMark.length));
}

/** Messages of strangers quote: JSON.parse what it was given, a search what was sought. So they stay out of the log. */
export function faultOf(error: unknown): Fault {
  // Of whatever realm, as SQLite's are in a test.
  if (!types.isNativeError(error)) return { type: typeof error };
  const { code } = error as NodeJS.ErrnoException;
  const reason = sentenceOf(error);
  return {
    type: error.constructor.name,
    ...(typeof code === 'string' ? { code } : {}),
    ...(reason === undefined ? {} : { reason }),
    at: framesOf(error),
    ...(error.cause === undefined ? {} : { cause: faultOf(error.cause) }),
  };
}

/** `level` as ENTENTE_LOG has it; standard output unless told. Nothing of a request but what we name can come into it. */
export function serverLog(level: string, to?: DestinationStream): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      // Fastify brings serialisers of its own, which would give addresses as they were asked for.
      serializers: { err: faultOf, req: () => undefined, res: () => undefined },
      hooks: {
        // Pino, and Fastify where it logs an error itself, would give its message as what there is to say.
        logMethod(args, method) {
          const [about, words] = args as [unknown, unknown];
          const error = types.isNativeError(about)
            ? about
            : (about as { readonly err?: unknown } | null)?.err;
          if (!types.isNativeError(error)) return method.apply(this, args);
          const isQuoted = typeof words !== 'string' || words.includes(error.message);
          const fields = types.isNativeError(about) ? { err: error } : (about as object);
          return method.call(this, fields, isQuoted ? unexpected : words);
        },
      },
    },
    to ?? pino.destination({ dest: 1, sync: false, maxLength: waitingBytesMax }),
  );
}

/**
 * What Nest has to say goes to the same log; its tale of each start only where somebody asked for everything, and not why
 * a start failed, which whoever started us says in a sentence.
 */
export function nestLogger(log: Log): LoggerService {
  const at =
    (level: 'fatal' | 'error' | 'warn' | 'debug') =>
    (said: unknown, ...about: readonly unknown[]) => {
      if (about.at(-1) === 'ExceptionHandler') return;
      if (said instanceof Error) log[level]({ err: said });
      else log[level](String(said));
    };
  return { fatal: at('fatal'), error: at('error'), warn: at('warn'), log: at('debug'), debug: at('debug') };
}
