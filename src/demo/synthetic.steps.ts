import { aldor, brevia } from './synthetic.desks.js';
import type { Desk } from './synthetic.desks.js';
import { steps } from './synthetic.roadmap.js';
import { ref } from './step.js';
import type { Fields, Step } from './step.js';

function takes(desk: Desk, step: keyof typeof steps, act: string, occurred: string, reason?: Fields): Step {
  const body = reason === undefined ? {} : { reason };
  return desk.does('return-roadmap', `steps/${steps[step]}/${act}`, occurred, body);
}

/** With the first step implementation begins; the last one that is mandatory completes the roadmap. */
export const syntheticSteps: readonly Step[] = [
  takes(aldor, 'names', 'start', '2025-02-17'),
  takes(aldor, 'names', 'report-done', '2025-02-24', { en: 'Two officials are named.' }),
  takes(brevia, 'names', 'accept', '2025-03-03'),
  takes(brevia, 'keys', 'start', '2025-03-31'),
  takes(brevia, 'keys', 'block', '2025-04-07', { en: 'The lock of the rear door has to be changed.' }),
  takes(brevia, 'keys', 'unblock', '2025-05-05'),
  takes(brevia, 'keys', 'report-done', '2025-05-26', { en: 'Eleven keys were handed over.' }),
  takes(aldor, 'keys', 'reject', '2025-06-02', { en: 'The key of the archive is missing.' }),
  takes(brevia, 'keys', 'report-done', '2025-06-16', { en: 'The twelfth key was handed over.' }),
  takes(aldor, 'keys', 'accept', '2025-06-23'),
  takes(aldor, 'charges', 'start', '2025-07-14'),
  takes(brevia, 'lien', 'start', '2025-07-14'),
  takes(aldor, 'charges', 'report-done', '2025-08-18', { en: 'The charges are paid.' }),
  takes(brevia, 'charges', 'accept', '2025-08-25'),
  takes(brevia, 'lien', 'report-done', '2025-08-29', {
    fr: 'La charge est radiée.',
    en: 'The charge is struck.',
  }),
  takes(aldor, 'lien', 'accept', '2025-09-08'),
  takes(aldor, 'inventory', 'waive', '2025-11-03', { en: 'The house is empty.' }),
  takes(brevia, 'register', 'start', '2026-01-19'),
  takes(brevia, 'register', 'report-done', '2026-02-16'),
  takes(aldor, 'register', 'accept', '2026-03-02'),
];

function assent(desk: Desk, roadmap: string, occurred: string, naming = `${roadmap}-1`): Step {
  return desk.does(roadmap, 'assent', occurred, {
    version: ref(naming, 'version'),
    contentHash: ref(naming, 'contentHash'),
    adReferendum: false,
  });
}

const form = '01a1b2d0-0000-7000-8000-000000000011';

/** A plan that both assented to, and that one of them ends. */
export const syntheticTerminated: readonly Step[] = [
  brevia.creates('roadmaps', 'forms-roadmap', '2025-10-13', {
    irritantIds: [ref('certificates')],
    title: { en: 'A common form of certificate' },
  }),
  brevia.does(
    'forms-roadmap',
    'table-version',
    '2025-10-13',
    {
      irritantIds: [ref('certificates')],
      steps: [{ stepId: form, responsible: 'ALDOR', after: [], due: '2026-01-31', mandatory: true }],
      texts: { [form]: { en: 'Aldor prints the common form.' } },
    },
    'forms-roadmap-1',
  ),
  assent(brevia, 'forms-roadmap', '2025-10-14'),
  assent(aldor, 'forms-roadmap', '2025-11-10'),
  aldor.does('forms-roadmap', 'terminate', '2026-02-02', { reason: { en: 'The form has been overtaken.' } }),
];

const slot = '01a1b2d0-0000-7000-8000-000000000021';
const visits = '01a1b2d0-0000-7000-8000-000000000022';

/**
 * The last assent comes after one of the two matters was withdrawn: the agreement stands, and what it would have meant
 * for that matter is refused, and said so there.
 */
export const syntheticLateRoadmap: readonly Step[] = [
  aldor.creates('roadmaps', 'travel-roadmap', '2025-08-04', {
    irritantIds: [ref('flights'), ref('seafarers')],
    title: { en: 'Travel of citizens' },
  }),
  aldor.does(
    'travel-roadmap',
    'table-version',
    '2025-08-11',
    {
      irritantIds: [ref('flights'), ref('seafarers')],
      steps: [
        { stepId: slot, responsible: 'ALDOR', after: [], mandatory: false },
        { stepId: visits, responsible: 'BREVIA', after: [], due: '2026-12-31', mandatory: true },
      ],
      texts: {
        [slot]: { en: 'Aldor keeps a landing slot on Thursdays.' },
        [visits]: { en: 'Brevia names an office that answers requests for visits.' },
      },
    },
    'travel-roadmap-1',
  ),
  assent(aldor, 'travel-roadmap', '2025-08-11'),
  assent(brevia, 'travel-roadmap', '2025-10-01'),
];
