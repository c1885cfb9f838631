import type { Leaf, Payload, Trusted } from '#libs/ledger';
import type { Recorded } from '#libs/event-store';
import { slices } from '../../slices.js';
import { counted, entries } from '../counted.js';
import type { FurtherCheck, Verdict } from '../verifying.js';
import { loggedEvent } from '../../platform/record/logged-event.js';
import { RuleCheck } from './rule-check.js';

/** How many findings are said one by one. */
const saidMax = 20;

/** Whether what a whole log holds as concluded by rule is what the rules conclude from what stands before it. */
export class ByTheRules implements FurtherCheck {
  readonly needsWhole =
    'rules are checked of a whole log, and this is the history of one stream: name a mirror or a server';
  readonly #events: Recorded[] = [];
  /** The first entry whose data is withheld. What follows may rest on it, in whatever stream. */
  #withheldAt: number | undefined;

  constructor(private readonly onProgress: (done: number, all: number) => void = () => undefined) {}

  entry(leaf: Leaf, payload: Payload | undefined): void {
    if (this.#withheldAt !== undefined) return;
    const event = loggedEvent(leaf, payload);
    if (event === undefined) this.#withheldAt = leaf.seq;
    else this.#events.push(event);
  }

  async verdict({ log }: Trusted): Promise<Verdict> {
    const check = new RuleCheck(slices);
    for (const [index, event] of this.#events.entries()) {
      await check.add(event);
      this.onProgress(index + 1, this.#events.length);
    }
    // What follows from the last entries that are known may stand among those that are withheld.
    const signedAt = (log.find(({ time }) => time !== undefined)?.time ?? 0) * 1_000;
    const newest = Math.max(signedAt, ...this.#events.slice(-1).map((one) => Date.parse(one.recordedAt)));
    const toCome = await check.finish(newest, this.#withheldAt !== undefined);
    return this.#verdictOf(check, toCome);
  }

  #verdictOf({ findings }: RuleCheck, toCome: number): Verdict {
    const size = this.#events.length;
    if (findings.length > 0) {
      const said = findings
        .slice(0, saidMax)
        .map(({ at, says }) => `Wrong at #${at} (against-the-rules): ${says}`);
      const more = findings.length - said.length;
      return {
        code: 1,
        lines:
          more === 0 ? said : [...said, `And ${counted(more, 'more is', 'more are')} against the rules.`],
      };
    }
    const right = `By the rules of this version: every conclusion in ${entries(size)} follows from what stands before it, and none is missing.`;
    const coming =
      toCome === 0
        ? []
        : [`${counted(toCome, 'conclusion is', 'conclusions are')} still to come, from the last entries.`];
    if (this.#withheldAt === undefined) return { code: 0, lines: [right, ...coming] };
    const at = this.#withheldAt;
    return {
      code: 2,
      lines: [
        `Not complete: the rules can’t be checked from #${at} on, for its data is withheld.`,
        ...(size === 0 ? [] : [right]),
      ],
    };
  }
}
