import { irritantCommands } from '../../src/irritants/irritant.commands.js';
import { amendmentCommands } from '../../src/platform/commands/amendment.commands.js';

/** Every place at which an irritant is answered. */
const irritants = [
  'Irritant at',
  'Overview at',
  'IrritantList at /items/*',
  ...[
    'GET /v1/irritants/{id}, answer 200',
    'POST /v1/irritants, answer 200',
    'POST /v1/irritants, answer 201',
  ].map((one) => `${one}, at`),
  ...Object.values({ ...irritantCommands, ...amendmentCommands })
    .filter(({ path }) => path !== null && path !== 'doubt')
    .map(({ path }) => `POST /v1/irritants/{id}/${path}, answer 200, at`),
].map((one) => `${one}${one.endsWith(' at') ? ' ' : ''}/legalBasis`);

const legalBases = Object.fromEntries(
  irritants.flatMap((place) =>
    [`${place} may now also be object`, `${place}/* may now also be anything`].map((one) => [
      one,
      'One list said of nobody which rules it invokes: each party has its own, with who said so.',
    ]),
  ),
);

const standings = {
  'HistoryPage at /items/*/standing may now also be “unheard”, “doubted”':
    'What somebody wrote into the store as the word of another, and what whoever recorded it in the name of another doubts, nobody should read as if it were not so.',
};

const ofBodies = {
  'POST /v1/webhooks no longer refuses with the code parameter-invalid':
    'A wrong “after” stands in the body: it is refused as any other field is, by validation-failed with a pointer to it.',
};

const revalidated = Object.fromEntries(
  [
    'assets',
    'commitments',
    'dialogues',
    'exchanges',
    'irritants',
    'proposals',
    'roadmaps',
    'rounds',
    'sources',
  ].map((slice) => [
    `GET /v1/${slice}/{id} may now also answer 304`,
    'Who has the entry already, and says so by If-None-Match, is told so as HTTP has it; others are answered as before.',
  ]),
);

/**
 * What breaks clients of the last release, in the words in which the comparison names it, and why it has to be. Each is told
 * in the CHANGELOG as well; with the next release the list is empty again.
 */
export const accepted: Readonly<Record<string, string>> = {
  ...revalidated,
  ...standings,
  ...legalBases,
  ...ofBodies,
};
