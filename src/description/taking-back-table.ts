import type { CommandDeclaration } from '#libs/decider';
import { amendmentCommands } from '../platform/commands/amendment.commands.js';
import { amendmentEvents } from '../platform/record/amendment-events.js';
import type { Slice } from '../platform/record/slice.js';
import { captionedTable } from './captioned-table.js';
import type { Html } from '#libs/html';

type Row = readonly [event: string, act: string, takenBackBy: string];

/** Of what a party itself can't retract even where nobody has said anything to it. */
export const bindingAtOnce = 'Said by the party itself it binds at once, and is never retracted.';

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

/** Drawn from what the commands declare, so that it can't say anything else than the refusals do. */
function rowsOfActs(declarations: readonly CommandDeclaration[], otherwise: string): readonly Row[] {
  return [...Map.groupBy(declarations, ({ event }) => event)].map(([event, all]) => {
    const by = [...new Set(all.flatMap((one) => one.takenBackBy ?? []))];
    const binding = all.some((one) => one.bindsAtOnce === true) ? `${bindingAtOnce} ` : '';
    return [
      `\`${event}\``,
      `${all.map((one) => one.summary).join('; or: ')}.`,
      `${binding}${by.length === 0 ? otherwise : `${capital(by.join('; or: '))}.`}`,
    ];
  });
}

/** Every event type that there is: those that an act records, those of amendments, and those that follow. */
function rowsOf(slices: readonly Slice[]): readonly Row[] {
  const acts = slices.flatMap((slice) => Object.values<CommandDeclaration>(slice.commands));
  const amendments = Object.values<CommandDeclaration>(amendmentCommands);
  const given = new Set([...acts, ...amendments].map(({ event }) => event));
  const types = [...slices.map(({ schemas }) => schemas), amendmentEvents].flatMap(Object.keys);
  const derived = [...new Set(types)].filter((one) => !given.has(one));
  return [
    ...rowsOfActs(acts, 'None: say so in a new claim.'),
    ...rowsOfActs(amendments, 'None: it is final.'),
    ...derived.map((event): Row => [
      `\`${event}\``,
      'Recorded by rule.',
      'None: it falls with what it follows from.',
    ]),
  ];
}

export function takingBackTable(slices: readonly Slice[]): Html {
  return captionedTable(
    'Which act takes which back',
    ['Event', 'Act', 'Once others rely on it'],
    rowsOf(slices),
  );
}
