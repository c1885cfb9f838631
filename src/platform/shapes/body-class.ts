import 'reflect-metadata';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsUUID,
  Matches,
  Max,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import type { ValidationOptions } from 'class-validator';
import { choice, language, line, list, means, optional, party, shape, wordingKinds } from '#libs/decider';
import type { CommandDeclaration, EventSchema, Field, MeantShape, Shape } from '#libs/decider';
import { claimedTime, sourceId } from '../../kernel/fields.js';
import {
  IsEdtf,
  IsLanguage,
  IsLine,
  IsOccurred,
  IsText,
  IsTextByParty,
  IsTexts,
  IsWords,
} from './field-checks.js';
import { keepMetadataOf } from './kept-metadata.js';
import { madeOnce } from './made-once.js';

export type BodyClass = new () => object;

export const partyPattern = /^[A-Z][A-Z0-9-]{1,7}$/;

/** What every act may carry besides the fields of its event. */
const sources = optional(
  list(
    shape({
      sourceId,
      locator: optional(line(300), 'Where in the source: a page, a paragraph, a minute.'),
    }),
    0,
    20,
  ),
  'The evidence. Required where the act is recorded in the name of another party.',
);
export const wording = means(
  list(
    shape({
      as: choice(...wordingKinds),
      field: optional(line(60)),
      language: optional(language),
      translationFrom: optional(language),
      by: optional(line(200)),
    }),
    1,
    20,
  ),
  'Whose words those of the act are, row by row; the narrowest row that fits holds.',
);
const audience = optional(
  choice('both', 'public'),
  '`both` (unless given): all who read the record. `public`: marked as fit to be published as well.',
);
const actingParty = means(
  party,
  'Whose act it is. Left out, it is the act of the party that the key belongs to; whoever acts for no party names it.',
);

const bodyShapes = madeOnce((declaration: CommandDeclaration) =>
  madeOnce((schema: EventSchema) => drawnBody(declaration, schema)),
);

/** The fields of a command's body: those of the act, then those of the event that a client may send. */
export function bodyShape(declaration: CommandDeclaration, schema: EventSchema): MeantShape {
  return bodyShapes(declaration)(schema);
}

function drawnBody(declaration: CommandDeclaration, schema: EventSchema): MeantShape {
  const { weight, path, assigned = {}, undated = false } = declaration;
  const actShape: MeantShape = {
    ...(weight === 'record-keeping' || weight === 'commentary' ? {} : { party: optional(actingParty) }),
    ...(weight === 'record-keeping' || undated ? {} : { occurred: optional(claimedTime) }),
    sources,
    ...(weight === 'record-keeping' ? {} : { wording: optional(wording) }),
    audience,
  };
  const fields = Object.entries({ ...schema.data, ...schema.content }).flatMap(
    ([name, field]): [string, MeantShape[string]][] => {
      const assignment = assigned[name];
      const isOurs = name === 'nonce' || name === 'schemaVersion' || schema.drawn.includes(name);
      if (isOurs || path?.includes(`{${name}}`) === true) return [];
      if (assignment === undefined) return [[name, field]];
      return assignment.startsWith('given-or-') ? [[name, optional(field)]] : [];
    },
  );
  return { ...actShape, ...Object.fromEntries(fields) };
}

/** The words of an event as a client sends them, without what the service fills; one shape for each schema. */
export const sentContent = madeOnce(({ content, drawn }: EventSchema): Shape =>
  drawn.length === 0
    ? content
    : Object.fromEntries(Object.entries(content).filter(([name]) => !drawn.includes(name))),
);

/** The decorators of class-validator that say what a field takes. */
function decoratorsOf(field: Field, each: boolean): PropertyDecorator[] {
  const options: ValidationOptions = { each };
  switch (field.kind) {
    case 'id':
      return [IsUUID('all', options)];
    case 'hash':
      return [
        Matches(/^[0-9a-f]{64}$/, {
          ...options,
          message: '$property must be a SHA-256 in lower-case hexadecimal',
        }),
      ];
    case 'party':
      return [Matches(partyPattern, { ...options, message: '$property must be a party code such as RU' })];
    case 'language':
      return [IsLanguage(options)];
    case 'line':
      return [IsLine(field, options)];
    case 'choice':
      return [
        IsIn([...field.of], { ...options, message: `$property must be one of ${field.of.join(', ')}` }),
      ];
    case 'integer':
      return [IsInt(options), Min(field.min, options), Max(field.max, options)];
    case 'flag':
      return [IsBoolean(options)];
    case 'date':
      return [IsEdtf(options)];
    case 'occurred':
      return [IsOccurred(options)];
    case 'text':
      return [IsText(options)];
    case 'words':
      return [IsWords(options)];
    case 'byParty':
      return [IsTextByParty(partyPattern, options)];
    case 'texts':
      return [IsTexts(field, options)];
    case 'list':
      return [
        IsArray(),
        ArrayMinSize(field.min),
        ArrayMaxSize(field.max),
        ...(['party', 'id', 'language'].includes(field.of.kind)
          ? [ArrayUnique({ message: '$property must not name the same twice' })]
          : []),
        ...decoratorsOf(field.of, true),
      ];
    case 'shape': {
      return [IsObject(options), ValidateNested({ ...options, message: '$property must be an object' })];
    }
  }
}

/** A field that may be absent may still not be null: null says nothing that absence doesn't. */
const unlessAbsent = ValidateIf((_object, value) => value !== undefined);

const shapes = new WeakMap<BodyClass, Shape>();

export function isDrawn(one: new (...given: never[]) => unknown): one is BodyClass {
  return shapes.has(one as BodyClass);
}

/** A drawn class always has a shape. */
export function shapeOf(drawn: BodyClass): Shape {
  return shapes.get(drawn) ?? {};
}

export function isEmptyClass(drawn: BodyClass): boolean {
  return Object.keys(shapeOf(drawn)).length === 0;
}

/**
 * The class whose properties carry the decorators of class-validator that the shape asks for. There is one for a shape:
 * class-validator keeps every class for ever.
 */
export const classOf = madeOnce((shape: Shape): BodyClass => {
  class Drawn {}
  for (const [property, field] of Object.entries(shape)) {
    const decorators = decoratorsOf(field, false);
    for (const decorate of field.optional === true ? [unlessAbsent, ...decorators] : decorators) {
      decorate(Drawn.prototype, property);
    }
  }
  keepMetadataOf(Drawn);
  shapes.set(Drawn, shape);
  return Drawn;
});
