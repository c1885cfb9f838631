import { done, made } from '../support/acting.js';
import type { Body, PrincipalName } from '../support/api.js';
import { words } from '../support/twice.js';
import type { Asked, Case, Cases, Talks } from '../support/twice.js';

const RU = 'ru-negotiator';
const US = 'us-negotiator';
const reason = { reason: words };
const asked = (path: string, as: PrincipalName, body: Body = {}): Asked => ({ path, as, body });

const owing = ({ scene }: Talks): Body => ({
  dialogueId: scene.dialogueId,
  obligors: ['US'],
  beneficiaries: ['RU'],
  mode: 'once',
  due: '2025-06-30',
  irritantIds: [scene.irritantId],
  text: words,
});
interface Owed extends Body {
  readonly id: string;
  readonly allegations: readonly { readonly breachId: string }[];
}
const onCommitment = (
  act: readonly [string, PrincipalName, Body?],
  ...before: readonly (readonly [string, PrincipalName])[]
): Pick<Case, 'ready'> => ({
  ready: async (talks) => {
    let commitment = await made<Owed>(talks.api, 'commitments', RU, owing(talks));
    const at = `commitments/${commitment.id}`;
    for (const [command, as] of before) commitment = await done(talks.api, `${at}/${command}`, as);
    const [command, as, body = reason] = act;
    const breachId = commitment.allegations.at(-1)?.breachId ?? '';
    return asked(`${at}/${command.replace('{breachId}', breachId)}`, as, body);
  },
});
const bound = ['undertake', US] as const;
const reported = ['report-fulfilment', US] as const;
const alleged = ['allege-breach', RU] as const;

export const commitmentCases: Cases = {
  AssertCommitment: {
    ready: (talks) => Promise.resolve(asked('commitments', RU, owing(talks))),
    again: 'recorded',
    other: 'recorded',
  },
  UndertakeCommitment: onCommitment(['undertake', US, { statement: words }]),
  DeclineCommitment: onCommitment(['decline', US]),
  ReportFulfilment: onCommitment(['report-fulfilment', US], bound),
  AcknowledgeFulfilment: onCommitment(['acknowledge-fulfilment', RU], bound, reported),
  DisputeFulfilment: onCommitment(['dispute-fulfilment', RU], bound, reported),
  AllegeBreach: onCommitment(['allege-breach', RU], bound),
  AnswerBreach: onCommitment(['breaches/{breachId}/answer', US], bound, alleged),
  WithdrawBreach: onCommitment(['breaches/{breachId}/withdraw', RU], bound, alleged),
  ExtendCommitment: {
    ...onCommitment(['extend', US, { due: '2025-09-30', ...reason }], bound),
    number: { due: '2025-10-31' },
    numbered: 'recorded',
  },
  WaiveCommitment: onCommitment(['waive', RU], bound),
};
