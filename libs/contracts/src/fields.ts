import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsISO8601,
  IsNumber,
  IsObject,
  IsOptional,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateBy,
  ValidateIf,
  ValidateNested,
} from 'class-validator';

/** What every field may say besides its kind. */
export interface FieldOptions {
  /** The field may be left out. */
  readonly optional?: boolean;
  /** The field may be null: known to be empty. */
  readonly nullable?: boolean;
  readonly description?: string;
  readonly example?: unknown;
}

export type Make = new () => object;

/** @nestjs/swagger tells a class from a function that gives one by the function's name, which must be `type`. */
function lazily(make: () => Make) {
  const type = () => make();
  return type;
}

/** One decorator per field: it validates, and it documents. */
function field({ optional, nullable, ...docs }: FieldOptions, api: object, ...checks: PropertyDecorator[]) {
  const options = {
    ...api,
    ...docs,
    ...(optional ? { required: false } : {}),
    ...(nullable ? { nullable } : {}),
  } as ApiPropertyOptions;
  return applyDecorators(
    ApiProperty(options),
    ...checks,
    ...(optional ? [IsOptional()] : []),
    ...(nullable ? [ValidateIf((_, value) => value !== null)] : []),
  );
}

export const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
export const Uuid = (options: FieldOptions = {}) =>
  field(options, { type: String, format: 'uuid' }, Matches(uuidPattern, { context: { rule: 'field-uuid' } }));

/** Text of `min` to `max` characters; blanks alone do not count as text. */
export const Text = (min: number, max: number, options: FieldOptions = {}) =>
  field(
    options,
    { type: String, minLength: min, maxLength: max },
    IsString(),
    Length(min, max),
    ...(min > 0 ? [Matches(/\S/)] : []),
  );

/** Document numbers and phones, however they are spaced, and markup: none of it belongs into text that others read. */
const personalOrMarkup = /<[a-z!/?]|\d(?:[ -]?\d){13,16}[ -]?[\dXx]|(?<!\d)1[3-9]\d(?:[ -]?\d){8}(?!\d)/i;
// A line may break; nothing else that does not print may stand in a text.
const unprintable = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}]/u;
const isPlain = (value: unknown) =>
  typeof value === 'string' && !unprintable.test(value.replace(/\r?\n/g, '')) && !personalOrMarkup.test(value);

/** Text that a person types and others read: reasons, bases, addresses, names of things. It may name nobody's numbers. */
export const Prose = (min: number, max: number, options: FieldOptions = {}) =>
  applyDecorators(Text(min, max, options), ValidateBy({ name: 'isPlain', validator: { validate: isPlain } }));

/** A stable word in kebab case or digits, such as a rule code or an occupation code. */
export const Code = (options: FieldOptions = {}) =>
  field(
    options,
    { type: String, pattern: '^[A-Za-z0-9][A-Za-z0-9:._-]{0,79}$' },
    Matches(/^[A-Za-z0-9][A-Za-z0-9:._-]{0,79}$/),
  );

/** A civil day in Asia/Shanghai, `YYYY-MM-DD`. */
export const Day = (options: FieldOptions = {}) =>
  field(
    options,
    { type: String, format: 'date', example: '2026-03-01' },
    Matches(/^(19|20|21)\d\d-\d\d-\d\d$/),
    // The 31st of February has the form of a day and is none.
    IsISO8601({ strict: true }),
  );

/** An instant, ISO 8601 with its offset. */
export const Instant = (options: FieldOptions = {}) =>
  field(
    options,
    { type: String, format: 'date-time', example: '2026-03-01T09:30:00.000+08:00' },
    Matches(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/),
    IsISO8601({ strict: true }),
  );

export const Int = (min: number, max: number, options: FieldOptions = {}) =>
  field(options, { type: 'integer', minimum: min, maximum: max }, IsInt(), Min(min), Max(max));

/** A number with at most one decimal, such as a mark or a count of hours. */
export const Decimal = (min: number, max: number, options: FieldOptions = {}) =>
  field(options, { type: Number, minimum: min, maximum: max }, IsNumber({ maxDecimalPlaces: 1 }), Min(min), Max(max));

export const Flag = (options: FieldOptions = {}) => field(options, { type: Boolean }, IsBoolean());

export const OneOf = (values: readonly string[], options: FieldOptions = {}) =>
  field(options, { type: String, enum: values }, IsIn(values));

export const Sha256 = (options: FieldOptions = {}) =>
  field(options, { type: String, pattern: '^[0-9a-f]{64}$' }, Matches(/^[0-9a-f]{64}$/));

export const Texts = (max: number, options: FieldOptions = {}) =>
  field(options, { type: [String] }, IsArray(), ArrayMaxSize(max), IsString({ each: true }));

export const Uuids = (max: number, options: FieldOptions = {}) =>
  field(
    options,
    { type: [String], format: 'uuid' },
    IsArray(),
    ArrayMaxSize(max),
    Matches(uuidPattern, { each: true, context: { rule: 'field-uuid' } }),
  );

/** An object whose inside is not described here: a rule's value, a signed document. */
export const Json = (options: FieldOptions = {}) =>
  field(options, { type: 'object', additionalProperties: true }, IsObject());

export const Nested = (make: () => Make, options: FieldOptions = {}) =>
  field(options, { type: lazily(make) }, ValidateNested(), Type(make), IsObject(), remember(nests, make));

export const List = (make: () => Make, min: number, max: number, options: FieldOptions = {}) =>
  field(
    options,
    { type: lazily(make), isArray: true, minItems: min, maxItems: max },
    IsArray(),
    ArrayMinSize(min),
    ArrayMaxSize(max),
    ValidateNested({ each: true }),
    Type(make),
    remember(nests, make),
    remember(lists, make),
  );

const sealed = new WeakMap<object, string[]>();
type Makes = WeakMap<object, Map<string, () => Make>>;
const lists: Makes = new WeakMap();
const nests: Makes = new WeakMap();

/**
 * Personal text of an event. In memory it is plain; on its way, in the log and in every copy it is sealed.
 * A service without the event key sees only the sealed form.
 */
export const SealedText = (options: FieldOptions = {}): PropertyDecorator =>
  applyDecorators(
    // Sealed text is longer than what it says, and who lacks the key checks the sealed form.
    field({ description: 'sealed', ...options }, { type: String }, IsString(), Length(1, 4000)),
    (target: object, name: string | symbol) => {
      sealed.set(target, [...(sealed.get(target) ?? []), String(name)]);
    },
  );

function remember(makes: Makes, make: () => Make): PropertyDecorator {
  return (target, name) => {
    makes.set(target, (makes.get(target) ?? new Map<string, () => Make>()).set(String(name), make));
  };
}

/** What the objects in the fields of a class are, its own and those of the classes it extends. */
export function nestedFields(make: Make): ReadonlyMap<string, () => Make> {
  const found: [string, () => Make][] = [];
  for (let at = make.prototype as object | null; at; at = Object.getPrototypeOf(at) as object | null)
    found.unshift(...(nests.get(at) ?? []));
  return new Map(found);
}

/** The sealed fields of an event class, and of the rows in its lists. */
export function sealedFields(make: Make): { own: readonly string[]; rows: ReadonlyMap<string, readonly string[]> } {
  const rows = [...(lists.get(make.prototype as object) ?? [])].map(
    ([name, row]) => [name, sealed.get(row().prototype as object) ?? []] as const,
  );
  return {
    own: sealed.get(make.prototype as object) ?? [],
    rows: new Map(rows.filter(([, names]) => names.length > 0)),
  };
}
