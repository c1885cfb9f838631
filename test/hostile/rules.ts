import { problemSlug } from '#libs/problem-details';
import { problemKinds } from '../../src/description/problem-kinds.js';
import { slices } from '../../src/slices.js';
import type { Reply } from './wire.js';

/** Every kind of problem by the code that is sent. */
export const kinds = new Map(
  [...problemKinds(slices).values()].map((kind) => [problemSlug(kind.code), kind]),
);

/** What only the inside of a program looks like. */
const inside =
  /\bat \/|\bat async |\.[jt]s:\d|node_modules|node:internal|SQLITE_|\bTypeError\b|\bRangeError\b/;

const fields = ['type', 'title', 'status', 'detail', 'code', 'traceId'] as const;

function documentFaults(status: number, text: string): string[] {
  let document: Record<string, unknown>;
  try {
    document = JSON.parse(text) as Record<string, unknown>;
  } catch {
    return [`${status}: the problem is not JSON`];
  }
  const missing = fields.filter((one) => document[one] === undefined || document[one] === '');
  const code = String(document['code']);
  const kind = kinds.get(code);
  if (kind === undefined)
    return [...missing.map((one) => `${code} has no ${one}`), `the code ${code} is not known`];
  const wanted = { type: `/problems/${code}`, title: kind.title, status: kind.status };
  return [
    ...missing.map((one) => `${code} has no ${one}`),
    ...Object.entries(wanted).flatMap(([name, value]) =>
      document[name] === value ? [] : [`${code} says ${name} ${String(document[name])}, its page ${value}`],
    ),
    ...(status === kind.status ? [] : [`${code} is sent with ${status}, its page says ${kind.status}`]),
  ];
}

/** A refusal that leaves the client without what it needs to go on. */
function headerFaults({ status, headers }: Reply, method: string): string[] {
  const allowed = headers['allow']?.split(', ') ?? [];
  if (status === 405 && allowed.length === 0) return ['405 without Allow'];
  if (status === 405 && allowed.includes(method)) return ['405 for a method that Allow names'];
  if (status === 401 && headers['www-authenticate'] === undefined) return ['401 without WWW-Authenticate'];
  return [];
}

/** What is wrong with an answer, whatever was asked: nothing, of a server that holds to its rules. */
export function faultsIn(reply: Reply, method: string): string[] {
  const { status, headers, body } = reply;
  const found = inside.test(body) ? [`${status}: the answer shows the inside of the program`] : [];
  if (status >= 500) found.push(`${status}: a fault of ours`);
  if (status < 400) return found;
  found.push(...headerFaults(reply, method));
  const type = headers['content-type'] ?? 'nothing';
  if (!type.startsWith('application/problem+json')) return [...found, `${status} comes as ${type}`];
  return method === 'HEAD' ? found : [...found, ...documentFaults(status, body)];
}

export function codeIn({ status, body }: Reply): string | undefined {
  if (status < 400 || body === '') return undefined;
  const [, code] = /"code":"([\w-]+)"/.exec(body) ?? [];
  return code;
}
