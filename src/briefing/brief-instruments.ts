import type { LangText } from '#libs/decider';
import type { AssetDocument, IrritantDocument } from '../reading/documents.js';
import { occurredInWords } from '../wording/dates.js';
import { Term, term } from '../wording/terms.js';
import type { BriefReading } from './brief.reading.js';
import { joined, named, section } from './brief-document.js';
import type { Block, Line } from './brief-document.js';
import type { Item } from './brief-standing.js';

function dueInWords(due: unknown, isOverdue: boolean): Line {
  if (typeof due !== 'string') return ['no date'];
  const date = occurredInWords({ edtf: due });
  return isOverdue ? [date, ', ', { strong: 'overdue' }] : [date];
}

function table(label: string, head: readonly string[], rows: readonly (readonly Line[])[]): readonly Block[] {
  return section(label, rows.length === 0 ? [] : [{ kind: 'table', label, head, rows }]);
}

/** Only steps that nothing stands before: the others can’t be taken yet. */
export function stepsOf({ talks }: BriefReading, { nextSteps }: Item): readonly Block[] {
  const steps = talks.roadmaps.flatMap((one) => one.steps);
  const textOf = (stepId: string) =>
    named(steps.find((one) => one.stepId === stepId)?.text, '(its words are erased)');
  return table(
    'Next steps',
    ['Step', 'Responsible', 'State', 'Due', 'In return'],
    nextSteps.map((one) => [
      [...named(one.text, '(its words are erased)'), ...(one.mandatory ? [] : [' (not mandatory)'])],
      [one.responsible],
      [Term(one.state)],
      dueInWords(one.due, one.overdue),
      one.counterpart === null ? ['nothing'] : textOf(one.counterpart),
    ]),
  );
}

export function commitmentsOf(_: BriefReading, { overdueCommitments }: Item): readonly Block[] {
  return table(
    'Overdue commitments',
    ['Commitment', 'Owed by', 'Owed to', 'Due', 'Status'],
    overdueCommitments.map((one) => [
      named(one.text as LangText | null, '(its words are erased)'),
      [one.obligors.join(' and ')],
      [one.beneficiaries.join(' and ')],
      dueInWords(one.due, true),
      [`${Term(one.status)}${one.breachOpen ? ', a breach is alleged' : ''}`],
    ]),
  );
}

export function proposalsOf(_: BriefReading, { proposals }: Item): readonly Block[] {
  return table(
    'Proposals on the table',
    ['Proposal', 'Status', 'Latest version', 'Assents', 'Valid until'],
    proposals.map((one) => [
      named(one.title as LangText | null, '(no title is recorded)'),
      [Term(one.status)],
      [`${one.version}, by ${one.tabledBy ?? 'nobody'}`],
      [
        one.assents.length === 0
          ? 'none'
          : one.assents
              .map(({ party, adReferendum }) => `${party ?? ''}${adReferendum ? ' (ad referendum)' : ''}`)
              .join(', '),
      ],
      one.validUntil === null
        ? ['no date']
        : one.expired
          ? [occurredInWords({ edtf: one.validUntil }), ', ', { strong: 'expired' }]
          : [occurredInWords({ edtf: one.validUntil })],
    ]),
  );
}

function ownershipOf(asset: AssetDocument, party: string): Line {
  const own = asset.ownership[party];
  return own === undefined
    ? ['says nothing of it']
    : [`owner ${own.owner} (${term(own.tenure)}), holder ${own.holder}`];
}

/** What was asked for and what became of it, of each asset. */
function openOn(asset: AssetDocument): Line {
  const accesses = asset.accesses.map((one): Line => [
    `access asked for by ${one.party ?? 'nobody'} (${term(one.purpose)}): ${one.state}`,
  ]);
  const damages = asset.damages.map((one): Line => [
    `damage of ${one.amount} ${one.currency} assessed by ${one.party ?? 'nobody'}${one.dispute === null ? '' : `, disputed by ${one.dispute.party ?? 'nobody'}`}`,
  ]);
  const all = [...accesses, ...damages];
  return all.length === 0 ? ['nothing'] : joined(all, '; ');
}

/** Assets of which everything that is told is the same share a row. */
export function assetsOf({ talks, sides }: BriefReading, { id }: IrritantDocument): readonly Block[] {
  const told = talks.assets
    .filter((one) => one.irritantIds.includes(id))
    .map((one) => ({
      name: named(one.name as LangText | null, '(its name is erased)'),
      cells: [[Term(one.status)], ...sides.map((party) => ownershipOf(one, party)), openOn(one)],
    }));
  const rows = [...Map.groupBy(told, ({ cells }) => JSON.stringify(cells)).values()];
  return table(
    'Assets',
    ['Asset', 'Status', ...sides.map((party) => `As ${party} has it`), 'Asked for and assessed'],
    rows.map((all) => [
      joined(
        all.map((one) => one.name),
        ', ',
      ),
      ...(all[0]?.cells ?? []),
    ]),
  );
}
