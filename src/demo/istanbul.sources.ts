import { ref } from './step.js';
import type { Fields, Step } from './step.js';

export const firstRound = '2025-02-27';
export const secondRound = '2025-04-10';
/** It was so by then; since when, nobody says. */
export const bySecondRound = `../${secondRound}`;

/** No sentence of a source is copied: all words are the secretariat's, so nothing of them is ever quoted. */
export const inSummary = { wording: [{ as: 'summary' }] };

/** The secretariat has no word of its own here: each act of a party cites what that party said. */
export const byRussia = {
  ...inSummary,
  party: 'RU',
  sources: [{ sourceId: ref('mfa-statement') }],
  occurred: secondRound,
};
export const byUnitedStates = {
  ...inSummary,
  party: 'US',
  sources: [{ sourceId: ref('state-department-statement') }],
  occurred: secondRound,
};

/** Cited in English, as the article has it; neither its date nor anything else that the article leaves out is added. */
function cited(as: string, body: Fields): Step {
  const dialogueId = ref('missions-dialogue');
  return { as, create: 'sources', body: { dialogueId, lang: 'en', held: false, ...body } };
}

function statement(as: string, party: string, issuerName: string): Step {
  return cited(as, {
    kind: 'statement',
    issuers: [party],
    obtainedVia: ref('article'),
    title: 'Statement on the consultations in Istanbul',
    citation: `${issuerName}, as given by Türkiye Today`,
    issuerName,
  });
}

function agency(as: string, issuerName: string, title: string): Step {
  return cited(as, {
    kind: 'press',
    issuers: [],
    obtainedVia: ref('article'),
    title,
    citation: `${issuerName}, as given by Türkiye Today`,
    issuerName,
  });
}

/** All that is known was read in one article, which gives the rest. Nothing of it is held as bytes. */
export const istanbulSources: readonly Step[] = [
  cited('article', {
    kind: 'press',
    issuers: [],
    title: 'Report on the Russia–United States consultations in Istanbul',
    citation: 'Türkiye Today, on the consultations of 27 February and 10 April 2025',
    issuerName: 'Türkiye Today',
  }),
  statement('mfa-statement', 'RU', 'Ministry of Foreign Affairs of the Russian Federation'),
  statement('state-department-statement', 'US', 'United States Department of State'),
  agency('tass', 'TASS', 'What the public, visitors and an analyst say of the consultations'),
  agency('ria-novosti', 'RIA Novosti', 'A remark by a diplomatic official in Ankara on the next round'),
];
