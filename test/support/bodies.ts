import type { CommandDeclaration, EventSchema } from '#libs/decider';
import { bodyShape } from '../../src/platform/shapes/body-class.js';
import type { Body } from './api.js';
import type { Scene } from './scene.js';

/** What acts in tests say, so that other words can be put in the place of these. */
export const words = { en: 'Words.' };

/** The example that a command is published with, with what exists in the place of what it names. */
export function filled(example: object, real: Body): Body {
  return Object.fromEntries(
    Object.entries(example).map(([name, value]) => [name, Object.hasOwn(real, name) ? real[name] : value]),
  );
}

const aliases: { readonly [name: string]: string } = { inReplyTo: 'noteId' };

/** What the entry shows last under this name: the claim that was made, the terms that were proposed. */
export function shownLast(entry: Body, name: string): unknown {
  const shown = aliases[name] ?? name;
  const lists = Object.values(entry).filter(Array.isArray) as readonly (readonly unknown[])[];
  const found = lists
    .map((all) => all.findLast((one) => Object.hasOwn(Object(one) as object, shown)) as Body | undefined)
    .find((one) => one !== undefined);
  return found?.[shown];
}

const named = ['resolutionId', 'termsHash', 'accountId', 'divergenceId', 'version', 'contentHash'];

/** What a command says in this scene of this entry: its example, all in the same words. */
export function bodyIn(
  declaration: CommandDeclaration,
  schema: EventSchema,
  scene: Scene,
  entry: Body,
): Body {
  const { occurred: _, ...example } = declaration.example as Body;
  const shape = bodyShape(declaration, schema);
  const said = Object.entries(schema.content).flatMap(([name, { kind, optional }]): [string, unknown][] => {
    if (!Object.hasOwn(shape, name)) return [];
    if (kind === 'text') return [[name, words]];
    return kind === 'line' && optional !== true ? [[name, words.en]] : [];
  });
  return filled(
    { ...example, ...Object.fromEntries(said) },
    {
      ...Object.fromEntries(named.map((name) => [name, shownLast(entry, name)])),
      dialogueId: scene.dialogueId,
      irritantId: scene.irritantId,
      irritantIds: [scene.irritantId],
      sourceId: scene.sources.RU,
      sources: [{ sourceId: scene.sources.press }],
    },
  );
}
