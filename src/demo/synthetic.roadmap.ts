import { aldor, brevia } from './synthetic.desks.js';
import type { Desk } from './synthetic.desks.js';
import { ref } from './step.js';
import type { Fields, Step } from './step.js';

/** The ids of steps are the client's own, so that a later version can keep a step. */
const uuid = (last: string) => `01a1b2d0-0000-7000-8000-0000000000${last}`;
export const steps = {
  names: uuid('01'),
  keys: uuid('02'),
  charges: uuid('03'),
  lien: uuid('04'),
  inventory: uuid('05'),
  register: uuid('06'),
};

const names = { stepId: steps.names, responsible: 'ALDOR', after: [], due: '2025-03-01', mandatory: true };
const keys = {
  stepId: steps.keys,
  responsible: 'BREVIA',
  after: [steps.names],
  due: '2025-06-01',
  mandatory: true,
};
const together = { after: [steps.keys], due: '2025-09-01', mandatory: true };
const charges = { ...together, stepId: steps.charges, responsible: 'ALDOR', counterpart: steps.lien };
const lien = { ...together, stepId: steps.lien, responsible: 'BREVIA', counterpart: steps.charges };
const inventory = { stepId: steps.inventory, responsible: 'BREVIA', after: [steps.keys], mandatory: true };
const register = {
  stepId: steps.register,
  responsible: 'BREVIA',
  after: [steps.lien],
  due: '2026-03-31',
  mandatory: true,
};

const words = {
  preamble: { en: 'The house at 4 Quay Street goes back to the trade mission of Aldor.' },
  [steps.names]: { en: 'Aldor names the officials who take over the house.' },
  [steps.keys]: { en: 'Brevia hands over the keys.', fr: 'La Brévie remet les clés.' },
  [`${steps.keys}.acceptance`]: { en: 'A list of the keys, signed at the door.' },
  [steps.charges]: { en: 'Aldor pays the charges of the municipality.' },
  [`${steps.charges}.acceptance`]: { en: 'A receipt of the municipal treasury.' },
  [steps.lien]: { en: 'Brevia has the charge struck from the land register.' },
};
const ofInventory = { [steps.inventory]: { en: 'Brevia draws up an inventory of what is in the house.' } };
const ofRegister = { [steps.register]: { en: 'Brevia has the mission entered in the land register.' } };

function version(desk: Desk, as: string, occurred: string, body: Fields): Step {
  const irritantIds = [ref('building')];
  return desk.does('return-roadmap', 'table-version', occurred, { irritantIds, ...body }, as);
}

function assents(desk: Desk, to: string, occurred: string, adReferendum = false): Step {
  const body = { version: ref(to, 'version'), contentHash: ref(to, 'contentHash'), adReferendum };
  return desk.does('return-roadmap', 'assent', occurred, body);
}

/** The first version is given up; the second drops the assent to it, and is agreed once the capital has spoken. */
export const syntheticRoadmap: readonly Step[] = [
  aldor.creates('roadmaps', 'return-roadmap', '2024-11-04', {
    irritantIds: [ref('building')],
    title: { en: 'Return of the house at 4 Quay Street' },
  }),
  version(aldor, 'roadmap-1', '2024-11-11', {
    steps: [names, keys, inventory],
    texts: {
      preamble: words.preamble,
      [steps.names]: words[steps.names] ?? {},
      [steps.keys]: words[steps.keys] ?? {},
      ...ofInventory,
    },
  }),
  assents(aldor, 'roadmap-1', '2024-11-12'),
  assents(brevia, 'roadmap-1', '2024-11-25', true),
  brevia.does('return-roadmap', 'withdraw-assent', '2024-12-09', {
    version: ref('roadmap-1', 'version'),
    reason: { en: 'The capital misses the charges.' },
  }),
  version(brevia, 'roadmap-2', '2025-01-13', {
    steps: [names, keys, charges, lien, inventory],
    texts: { ...words, ...ofInventory },
  }),
  assents(brevia, 'roadmap-2', '2025-01-14', true),
  assents(aldor, 'roadmap-2', '2025-01-20'),
  brevia.does('return-roadmap', 'confirm-assent', '2025-02-03', {
    version: ref('roadmap-2', 'version'),
    contentHash: ref('roadmap-2', 'contentHash'),
  }),
  version(aldor, 'roadmap-3', '2025-10-06', {
    steps: [names, keys, charges, lien, inventory, register],
    texts: { ...words, ...ofInventory, ...ofRegister },
  }),
  assents(aldor, 'roadmap-3', '2025-10-06'),
  assents(brevia, 'roadmap-3', '2025-10-20'),
];
