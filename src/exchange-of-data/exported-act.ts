import { isDeepStrictEqual } from 'node:util';
import type { Assignment } from '#libs/decider';
import { commandRoutesOf } from '../platform/commands/command-route.js';
import type { CommandRoute } from '../platform/commands/command-route.js';
import type { Stored } from '../platform/record/envelope.js';
import { idOf } from '../platform/record/fold.js';
import type { Slice } from '../platform/record/slice.js';
import { bodyShape } from '../platform/shapes/body-class.js';
import { sameId } from '../platform/shapes/sent.js';
import { fieldsOf } from './acts.js';
import type { RowAct } from './row-act.js';

/** Values that another record would give otherwise, and that nobody names. */
const ofTheRecord: readonly Assignment[] = [
  'key',
  'parties',
  'synthetic',
  'its-dialogue',
  'languages-of-text',
];
/** What is drawn from the words by whoever records them. */
const hashes: readonly Assignment[] = ['hash-of-text', 'given-or-hash-of-text', 'hash-of-version'];

/** Which act an event came of; undefined of what follows from others, and of the opening of a dialogue. */
export function actOfEvent(slice: Slice, event: Stored): CommandRoute | undefined {
  if (event.act.capacity === 'derived' || event.unreadable !== undefined) return undefined;
  const isFirst = event.revision === 0;
  if (isFirst && slice.part === 'dialogue') return undefined;
  return commandRoutesOf(slice).find(
    ({ declaration }) => declaration.event === event.type && (declaration.path === null) === isFirst,
  );
}

function isGiven(assignment: Assignment | undefined): boolean {
  return assignment === undefined || (assignment.startsWith('given-or-') && !hashes.includes(assignment));
}

/** What the service gave with the act, by field: what later acts may name. */
function assignedIn({ declaration: { assigned = {} } }: CommandRoute, dialogueId: string, event: Stored) {
  const named = Object.entries(assigned).flatMap(([name, assignment]): [string, string][] => {
    const value: unknown = event.data[name as never];
    return ofTheRecord.includes(assignment) || typeof value !== 'string' ? [] : [[name, value]];
  });
  return { dialogueId, event: event.id, id: idOf(event.stream), ...Object.fromEntries(named) };
}

function bodyOf(act: CommandRoute, event: Stored): object {
  const { declaration } = act;
  const said: Record<string, unknown> = { ...event.data, ...event.content };
  const fields = Object.entries(fieldsOf(act)).flatMap(([name, field]): [string, unknown][] => {
    const isOwner = field.kind === 'id' && field.owns === true;
    const value = said[name];
    return isOwner || value === undefined || !isGiven(declaration.assigned?.[name]) ? [] : [[name, value]];
  });
  return Object.fromEntries(fields);
}

/** What stands in the envelope of the event, as it is sent beside the fields of an act. */
function besideOf({ declaration, schema }: CommandRoute, event: Stored): object {
  const { act, occurred, sources, wording, audience } = event;
  const taken = bodyShape(declaration, schema);
  const isOthers = act.capacity === 'attributed' && act.party !== null && declaration.partyIsData !== true;
  return {
    ...(isOthers ? { party: act.party } : {}),
    ...(occurred === undefined || taken['occurred'] === undefined || schema.data['occurred'] !== undefined
      ? {}
      : { occurred }),
    ...(sources.length === 0 ? {} : { sources }),
    ...(wording === undefined ? {} : { wording }),
    ...(audience === 'both' ? {} : { audience }),
  };
}

/** Whether the row says of the event what an export of it says. */
export function isExportOf({ act, on, body }: RowAct, event: Stored): boolean {
  if (actOfEvent(act.slice, event)?.operationId !== act.operationId) return false;
  if (on !== undefined && sameId(on) !== idOf(event.stream)) return false;
  const exported: unknown = JSON.parse(JSON.stringify({ ...besideOf(act, event), ...bodyOf(act, event) }));
  return isDeepStrictEqual(exported, body);
}

/** The event as a row that an import takes. */
export function exportedAct(slice: Slice, dialogueId: string, event: Stored): object | undefined {
  const act = actOfEvent(slice, event);
  if (act === undefined) return undefined;
  const { capacity, party } = event.act;
  return {
    act: act.operationId,
    ...(act.declaration.path === null ? {} : { on: idOf(event.stream) }),
    externalRef: event.externalRef ?? event.id,
    capacity,
    ...(party === null ? {} : { by: party }),
    ...besideOf(act, event),
    ...bodyOf(act, event),
    assigned: assignedIn(act, dialogueId, event),
  };
}
