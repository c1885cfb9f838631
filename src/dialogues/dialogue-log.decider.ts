import { accept, nothing } from '#libs/decider';
import type { Act, FactOf } from '#libs/decider';
import type { dialogueEvents } from './dialogue.events.js';

type Data<T extends keyof typeof dialogueEvents> = Extract<
  FactOf<typeof dialogueEvents>,
  { type: T }
>['data'];

/** What the log of a dialogue has said of itself. */
export interface LogFacts {
  /** The ids of the keys that sign since they were changed last; none where they never were. */
  readonly logKeys: readonly string[];
  readonly guardLoss?: Data<'GuardLossAccepted'>;
  /** The names of the log that are over. */
  readonly logsOver: readonly string[];
}

export const noLogFacts: LogFacts = { logKeys: [], logsOver: [] };

/** The server gives it where the keys of the log are not those by which it was signed last. */
export interface RotateLogKey {
  readonly type: 'RotateLogKey';
  readonly act: Act;
  /** The verifier keys that sign from now on, the new one first. */
  readonly keys: readonly string[];
  /** The ids of those by which it was signed last. */
  readonly before: readonly string[];
}

/** The server gives it once, where it was started with the loss accepted. */
export interface AcceptGuardLoss extends Data<'GuardLossAccepted'> {
  readonly type: 'AcceptGuardLoss';
  readonly act: Act;
}

/** Given on the command line alone, while nobody works on the record. */
export interface BeginLogAnew extends Data<'LogBegunAnew'> {
  readonly type: 'BeginLogAnew';
  readonly act: Act;
  readonly reason: string;
}

export type LogCommand = RotateLogKey | AcceptGuardLoss | BeginLogAnew;

const idOf = (key: string) => key.split('+')[1] ?? key;
const asSet = (ids: readonly string[]) => [...new Set(ids)].toSorted().join();

export function rotateLogKey({ keys, before }: RotateLogKey, { logKeys }: LogFacts) {
  const ids = keys.map(idOf);
  if (asSet(ids) === asSet(logKeys)) return nothing;
  const ended = [...new Set([...logKeys, ...before])].filter((one) => !ids.includes(one));
  return accept({ type: 'LogKeyRotated', data: { keys, ended }, content: {} });
}

export function acceptGuardLoss({ size, root }: AcceptGuardLoss, { guardLoss }: LogFacts) {
  return guardLoss?.size === size && guardLoss.root === root
    ? nothing
    : accept({ type: 'GuardLossAccepted', data: { size, root }, content: {} });
}

export function beginLogAnew({ origin, size, root, reason }: BeginLogAnew, { logsOver }: LogFacts) {
  return logsOver.includes(origin)
    ? nothing
    : accept({ type: 'LogBegunAnew', data: { origin, size, root }, content: { reason } });
}

type LogFact = Extract<
  FactOf<typeof dialogueEvents>,
  { type: 'LogKeyRotated' | 'GuardLossAccepted' | 'LogBegunAnew' }
>;

export function withLogFact<S extends LogFacts>(dialogue: S, fact: LogFact): S {
  switch (fact.type) {
    case 'LogKeyRotated':
      return { ...dialogue, logKeys: fact.data.keys.map(idOf) };
    case 'GuardLossAccepted':
      return { ...dialogue, guardLoss: fact.data };
    // The keys sign under another name from here on, by which they have other ids.
    case 'LogBegunAnew':
      return { ...dialogue, logKeys: [], logsOver: [...dialogue.logsOver, fact.data.origin] };
  }
}
