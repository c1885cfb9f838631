import type { SummariesOf } from '#libs/decider';
import type { sourceEvents } from './source.events.js';

export const sourceSummaries: SummariesOf<typeof sourceEvents> = {
  SourceRegistered: (e) => {
    const issuer =
      e.data.issuers.length > 0 ? e.data.issuers.join(' and ') : (e.content.issuerName ?? 'no party');
    return `A source was registered, ${e.data.kind} of ${issuer}, ${e.data.held ? 'held' : 'cited'}: ${e.content.title ?? '(erased)'}`;
  },
  SourceBarred: (e) =>
    `${e.data.party} said that the source is not its own: it carries no word of ${e.data.party}`,
};
