import type { DemonstrationPrincipal } from '../../src/demo/principals.js';
import type { Answer, Api, Body } from '../support/api.js';
import { reaching } from '../exchange-of-data/bringing-in.js';
import { otherSide } from '../support/sides.js';
import type { Side } from '../support/sides.js';
import { addressOf, bodyOf } from './addressing.js';
import type { Ground } from './ground.js';
import type { Described } from './operations.js';

/** How an act is asked for: in the principal's own name, or in that of a party, with a source it issued. */
export type Manner = 'own word' | 'in the name of another';

/** Whose act it is then. Who acts for no party can only record that of one of the two. */
export function actingSide({ party }: Pick<DemonstrationPrincipal, 'party'>, manner: Manner): Side {
  if (party !== 'RU' && party !== 'US') return 'US';
  return manner === 'own word' ? party : otherSide[party];
}

/** What a third party or the press said is nobody's word of its own, so it says whose words it has. */
const isCommentary = /^(assertThirdPartyRole|recordCommentary)$/;

function spoken(operation: Described, ground: Ground, side: Side, manner: Manner): Body {
  const body = bodyOf(operation, ground, side);
  const wording = [{ as: 'summary' }];
  if (isCommentary.test(operation.operationId)) return { ...body, wording };
  const isAct = operation.row !== undefined && 'direct' in operation.row;
  return isAct && manner !== 'own word'
    ? { ...body, party: ground.parties[side], sources: [{ sourceId: ground.sources[side] }], wording }
    : body;
}

/** The query that an operation can't do without, as that side would send it. */
function queryOf({ parameters }: Described, { dialogueId, parties }: Ground, side: Side): string {
  const required = parameters.filter((one) => one.in === 'query' && one.required);
  const values: Readonly<Record<string, string>> = {
    party: parties[side],
    for: parties[side],
    dialogue: dialogueId,
  };
  const valueOf = ({ name, example = 'r0' }: (typeof required)[number]) => values[name] ?? example;
  return required.length === 0 ? '' : `?${required.map((one) => `${one.name}=${valueOf(one)}`).join('&')}`;
}

export interface Asked {
  readonly answer: Answer;
  /** Whether the store has more than before. */
  readonly recorded: boolean;
}

let keys = 0;
let latest: { readonly own: string; readonly head: unknown; readonly etag: string | null } | undefined;

/** Asked for once for all who are refused after each other: the tag is the same as long as nothing is recorded. */
async function tagAt(api: Api, own: string, head: unknown): Promise<string | null> {
  if (latest?.own !== own || latest.head !== head)
    latest = { own, head, etag: (await api.get(own)).headers.get('etag') };
  return latest.etag;
}

/** Asks for the operation just as the document says, with all that it needs. */
export async function askFor(
  api: Api,
  ground: Ground,
  operation: Described,
  by: DemonstrationPrincipal | undefined,
  manner: Manner,
): Promise<Asked> {
  const side = actingSide(by ?? { party: null }, manner);
  const path = addressOf(operation, ground, side);
  const takes = (name: string) => operation.parameters.some((one) => one.name === name);
  const own = path.split('/').slice(0, 4).join('/');
  const bytes = operation.mediaType === 'application/octet-stream' ? `bytes ${keys}` : undefined;
  keys += 1;
  await api.settled();
  const head = await api.server.record.store.head();
  const etag = takes('If-Match') ? await tagAt(api, own, head) : null;
  const answer = await api.ask(operation.method.toUpperCase(), `${path}${queryOf(operation, ground, side)}`, {
    as: by?.name ?? 'nobody',
    ...(operation.mediaType === undefined ? {} : { body: bytes ?? spoken(operation, ground, side, manner) }),
    headers: {
      ...(operation.mediaType === undefined ? {} : { 'Content-Type': operation.mediaType }),
      ...(takes('Idempotency-Key') ? { 'Idempotency-Key': `asking-${keys}` } : {}),
      ...(etag === null ? {} : { 'If-Match': etag }),
    },
  });
  // What goes on in the background is over before anybody else is asked for.
  if (answer.status === 202)
    await reaching(api, String(answer.body['id']), (job) => job?.endedAt !== undefined);
  return { answer, recorded: (await api.server.record.store.head()) !== head };
}
