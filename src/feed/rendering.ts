import { Injectable } from '@nestjs/common';
import type { Sequenced } from '#libs/projections';
import { LogStandings } from '../platform/record/log-standings.js';
import type { RecordRead } from '../platform/record/reading.js';
import { cloudEvent } from './cloud-event.js';
import type { Showing } from './cloud-event.js';
import { Unheard } from '../platform/record/unheard.js';
import { ErasedWords } from '../platform/record/erased-words.js';

/** Events as they are sent. */
@Injectable()
export class Rendering {
  #rendered: { readonly head: number; readonly texts: WeakMap<Sequenced, string> } | undefined;

  readonly #showing: Showing;

  constructor(standings: LogStandings) {
    this.#showing = {
      originOf: (id) => standings.originOf(id),
      words: new ErasedWords(),
      unheard: new Unheard(),
    };
  }

  /** Once for all who read the same while the record stands still: what erases words moves it, or brings the event anew. */
  over(record: RecordRead): (event: Sequenced) => string {
    return (event) => {
      const head = record.projections.record.headOrdinal;
      if (this.#rendered?.head !== head) this.#rendered = { head, texts: new WeakMap() };
      const { texts } = this.#rendered;
      const text = texts.get(event) ?? JSON.stringify(cloudEvent(record, this.#showing, event));
      texts.set(event, text);
      return text;
    };
  }
}
