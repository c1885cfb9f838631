import { describe } from '@jest/globals';
import { together } from '../../config/together.mjs';

/** What jest-circus keeps of the blocks that are being declared. */
interface Declaring {
  currentDescribeBlock: object;
}

function declaring(): Declaring {
  const symbol = Object.getOwnPropertySymbols(globalThis).find(
    ({ description }) => description === 'JEST_STATE_SYMBOL',
  );
  const state = symbol === undefined ? undefined : (globalThis as Record<symbol, unknown>)[symbol];
  if (state === undefined) throw new Error('jest-circus keeps its state elsewhere now.');
  return state as Declaring;
}

/** Declares each spec of a group within a block of its name, hooks included; all share the modules of the application. */
export async function declare(group: string): Promise<void> {
  const specs = together[group];
  if (specs === undefined) throw new Error(`config/together.mjs has no group ${group}.`);
  const state = declaring();
  const outer = state.currentDescribeBlock;
  for (const spec of specs) {
    const title = spec.replace(/[.]spec[.]ts$/, '');
    let block = outer;
    describe(title, () => {
      block = state.currentDescribeBlock;
    });
    state.currentDescribeBlock = block;
    await import(`../../${spec}`);
    state.currentDescribeBlock = outer;
  }
}
