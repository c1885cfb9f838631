import { Problem } from '#libs/problem-details';
import { amendmentCommands } from './amendment.commands.js';
import { bodyShape } from './body-class.js';
import { schemaOf } from './amendments.js';
import { standingsIn } from './dropping.js';
import type { Stored } from './envelope.js';
import type { Judged } from './judging.js';
import { platformProblems } from './platform.problems.js';
import type { CommandRequest } from './request.js';

type Fields = { readonly [field: string]: unknown };

/** Members in one order, so that the same value is the same text. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, member]) => [name, ordered(member)]),
  );
}

/** Unlike the canonical form, it takes what was sent as it was built, and stored texts of any characters. */
function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(ordered(one)) === JSON.stringify(ordered(other));
}

/** The event says just what the request says: the same fields, time, sources and words. Erased words are other words. */
function isSameAct(
  { declaration, slice, ...request }: CommandRequest,
  { sources }: Judged['acting'],
  event: Stored,
): boolean {
  const schema = schemaOf(slice, declaration.event);
  if (schema === undefined || event.erased) return false;
  const sent: Fields = { ...request.data, ...request.content };
  const stored: Fields = { ...event.data, ...event.content };
  const names = Object.keys(bodyShape(declaration, schema)).filter(
    (name) => Object.hasOwn(schema.data, name) || Object.hasOwn(schema.content, name),
  );
  const isAssigned = (name: string) => declaration.assigned?.[name] !== undefined && sent[name] === undefined;
  return (
    [...new Set([...names, ...Object.keys(request.data)])].every(
      (name) => isAssigned(name) || isSame(sent[name], stored[name]),
    ) &&
    isSame(request.occurred, event.occurred) &&
    isSame(sources, event.sources)
  );
}

/** The fields by which an act says what it is about: an answer to one claim repeats no answer to another. */
function isAboutTheSame({ slice, declaration, data }: CommandRequest, event: Stored): boolean {
  const shape = schemaOf(slice, declaration.event)?.data ?? {};
  return Object.entries(shape).every(
    ([name, field]) => field.kind !== 'id' || data[name] === undefined || data[name] === event.data[name],
  );
}

/** What the party said last of this, where it still counts. */
function earlierOf(request: CommandRequest, party: string | null, counting: readonly Stored[]) {
  return counting.findLast(
    (one) =>
      one.type === request.declaration.event && one.act.party === party && isAboutTheSame(request, one),
  );
}

/** What was answered, ended or replaced since can be said again in the same words. */
function isOver(earlier: Stored, counting: readonly Stored[]): boolean {
  return counting.some(({ ends }) => ends?.includes(earlier.id) === true);
}

/**
 * Whether nothing is to be recorded, because the same was recorded before with the same content. Where the rule would
 * record nothing and the content differs, nothing that was said is dropped in silence.
 */
export function isRepeat(request: CommandRequest, judged: Judged, events: readonly Stored[]): boolean {
  const { declaration, name } = request;
  const { act } = judged.acting;
  const isNothing = judged.decided.length === 0;
  if (!isNothing && declaration.recurs !== true) return false;
  const { dropped } = standingsIn(events);
  const counting = events.filter((one) => !dropped.has(one.id));
  const earlier = earlierOf(request, act.party, counting);
  if (!isNothing)
    return (
      earlier !== undefined &&
      earlier.act.capacity === act.capacity &&
      isSameAct(request, judged.acting, earlier) &&
      !isOver(earlier, counting)
    );
  // An amendment reaches an end that another act reached as well, such as an erasure that others asked for.
  if (
    earlier === undefined
      ? Object.keys(request.content).length === 0
      : isSameAct(request, judged.acting, earlier)
  )
    return true;
  if (Object.hasOwn(amendmentCommands, name) && earlier === undefined) return true;
  throw new Problem(platformProblems.ALREADY_SAID, {
    detail:
      earlier === undefined
        ? `${act.party ?? 'The recorder'} is on record with this already, by another act; these words would be lost.`
        : `${act.party ?? 'The recorder'} has done this in the event ${earlier.id}, with other content.`,
    members: earlier === undefined ? {} : { eventId: earlier.id },
  });
}
