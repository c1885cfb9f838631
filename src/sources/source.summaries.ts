import { bracketed, its, ownId, placed, recorded } from '#libs/decider';
import type { NamesOf, SummariesOf } from '#libs/decider';
import type { sourceEvents } from './source.events.js';

export const sourceSummaries: SummariesOf<typeof sourceEvents> = {
  SourceRegistered: (e) => {
    const issuer =
      e.data.issuers.length > 0 ? e.data.issuers.join(' and ') : (e.content.issuerName ?? 'no party');
    return `A source was registered${recorded(e)}, ${e.data.kind} of ${issuer}${e.data.date === undefined ? '' : ` of ${e.data.date}`}, ${e.data.held ? 'held' : 'cited'}: ${e.content.title ?? '(erased)'}`;
  },
  SourceBarred: (e, nameOf) =>
    `${e.data.party} said${bracketed(nameOf(e.data.cause, 'event'))} that ${its('the source', e, nameOf)} is not its own: it carries no word of ${e.data.party}`,
};

export const sourceNames: NamesOf<typeof sourceEvents> = {
  SourceRegistered: (e, seq) => [[ownId(e), placed(seq, e.content.title)]],
};
