import type { Elsewhere, Entries, Find, LookUp } from '#libs/decider';
import type { ReadFor, ReadingTools, ReadsOf } from '../platform/record/slice.js';
import { irritants } from './irritant-conditions.facts.js';
import type { Irritant } from './irritant.facts.js';
import { decides, instruments } from './irritant-settlement.facts.js';
import type { Checked } from './irritant-settlement.facts.js';
import type { IrritantAct } from './irritant-terms.decider.js';

type About = Pick<ReadFor<unknown, Irritant>, 'id' | 'state'>;

/** An irritant, all that linkages join with it, however far, and what decides of each whether it can be resolved. */
async function linkedWith(find: Find, self: string): Promise<LookUp> {
  const known = new Map<string, Elsewhere | undefined>();
  const look = async <F>(of: Entries<F>, id: string) => {
    const found = await find(of, id);
    known.set(`${of.slice} ${id}`, found);
    return found?.facts;
  };
  const open = [self];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (known.has(`${irritants.slice} ${next}`)) continue;
    const irritant = await look(irritants, next);
    if (irritant === undefined) continue;
    open.push(...irritant.linkages.map((one) => one.irritantId), ...irritant.linkedFrom);
    const deciding = irritant.instruments.filter(({ kind }) => decides(kind));
    await Promise.all(deciding.map(({ kind, id }) => look<unknown>(instruments[kind], id)));
  }
  return <F>({ slice }: Entries<F>, id: string) => known.get(`${slice} ${id}`) as Elsewhere<F> | undefined;
}

/** The instruments of the irritant at the revisions at which they are looked at. */
async function instrumentsNow(find: Find, state: Irritant | null): Promise<readonly Checked[]> {
  const linked = state?.instruments ?? [];
  return Promise.all(
    linked.map(async ({ kind, id }) => {
      const found = await find<unknown>(instruments[kind], id);
      const { stream, revision } = found ?? { stream: `${kind}-${id}`, revision: 0 };
      return { kind, id, stream, revision, ...(decides(kind) ? { [kind]: found?.facts } : {}) };
    }),
  );
}

async function linked({ find }: ReadingTools, { id: self }: About) {
  return { self, lookUp: await linkedWith(find, self) };
}

async function settlement(tools: ReadingTools, about: About) {
  const now = await instrumentsNow(tools.find, about.state);
  const checked = now.map(({ stream, revision }) => ({ stream, revision }));
  return { ...(await linked(tools, about)), instruments: now, checked };
}

/** What a resolution depends on beside the irritant itself. */
export const irritantReads: ReadsOf<IrritantAct, Irritant> = {
  AcceptResolution: settlement,
  WithdrawResolutionAcceptance: linked,
  WithdrawResolutionProposal: linked,
};
