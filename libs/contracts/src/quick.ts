import { getMetadataStorage, type ValidationArguments, ValidationTypes } from 'class-validator';
import { type Make, nestedFields } from './fields.js';

type Test = (value: unknown, within: object) => boolean;

interface Field {
  /** The checks count only where all of these hold: the field is there, or is not null. */
  readonly conditions: readonly Test[];
  readonly checks: readonly Test[];
  /** What an object in this field is built as. */
  readonly make: Make | undefined;
}

type Fields = ReadonlyMap<string, Field>;

/** Something is wrong with these data, or so unusual that class-validator itself must look at them. */
class Unsure extends Error {}
const unsure = new Unsure();

const known = new WeakMap<Make, Fields | undefined>();

/**
 * What `parse` would make of these data, at a tenth of its cost, or nothing where it is not certain that they are
 * right. It asks the same validators, but looks their metadata up once for each class and not for each event.
 */
export const quickly = <E extends object>(make: new () => E, data: object): E | undefined => tried(make, data, false);

/** The same of what somebody sends who must be told of a field that is not known. */
export const exactly = <E extends object>(make: new () => E, data: unknown): E | undefined => tried(make, data, true);

function tried<E extends object>(make: new () => E, data: unknown, exact: boolean): E | undefined {
  try {
    return built(make, data, exact) as E;
  } catch (error) {
    if (error === unsure) return undefined;
    throw error;
  }
}

function built(make: Make, data: unknown, exact: boolean): object {
  const fields = fieldsOf(make);
  if (!fields || !isPlain(data, make)) throw unsure;
  const made = new make() as Record<string, unknown>;
  const given = data as Record<string, unknown>;
  for (const name of Object.keys(given)) {
    const field = fields.get(name);
    if (field) made[name] = copied(given[name], field.make, exact);
    else if (exact) throw unsure;
  }
  for (const [name, { conditions, checks }] of fields) {
    const value = made[name];
    if (!conditions.every((holds) => holds(value, made))) continue;
    if (!checks.every((holds) => holds(value, made))) throw unsure;
  }
  return made;
}

function copied(value: unknown, make: Make | undefined, exact: boolean): unknown {
  if (typeof value === 'function' || typeof value === 'symbol' || typeof value === 'bigint') throw unsure;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value))
    return Array.from(value, (one: unknown) => (make ? built(make, one, exact) : copied(one, undefined, exact)));
  return make ? built(make, value, exact) : copiedJson(value);
}

/** An object whose inside no contract describes. A name that every object has is left to class-transformer. */
function copiedJson(value: object) {
  if (!isPlain(value)) throw unsure;
  const copy: Record<string, unknown> = {};
  for (const [name, inner] of Object.entries(value)) {
    if (name in Object.prototype) throw unsure;
    copy[name] = copied(inner, undefined, false);
  }
  return copy;
}

const isPlain = (value: unknown, make?: Make): value is object => {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || (make !== undefined && prototype === make.prototype);
};

function fieldsOf(make: Make) {
  if (!known.has(make)) known.set(make, compiled(make));
  return known.get(make);
}

type Metadata = ReturnType<ReturnType<typeof getMetadataStorage>['getTargetValidationMetadatas']>[number];

/** Nothing where a class asks for what is not understood here. */
function compiled(make: Make): Fields | undefined {
  const fields = new Map<string, Field>();
  const nested = nestedFields(make);
  const all = getMetadataStorage().getTargetValidationMetadatas(make, '', false, false);
  for (const name of new Set(all.map(({ propertyName }) => propertyName))) {
    const own = all.filter(({ propertyName }) => propertyName === name);
    const conditional = own.filter(({ type }) => type === ValidationTypes.CONDITIONAL_VALIDATION);
    const custom = own.filter(({ type }) => type === ValidationTypes.CUSTOM_VALIDATION);
    const isNested = own.some(({ type }) => type === ValidationTypes.NESTED_VALIDATION);
    const row = nested.get(name)?.();
    const understood = conditional.length + custom.length + own.filter(isNestedOf).length === own.length;
    if (!understood || isNested !== (row !== undefined) || own.some(({ validateIf }) => validateIf)) return undefined;
    fields.set(name, {
      conditions: conditional.map(
        ({ constraints: [holds] }) =>
          (value, within) =>
            Boolean(conditionOf(holds)(within, value)),
      ),
      checks: [...custom.flatMap(checksOf), ...(row ? [isThere] : [])],
      make: row,
    });
  }
  return fields.size > 0 ? fields : undefined;
}

const isNestedOf = ({ type }: Metadata) => type === ValidationTypes.NESTED_VALIDATION;
const conditionOf = (holds: unknown) => holds as (within: object, value: unknown) => boolean;

/** What is nested was checked when it was built, so all that is left is that something is there. */
const isThere: Test = (value) => typeof value === 'object' && value !== null;

function checksOf({ constraintCls, constraints, each, propertyName }: Metadata): Test[] {
  return getMetadataStorage()
    .getTargetValidatorConstraints(constraintCls)
    .map(({ instance }) => {
      const holds = (value: unknown, within: object) => {
        const asked: ValidationArguments = {
          targetName: '',
          property: propertyName,
          object: within,
          value,
          constraints,
        };
        return instance.validate(value, asked) === true;
      };
      return (value, within) =>
        each && Array.isArray(value) ? value.every((one) => holds(one, within)) : holds(value, within);
    });
}
