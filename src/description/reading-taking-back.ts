import type { CommandDeclaration } from '#libs/decider';
import { amendmentCommands } from '../platform/amendment.commands.js';
import { amendmentEvents } from '../platform/amendments.js';
import type { Slice } from '../platform/slice.js';
import { table } from './operating-parts.js';
import type { Section } from './operating-parts.js';
import { html } from './page.js';

const became = html`<p>
    Nothing leaves the history. What became of an entry stands beside it, and <code>amendedBy</code> names the
    events that say so:
  </p>
  <dl>
    <dt>Corrected</dt>
    <dd>It has other words or another date; <code>corrected</code> shows what they were.</dd>
    <dt>Endorsed</dt>
    <dd>The party in whose name it was recorded has taken it as its own.</dd>
    <dt>Disavowed</dt>
    <dd>
      That party says that it did not say so, or that the source is not its own. The entry drops out of what
      holds, with all that rests on it, also where a milestone of an irritant did.
    </dd>
    <dt>Void</dt>
    <dd>
      It was recorded in the name of a party that had joined just before; or both sides found that it was not
      its party’s own act. It drops out in the same way.
    </dd>
    <dt>Contradicted</dt>
    <dd>
      The party has itself said otherwise: it rejects the terms that were accepted in its name, denies the
      claim that was confirmed, or confirms less of it; disputes the fulfilment, declines the text, or cancels
      the round. It is not refused because of what was said in its name, which drops out in the same way.
    </dd>
    <dt>Repudiated</dt>
    <dd>
      The party says that this act under its name was not its own, as with a stolen key. It holds until both
      sides have concluded that it stands or is void; meanwhile its words are shown as nobody’s.
    </dd>
    <dt>Retracted</dt>
    <dd>Whoever recorded it took it back, before anybody else had relied on it.</dd>
    <dt>Erased</dt>
    <dd>Its words are gone by consent of both sides; that it was said, by whom and when, stays.</dd>
  </dl>
  <p>
    What dropped out never comes back. What a party has endorsed, or has itself acted on, it can no longer
    disavow.
  </p>`;

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

const back = (slices: readonly Slice[]) =>
  html`<p>
      A word can be retracted where that changes nothing for anybody else: while no act of another party and
      no consequence relies on it, and if it answered, ended or replaced nothing of another party. What took
      the place of an earlier word of one’s own, a correction too, can be retracted only until the other side
      has spoken in that entry again, since the earlier word would be back; of words recorded in the name of a
      party, only until that party has joined, endorsed or said anything. Nothing is retracted by which
      something holds for both sides, or without which it would, or by which a word of another stands as it
      does. What a party itself undertakes, or releases the other side from, binds it at once. So a retraction
      never revives, undoes or moves anything. Once others rely on a word, another act takes back what it
      said, which is seen as one of its own:
    </p>
    ${table('Which act takes which back', ['Event', 'Act', 'Once others rely on it'], rowsOf(slices))}
    <p>What was erased stays erased, and a party that has joined stays.</p>`;

export const takingBackSections = (slices: readonly Slice[]): readonly Section[] => [
  { anchor: 'became', title: 'What became of a word', body: became },
  { anchor: 'taking-back', title: 'Taking back', body: back(slices) },
];
