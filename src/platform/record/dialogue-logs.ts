import { formatLeaf, leafOf, nodeCrypto, Tree, TreeHasher } from '#libs/ledger';
import type { Head, LedgerEvent, LogState } from '#libs/ledger';
import type { Projections } from '#libs/projections';
import type { Recorded } from '#libs/event-store';

/** What acts that are signed need to know of the log of their dialogue. */
export interface DialogueLogs {
  /** The name of the log: `<public host>/<dialogue id>`. */
  originOf(dialogueId: string): string;
  /** The root over the first so many leaves; undefined where the log has not so many. */
  rootAt(dialogueId: string, size: number): Promise<Uint8Array | undefined>;
}

/** An event as a log takes it. */
export function asLogged(event: Recorded): LedgerEvent {
  return { ...event, revision: Number(event.revision) };
}

/** How many leaves are made before others have their turn. */
const turnLeaves = 200;

/** Makes the leaves anew from the record each time; at the size that signers name that takes as long as the log is. */
export class RecordedLogs implements DialogueLogs {
  constructor(
    private readonly host: string,
    private readonly projections: () => Pick<Projections, 'record'>,
  ) {}

  originOf(dialogueId: string): string {
    return `${this.host}/${dialogueId}`;
  }

  async rootAt(dialogueId: string, size: number): Promise<Uint8Array | undefined> {
    const { record } = this.projections();
    const tree = new Tree(new TreeHasher(nodeCrypto));
    const heads = new Map<string, Head>();
    for (let seq = 0; seq < size; seq += 1) {
      const ordinal = record.ordinalIn(dialogueId, seq);
      const event = ordinal === undefined ? undefined : record.byOrdinal(ordinal)?.event;
      if (event === undefined) return undefined;
      const state: LogState = {
        origin: this.originOf(dialogueId),
        size: seq,
        headOf: (stream) => heads.get(stream),
      };
      const leaf = leafOf(nodeCrypto, state, asLogged(event));
      tree.appendEntry(formatLeaf(leaf));
      heads.set(leaf.stream, { rev: leaf.rev, hash: Buffer.from(tree.node(0, seq)).toString('hex') });
      if (seq % turnLeaves === turnLeaves - 1) await new Promise(setImmediate);
    }
    return tree.root();
  }
}
