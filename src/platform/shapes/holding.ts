import { getMetadataStorage, ValidationTypes } from 'class-validator';
import type { ValidationArguments, ValidatorConstraintInterface } from 'class-validator';

type Drawn = new () => object;
type Fields = Readonly<Record<string, unknown>>;

/** What class-validator keeps of one decorator, as far as it is looked at here. */
type Metadata = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[number];

interface Rule {
  readonly instance: ValidatorConstraintInterface;
  readonly constraints: ValidationArguments['constraints'];
  /** Whether it holds for each member of a list, and not for the list. */
  readonly each: boolean;
}

/** The rules for one property, in the order in which they were declared. */
interface Property {
  readonly name: string;
  /** Where one of these is false, nothing of the property is looked at. */
  readonly conditions: readonly ((of: object, value: unknown) => boolean)[];
  readonly rules: readonly Rule[];
  /** It is an object, or a list of objects, with rules of its own. */
  readonly isNested: boolean;
}

interface Rules {
  readonly properties: readonly Property[];
  readonly names: ReadonlySet<string>;
}

const storage = getMetadataStorage();
const made = new WeakMap<object, Rules | undefined>();
const known: readonly string[] = [
  ValidationTypes.CUSTOM_VALIDATION,
  ValidationTypes.NESTED_VALIDATION,
  ValidationTypes.CONDITIONAL_VALIDATION,
];

/**
 * Whether every decorator of class-validator on the class of the instance holds, and it has no other field. It asks the
 * same constraints, found once for a class, and makes no report; so false may also mean that only the report can tell, as
 * of a class that has no decorator, or one that holds by and by.
 */
export function holds(instance: object): boolean {
  const rules = rulesOf(instance.constructor as Drawn);
  return (
    rules !== undefined &&
    Object.keys(instance).every((name) => rules.names.has(name)) &&
    rules.properties.every((one) => holdsFor(one, instance))
  );
}

function holdsFor({ name, conditions, rules, isNested }: Property, instance: object): boolean {
  const value = (instance as Fields)[name];
  if (!conditions.every((condition) => condition(instance, value))) return true;
  return (
    rules.every((rule) => isKept(rule, { object: instance, property: name, value })) &&
    (!isNested || isNestedWell(value))
  );
}

function isKept(
  { instance, constraints, each }: Rule,
  of: { readonly object: object; readonly property: string; readonly value: unknown },
): boolean {
  const { object, value } = of;
  const about = { ...of, targetName: object.constructor.name, constraints };
  // Of what is not done yet nothing is known.
  const isRight = (one: unknown) => instance.validate(one, about) === true;
  return each && Array.isArray(value) ? value.every(isRight) : isRight(value);
}

function isNestedWell(value: unknown): boolean {
  if (value === undefined) return true;
  if (Array.isArray(value)) return value.every(isNestedWell);
  return value instanceof Object && holds(value);
}

function rulesOf(drawn: Drawn): Rules | undefined {
  if (made.has(drawn)) return made.get(drawn);
  const rules = found(storage.getTargetValidationMetadatas(drawn, '', false, false));
  made.set(drawn, rules);
  return rules;
}

/** Undefined where nothing is declared, or something that is not understood here. */
function found(all: readonly Metadata[]): Rules | undefined {
  if (all.length === 0 || all.some((one) => !isUnderstood(one))) return undefined;
  const properties = Object.entries(Object.groupBy(all, (one) => one.propertyName)).map(
    ([name, on = []]) => ({
      name,
      conditions: of(on, ValidationTypes.CONDITIONAL_VALIDATION).map(
        ({ constraints }) => constraints[0] as Property['conditions'][number],
      ),
      rules: of(on, ValidationTypes.CUSTOM_VALIDATION).flatMap(rulesIn),
      isNested: of(on, ValidationTypes.NESTED_VALIDATION).length > 0,
    }),
  );
  return { properties, names: new Set(properties.map((one) => one.name)) };
}

function of(all: readonly Metadata[], type: string): readonly Metadata[] {
  return all.filter((one) => one.type === type);
}

function isUnderstood({ type, validateIf }: Metadata): boolean {
  return known.includes(type) && validateIf === undefined;
}

function rulesIn({ constraintCls, constraints, each }: Metadata): readonly Rule[] {
  return storage
    .getTargetValidatorConstraints(constraintCls)
    .map(({ instance }) => ({ instance, constraints, each }));
}
