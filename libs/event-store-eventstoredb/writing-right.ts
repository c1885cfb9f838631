import { isConflict, refusesUser } from './failures.js';
import type { Settings } from './options.js';

/** What it means where a call is refused: that this user may record nothing, or nothing of the kind. */
export type RefusalMeans = 'no writing' | 'nothing';

export const refusesAll =
  'The event store answers and refuses the user of EVENTSTORE_URL: its password is wrong, or it lacks the right.';
const refusesWriting =
  'The event store refuses to record anything for the user of EVENTSTORE_URL, until that user is given the right to write.';

/**
 * Whether the user may write, as far as the last write that was tried tells; reading tells nothing of it. Told once, and
 * once more when it is over.
 */
export class WritingRight {
  #refused = false;

  constructor(private readonly tell: Settings['onConnection']) {}

  get trouble(): string | undefined {
    return this.#refused ? refusesWriting : undefined;
  }

  /** Does the write, and passes on what became of it. */
  async heardOf<T>(means: RefusalMeans, write: () => Promise<T>): Promise<T> {
    if (means === 'nothing') return write();
    try {
      const answer = await write();
      this.#is(false);
      return answer;
    } catch (error) {
      // A revision is looked at only for whoever may write.
      if (isConflict(error)) this.#is(false);
      if (refusesUser(error)) this.#is(true);
      throw error;
    }
  }

  #is(refused: boolean): void {
    if (this.#refused === refused) return;
    this.#refused = refused;
    this.tell(refused ? refusesWriting : 'The event store lets the user of EVENTSTORE_URL write again.', '');
  }
}
