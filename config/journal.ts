import { relative, resolve } from 'node:path';

interface Places {
  readonly ENTENTE_JOURNAL?: string;
  readonly ENTENTE_DATA?: string;
}

/** What is wrong with where the journal is to lie. */
export function journalFaults({
  ENTENTE_JOURNAL: journal,
  ENTENTE_DATA: data = './data',
}: Places): readonly string[] {
  if (journal === undefined) return [];
  if (data === ':memory:')
    return ['ENTENTE_JOURNAL is for a record in a folder, and ENTENTE_DATA is :memory:: leave it out'];
  const fromData = relative(resolve(data), resolve(journal));
  return fromData.startsWith('..')
    ? []
    : ['ENTENTE_JOURNAL must lie outside of the data folder: inside it would be as old as a copy put back'];
}
