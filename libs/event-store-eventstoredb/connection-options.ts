import { EventStoreError } from '#libs/event-store';

/** Says what is wrong with the connection string, and quotes nothing of it that may be secret. */
export class ConnectionStringInvalid extends EventStoreError {}

const texts = [
  'connectionName',
  'nodePreference',
  'throwOnAppendFailure',
  'tls',
  'tlsCAFile',
  'userCertFile',
  'userKeyFile',
] as const;

interface Range {
  readonly unit: string;
  readonly least: number;
  readonly most: number;
  /** -1 switches it off. */
  readonly off?: true;
}

/** Below the least nothing could work: a deadline of a millisecond is over before the first answer. */
const numbers = {
  defaultDeadline: { unit: 'milliseconds', least: 1_000, most: 600_000 },
  discoveryInterval: { unit: 'milliseconds', least: 1, most: 60_000 },
  gossipTimeout: { unit: 'seconds', least: 1, most: 60 },
  keepAliveInterval: { unit: 'milliseconds', least: 10_000, most: 3_600_000, off: true },
  keepAliveTimeout: { unit: 'milliseconds', least: 100, most: 3_600_000, off: true },
  maxDiscoverAttempts: { unit: 'attempts', least: 1, most: 10_000 },
} as const satisfies Record<string, Range>;

type NumberName = keyof typeof numbers;
export type OptionName = (typeof texts)[number] | NumberName;

/** In the writing of the client, which takes them in any case. */
const names: readonly OptionName[] = [...texts, ...(Object.keys(numbers) as NumberName[])].sort();

/** As options are compared: in any case, with or without lines between the words. */
export const flat = (text: string) => text.toLowerCase().replaceAll(/[_-]/g, '');

/** Each option that is given, decoded; throws `ConnectionStringInvalid`, naming the one that is wrong. */
export function readOptions(query: string): ReadonlyMap<OptionName, string> {
  const given = new Map<OptionName, string>();
  for (const pair of query === '' ? [] : query.split('&')) {
    const [name = '', value = '', ...others] = pair.split('=');
    const option = names.find((known) => flat(known) === flat(name));
    if (option === undefined) {
      throw new ConnectionStringInvalid(
        `The connection string has an option that there is not; the options are ${names.join(', ')}.`,
      );
    }
    if (value === '' || others.length > 0)
      throw new ConnectionStringInvalid(`The option ${option} must have one value.`);
    if (given.has(option))
      throw new ConnectionStringInvalid(`The option ${option} is given twice: say it once.`);
    given.set(option, decoded(option, value));
  }
  for (const name of Object.keys(numbers) as NumberName[]) numberOf(given, name);
  return given;
}

/** Undefined where it is not given. */
export function numberOf(given: ReadonlyMap<OptionName, string>, name: NumberName): number | undefined {
  const text = given.get(name);
  if (text === undefined) return undefined;
  const { unit, least, most, off }: Range = numbers[name];
  const value = /^-?\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if ((value >= least && value <= most) || (off === true && value === -1)) return value;
  const orOff = off === true ? ', or -1 for never' : '';
  throw new ConnectionStringInvalid(
    `The option ${name} must be a whole number of ${unit} from ${least} to ${most}${orOff}.`,
  );
}

function decoded(option: string, value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    throw new ConnectionStringInvalid(`The value of ${option} is not percent-encoded as it should be.`);
  }
}
