import { quotation } from './brief-acts.js';
import { anchored, joined, list, paragraph, told } from './brief-document.js';
import type { Block, Line } from './brief-document.js';
import { entryOf } from './brief-history.js';
import type { BriefReading } from './brief.reading.js';
import { recordedInName } from './recorded-in-name.js';
import type { InName } from './recorded-in-name.js';
import { flagsInWords, saidInWords } from './brief-words.js';

/** The ordinal of another entry; that it stands elsewhere where the record can’t tell it. */
function seqOf({ talks }: BriefReading, eventId: string): string {
  const seq = talks.readings.record.projections.record.byId(eventId)?.seq;
  return seq === undefined ? 'an entry elsewhere' : `s${seq}`;
}

function item(reading: BriefReading, { seq, event, flags }: InName): Line {
  const { head, quotes, said } = entryOf(reading.talks.readings.summary(event), event);
  const words = joined(quotes.map(quotation), ' / ');
  return [
    `s${seq}, `,
    ...told(head),
    ...(words.length === 0 ? [] : [': ', ...words]),
    ...saidInWords(said, 'its summary'),
    ...flagsInWords(event.act.party, flags, (id) => seqOf(reading, id)),
  ];
}

/** How many stand in one list: what is longer is made, and sent, a piece at a time. */
const listedAtOnce = 100;

/** What others recorded in the reader's name and it has not answered: it can endorse or disavow each of them. */
export async function* inNameOf(reading: BriefReading): AsyncGenerator<readonly Block[]> {
  const [reader = ''] = reading.sides;
  const { [reader]: all = [] } = await recordedInName(reading.talks, [reader]);
  yield [
    anchored('in-your-name', 'In your name'),
    paragraph(
      all.length === 0
        ? `Nothing stands in the name of ${reader} that it has neither recorded nor answered.`
        : `Recorded by others in the name of ${reader}, and neither endorsed nor disavowed by it yet: ${all.length}.`,
    ),
  ];
  for (let from = 0; from < all.length; from += listedAtOnce)
    yield [list(all.slice(from, from + listedAtOnce).map((one) => item(reading, one)))];
}
