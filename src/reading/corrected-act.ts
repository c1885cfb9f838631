import type { Stored } from '../platform/record/envelope.js';

/** What became of the words of an event stands beside them. */
const marks: readonly string[] = ['corrected', 'doubted', 'repudiated', 'erased'];

/** The last correction of an event as it counts; undefined where it reads as it was recorded. */
export function lastCorrectionOf({ content }: Stored): string | undefined {
  const { corrected = [] } = content as { readonly corrected?: readonly { readonly eventId: string }[] };
  return corrected.at(-1)?.eventId;
}

/** As what it reads by the last correction of it. */
export function correctedIn(counted: Stored) {
  const eventId = lastCorrectionOf(counted);
  if (eventId === undefined) return {};
  const { content, occurred, wording } = counted;
  const words = Object.fromEntries(Object.entries(content).filter(([name]) => !marks.includes(name)));
  const corrected = {
    eventId,
    content: words,
    ...(occurred === undefined ? {} : { occurred }),
    ...(wording === undefined ? {} : { wording }),
  };
  return { corrected };
}
