import { done, made } from '../support/acting.js';
import type { Body, PrincipalName } from '../support/api.js';
import { words } from '../support/bodies.js';
import type { Case, Cases, Entry } from '../support/twice.js';

const RU = 'ru-negotiator';
const US = 'us-negotiator';
const owing: Body = { obligors: ['US'], beneficiaries: ['RU'], mode: 'once', due: '2025-06-30' };

/** After these acts on a new commitment. */
const after = (...before: readonly (readonly [string, PrincipalName])[]): Pick<Case, 'on'> => ({
  on: async ({ api, scene: { dialogueId, irritantId } }) => {
    const asserted = { ...owing, dialogueId, irritantIds: [irritantId], text: words };
    let commitment = await made<Entry>(api, 'commitments', RU, asserted);
    for (const [command, as] of before)
      commitment = await done(api, `commitments/${commitment.id}/${command}`, as);
    return commitment;
  },
});
const bound = ['undertake', US] as const;
const reported = ['report-fulfilment', US] as const;
const alleged = ['allege-breach', RU] as const;

export const commitmentCases: Cases = {
  AssertCommitment: {
    as: RU,
    own: { ...owing, basis: undefined, conditions: undefined },
    again: 'recorded',
    other: 'recorded',
  },
  UndertakeCommitment: after(),
  DeclineCommitment: after(),
  ReportFulfilment: after(bound),
  AcknowledgeFulfilment: { ...after(bound, reported), as: RU },
  DisputeFulfilment: { ...after(bound, reported), as: RU },
  AllegeBreach: { ...after(bound), as: RU },
  AnswerBreach: after(bound, alleged),
  WithdrawBreach: { ...after(bound, alleged), as: RU },
  ExtendCommitment: { ...after(bound), number: { due: '2025-10-31' }, numbered: 'recorded' },
  WaiveCommitment: { ...after(bound), as: RU },
};
