import type { Position } from '#libs/event-store';
import type { PolicyHandler, RecordReader, Sequenced } from '#libs/projections';
import type { Erasures } from './erasures.js';

/**
 * Where several servers share a store, each takes the words out of its own read models and memory when it comes to the
 * event that says so, whichever of them has recorded it; and finishes what that one may have left undone.
 */
export class ErasuresElsewhere implements PolicyHandler {
  readonly name: string;

  constructor(
    private readonly policy: PolicyHandler,
    private readonly erasures: () => Pick<Erasures, 'finish'>,
  ) {
    this.name = policy.name;
  }

  async handle(sequenced: Sequenced, record: RecordReader): Promise<Position | undefined> {
    const drawn = await this.policy.handle(sequenced, record);
    const { type, stream } = sequenced.event;
    if (type === 'ContentErased') await this.erasures().finish(stream);
    return drawn;
  }
}
