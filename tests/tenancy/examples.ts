import { randomUUID } from 'node:crypto';

/** What is used here of a schema in an OpenAPI document. */
export interface Schema {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly example?: unknown;
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly minItems?: number;
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
}

export type Schemas = Readonly<Record<string, Schema>>;

const patterned = ['2-02-38-05', 'a'.repeat(64)];
const words = '有依据的说明，供核对之用。';

/** Something that the schema allows: what is required, and nothing else. */
export function example(schema: Schema, schemas: Schemas): unknown {
  if (schema.$ref) return example(schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}, schemas);
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map((one) => example(one, schemas) as object)) as unknown;
  if (schema.enum) return schema.enum[0];
  if (schema.type === 'array')
    return Array.from({ length: schema.minItems ?? 1 }, () => example(schema.items ?? {}, schemas));
  if (schema.type === 'integer' || schema.type === 'number') return Math.max(schema.minimum ?? 1, 1);
  if (schema.type === 'boolean') return true;
  return schema.type === 'string' ? exampleText(schema) : exampleObject(schema, schemas);
}

const exampleObject = ({ properties = {}, required = [] }: Schema, schemas: Schemas) =>
  Object.fromEntries(required.map((name) => [name, example(properties[name] ?? {}, schemas)]));

function exampleText({ format, pattern, minLength = 0, maxLength = 200, example: given }: Schema) {
  if (format === 'uuid') return randomUUID();
  if (format === 'date-time') return '2026-03-01T09:00:00+08:00';
  if (typeof given === 'string') return given;
  if (pattern) return patterned.find((one) => new RegExp(pattern).test(one)) ?? pattern;
  return words
    .repeat(Math.ceil(Math.max(minLength, 1) / words.length))
    .slice(0, Math.max(minLength, Math.min(8, maxLength)));
}
