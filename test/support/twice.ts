import { expect } from '@jest/globals';
import type { CommandDeclaration } from '#libs/decider';
import type { TestKey } from '#libs/ledger/testing';
import { amendmentCommands } from '../../src/platform/commands/amendment.commands.js';
import { schemaOf } from '../../src/platform/record/amendment-events.js';
import { bodyShape } from '../../src/platform/shapes/body-class.js';
import { slices } from '../../src/slices.js';
import type { Api, Body, PrincipalName } from './api.js';
import { bodyIn, shownLast, words } from './bodies.js';
import type { Scene } from './scene.js';

/** What becomes of an act that was recorded before: it is recorded too, it is a repeat, or it is refused by this code. */
export type Outcome = 'recorded' | 'repeat' | (string & {});

export interface Talks {
  readonly api: Api;
  readonly scene: Scene;
}

/** One act. */
export interface Asked {
  readonly path: string;
  readonly as: PrincipalName;
  readonly body: Body;
  /** By which its party signs it. */
  readonly key?: TestKey;
}

/** An entry as it is shown. */
export interface Entry extends Body {
  readonly id: string;
}

export interface Case {
  /** Whose act it is; the negotiator's of the US, unless said otherwise. */
  readonly as?: PrincipalName;
  /** Brings about what the act needs, and shows the entry that it is on; that of the scene, unless said otherwise. */
  readonly on?: (talks: Talks) => Promise<Entry>;
  /** What it says beside the example of its command, or otherwise. */
  readonly own?: Body | ((talks: Talks, entry: Entry) => Body | Promise<Body>);
  /** By which its party signs it, where it has to. */
  readonly key?: TestKey;
  /** What becomes of the same act with the same content; a repeat, unless said otherwise. */
  readonly again?: Outcome;
  /** What becomes of it with other content; recorded where it can recur and else refused, unless said otherwise. */
  readonly other?: Outcome;
  /** What makes it an act with another number, choice or name. */
  readonly number?: Body;
  /** What becomes of that; as with other words and dates, unless said otherwise. */
  readonly numbered?: Outcome;
  /** Words of amendments that correct others go only with those. */
  readonly keepsWords?: true;
}

/** By the name of the command; a second case of one has words behind it. */
export type Cases = { readonly [command: string]: Case };

const sent = { en: 'Other words.' };

const otherWords = (body: Body): Body =>
  JSON.parse(JSON.stringify(body).replaceAll(words.en, sent.en)) as Body;
const hasWords = (body: Body) => JSON.stringify(body).includes(words.en);

/** What the declarations say of a command that is to be given twice. */
export interface Twice {
  readonly slice: string;
  readonly declaration: CommandDeclaration;
  readonly one: Case;
}

/** Every command of the slice, or of the amendments, with its cases. */
export function twicesOf(slice: string, cases: Cases): readonly (readonly [string, Twice])[] {
  const commands: { readonly [name: string]: CommandDeclaration } =
    slice === 'amendments' ? amendmentCommands : (slices.find(({ name }) => name === slice)?.commands ?? {});
  return Object.entries(cases).map(([name, one]) => {
    const declaration = commands[name.split(' ')[0] ?? ''];
    if (declaration === undefined) throw new Error(`${slice} takes no ${name}.`);
    return [name, { slice: slice === 'amendments' ? 'irritants' : slice, declaration, one }] as const;
  });
}

function schemaFor({ slice, declaration }: Pick<Twice, 'slice' | 'declaration'>) {
  const schema = schemaOf(sliceNamed(slice), declaration.event);
  if (schema === undefined) throw new Error(`${slice} has no event ${declaration.event}.`);
  return schema;
}

/** Brings about what the act needs, and says which act that is. */
export async function askedIn(twice: Twice, talks: Talks): Promise<Asked> {
  const { slice, declaration, one } = twice;
  const { scene } = talks;
  const { as = 'us-negotiator', key, own = {} } = one;
  const ofScene = { id: slice === 'dialogues' ? scene.dialogueId : scene.irritantId };
  const entry = (await one.on?.(talks)) ?? ofScene;
  const example = bodyIn(declaration, schemaFor(twice), scene, entry);
  const body = { ...example, ...(typeof own === 'function' ? await own(talks, entry) : own) };
  const path = declaration.path?.replace(/\{(\w+)\}/g, (_, name: string) => String(shownLast(entry, name)));
  const at = path === undefined ? slice : `${slice}/${entry.id}/${path}`;
  return { path: at, as, body, ...(key === undefined ? {} : { key }) };
}

/** The acts that differ from the first one in one thing each: its words, its time, its number. */
export function othersOf(
  { slice, declaration, one }: Twice,
  body: Body,
): readonly (readonly [string, Body])[] {
  const schema = schemaFor({ slice, declaration });
  const shape = bodyShape(declaration, schema);
  const takesWords = Object.keys(schema.content).some((name) => Object.hasOwn(shape, name));
  expect({ words: hasWords(body) }).toEqual({ words: takesWords });
  return [
    ...(takesWords ? ([['words', otherWords(body)]] as const) : []),
    ...(Object.hasOwn(shape, 'occurred') && declaration.event !== 'EventCorrected'
      ? ([['date', { ...body, occurred: '2025-04-11' }]] as const)
      : []),
    ...(one.number === undefined ? [] : ([['number', { ...body, ...one.number }]] as const)),
  ];
}

function sliceNamed(name: string) {
  const found = slices.find((one) => one.name === name);
  if (found === undefined) throw new Error(`There is no slice ${name}.`);
  return found;
}

/** Whether the act has words that can be erased and given again. */
export function canBeErased({ declaration, slice, one }: Twice): boolean {
  if (declaration.path === null || one.keepsWords === true) return false;
  return Object.keys(schemaOf(sliceNamed(slice), declaration.event)?.content ?? {}).length > 0;
}
