import { createHash } from 'node:crypto';
import { canonicalBytes } from '#libs/canonical';
import { Problem } from '#libs/problem-details';
import type { CommandRoute } from '../platform/commands/command-route.js';
import { platformProblems } from '../platform/problems/platform.problems.js';
import { problemAt } from '../platform/problems/problem-at.js';
import type { Principal } from '../platform/record/principal.js';
import { isObject } from '../platform/shapes/sent.js';
import { fieldsOf } from './acts.js';
import type { Acts } from './acts.js';
import { bodyOfCells, isColumnOf } from './cells.js';
import { fieldOf } from './mapping.js';
import type { Mapping } from './mapping.js';
import { unreadable } from './row.js';
import type { Row } from './row.js';

/** What a row says beside the body of its act. */
export const ofTheRow = ['act', 'on', 'externalRef', 'capacity', 'by', 'assigned'] as const;

const externalRefMax = 100;

/** A row that says which act it is, as far as that can be told without the record. */
export interface RowAct {
  readonly line: number;
  readonly act: CommandRoute;
  /** The entry that is acted on, by id, key or externalRef; absent where one is created. */
  readonly on?: string;
  readonly externalRef?: string;
  /** How the act stood in the record from which it was exported. */
  readonly capacity?: string;
  /** Whose act it was there. */
  readonly by?: string;
  /** Names that the service gave there, by field: what later rows may name. */
  readonly assigned: { readonly [field: string]: string };
  readonly body: { readonly [field: string]: unknown };
}

function textIn(values: Row['values'], name: string): string | undefined {
  const value = values[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string' && value.trim() !== '') return value.trim();
  if (typeof value === 'number') return String(value);
  throw fieldWrong(name, 'must be text');
}

function fieldWrong(field: string, fault: string): Problem {
  return problemAt(platformProblems.VALIDATION_FAILED, [field], fault, `${field} ${fault}.`);
}

/** The entry is named by `on`, or by what such an entry is called: `irritant`. */
function entryIn(values: Row['values'], { declaration, slice }: CommandRoute): string | undefined {
  if (declaration.path === null) return undefined;
  const on = textIn(values, 'on') ?? textIn(values, slice.prefix);
  if (on !== undefined) return on;
  throw fieldWrong('on', `must name the ${slice.prefix}: by its id, key or externalRef`);
}

function externalRefIn(values: Row['values']): string | undefined {
  const found = textIn(values, 'externalRef');
  // A cell of a spreadsheet can hold anything; what stands in the record for ever is one short word.
  if (found === undefined || (found.length <= externalRefMax && /^[\p{L}\p{N}\p{P}\p{S}]+$/u.test(found)))
    return found;
  throw fieldWrong('externalRef', `must be 1 to ${externalRefMax} letters, digits and signs without spaces`);
}

function capacityIn(values: Row['values']): string | undefined {
  const found = textIn(values, 'capacity');
  if (found === undefined || found === 'direct' || found === 'attributed') return found;
  throw fieldWrong('capacity', 'must be direct or attributed, as an export wrote there, or be left out');
}

function assignedIn({ assigned = {} }: Row['values']): RowAct['assigned'] {
  if (isObject(assigned) && Object.values(assigned).every((one) => typeof one === 'string'))
    return assigned as RowAct['assigned'];
  throw fieldWrong('assigned', 'must be what an export wrote there, or be left out');
}

/** Throws the problem that says what is wrong with the row. */
export function actOfRow(acts: Acts, row: Row, mapping: Mapping): RowAct {
  const named = textIn(row.values, 'act') ?? mapping.act;
  if (named === undefined)
    throw fieldWrong(
      'act',
      'is missing: say what each row is, in a column “act”, or for the whole file by the parameter act (--act on the command line)',
    );
  const act = acts.named(named);
  const on = entryIn(row.values, act);
  const externalRef = externalRefIn(row.values);
  const capacity = capacityIn(row.values);
  const by = textIn(row.values, 'by');
  return {
    line: row.line,
    act,
    ...(on === undefined ? {} : { on }),
    ...(externalRef === undefined ? {} : { externalRef }),
    ...(capacity === undefined ? {} : { capacity }),
    ...(by === undefined ? {} : { by }),
    assigned: assignedIn(row.values),
    body: bodyOf(row, act, mapping),
  };
}

function bodyOf(row: Row, act: CommandRoute, mapping: Mapping): RowAct['body'] {
  const fields = fieldsOf(act);
  const besides = new Set<string>([
    ...ofTheRow,
    ...(act.declaration.path === null ? [] : [act.slice.prefix]),
  ]);
  const own = Object.entries(row.values).filter(
    ([name]) => !besides.has(name) || Object.hasOwn(fields, name),
  );
  const unknown = own.find(([name]) => !isColumnOf(fields, name));
  if (unknown !== undefined)
    throw fieldWrong(unknown[0].slice(0, 60), `is no field of “${act.declaration.summary}”`);
  if (!row.isText) return Object.fromEntries(own);
  const cells = own.filter((one): one is [string, string] => typeof one[1] === 'string');
  const constants = Object.fromEntries(own.filter(([, value]) => typeof value !== 'string'));
  return { ...constants, ...bodyOfCells(fields, Object.fromEntries(cells), mapping) };
}

/** Whose word a row is, as far as it is one: of the party that it names, else of whoever sends it. */
export function speakerOf({ act, body }: RowAct, { party }: Principal): string | undefined {
  if (act.declaration.weight === 'record-keeping') return undefined;
  return typeof body['party'] === 'string' ? body['party'] : (party ?? undefined);
}

/** Words go once a person of each side has asked for it: that another has asked for the same is no word of this one. */
export function isOfOnePerson({ act }: RowAct): boolean {
  return act.declaration.event === 'ErasureRequested';
}

/** Of a row without a reference: the same content is the same act, if it is said by the same. */
export function contentKey(row: RowAct, principal: Principal): string {
  const { act, on, body } = row;
  const by = isOfOnePerson(row) ? principal.id : speakerOf(row, principal);
  const text = JSON.stringify({ act: act.operationId, on, by, body });
  const said: unknown = JSON.parse(text);
  // Half a character is refused by the check of the body, which names the field.
  const bytes = isWellFormed(said) ? canonicalBytes(said) : text;
  return `content:${createHash('sha256').update(bytes).digest('hex')}`;
}

function isWellFormed(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed();
  if (Array.isArray(value)) return value.every(isWellFormed);
  if (!isObject(value)) return true;
  return Object.entries(value).every(([name, one]) => name.isWellFormed() && isWellFormed(one));
}

/** Throws where a column is no field of what the rows are, so that this is said once and not of each row. */
export function refuseUnknownColumns(acts: Acts, mapping: Mapping, columns: readonly string[]): void {
  const meant = mapping.act === undefined ? acts.all : [acts.named(mapping.act)];
  const isKnown = (field: string) =>
    field === '' ||
    (ofTheRow as readonly string[]).includes(field) ||
    meant.some((act) => field === act.slice.prefix || isColumnOf(fieldsOf(act), field));
  const unknown = columns.find((column) => !isKnown(fieldOf(column, mapping)));
  if (unknown === undefined) return;
  const [only] = meant;
  const what = meant.length === 1 && only !== undefined ? `“${only.declaration.summary}”` : 'any act';
  throw unreadable(
    `The column “${unknown.slice(0, 60)}” is no field of ${what}: take it out, or say in a mapping which field it is ("" leaves it out).`,
  );
}
