type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
type Schema = Readonly<Record<string, unknown>>;

/** What the two vendored schemas use of JSON Schema. Anything else is an error: nothing may pass because it was not read. */
const keywords: Readonly<Record<string, (value: Json, schema: Schema, at: string, root: Schema) => string[]>> = {
  $ref: (value, { $ref }, at, root) => faultsOf(value, resolved(root, String($ref)), at, root),
  type: (value, { type }, at) =>
    [type].flat().some((one) => is(value, String(one))) ? [] : [`${at}: is not ${[type].flat().join(' or ')}`],
  enum: (value, schema, at) =>
    (schema['enum'] as Json[]).includes(value) ? [] : [`${at}: is none of ${String(schema['enum'])}`],
  required: (value, { required }, at) =>
    (required as string[]).filter((name) => isObject(value) && !(name in value)).map((name) => `${at}: has no ${name}`),
  properties: members,
  patternProperties: (value, schema, at, root) => ('properties' in schema ? [] : members(value, schema, at, root)),
  additionalProperties: (value, schema, at, root) =>
    'properties' in schema || 'patternProperties' in schema ? [] : members(value, schema, at, root),
  items: (value, { items }, at, root) =>
    Array.isArray(value) ? value.flatMap((one: Json, i) => faultsOf(one, items as Schema, `${at}[${i}]`, root)) : [],
  oneOf: (value, { oneOf }, at, root) => {
    const tried = (oneOf as Schema[]).map((one) => faultsOf(value, one, at, root));
    return tried.some((faults) => faults.length === 0) ? [] : (tried.at(-1) ?? []);
  },
  minimum: (value, { minimum }, at) => (Number(value) >= Number(minimum) ? [] : [`${at}: is below ${String(minimum)}`]),
  maximum: (value, { maximum }, at) => (Number(value) <= Number(maximum) ? [] : [`${at}: is above ${String(maximum)}`]),
  deprecated: () => [],
  definitions: () => [],
  kinds: () => [],
  $comment: () => [],
};

/** Where a document breaks its schema. */
export function faultsOf(value: Json, schema: Schema, at = '', root = schema): string[] {
  return Object.keys(schema).flatMap((name) => {
    const keyword = keywords[name];
    if (!keyword) throw new Error(`the schema uses ${name}, which is not understood here`);
    return keyword(value, schema, at, root);
  });
}

function members(value: Json, schema: Schema, at: string, root: Schema): string[] {
  if (!isObject(value)) return [];
  const properties = (schema['properties'] ?? {}) as Record<string, Schema>;
  const patterns = Object.entries((schema['patternProperties'] ?? {}) as Record<string, Schema>);
  const rest = schema['additionalProperties'] ?? true;
  return Object.entries(value).flatMap(([name, inner]) => {
    const matching = patterns.filter(([pattern]) => new RegExp(pattern).test(name)).map(([, one]) => one);
    const own = Object.hasOwn(properties, name) ? [properties[name] as Schema, ...matching] : matching;
    if (own.length === 0 && rest === false) return [`${at}.${name}: is not known`];
    const asked = own.length === 0 && typeof rest === 'object' ? [rest as Schema] : own;
    return asked.flatMap((one) => faultsOf(inner, one, `${at}.${name}`, root));
  });
}

function resolved(root: Schema, ref: string): Schema {
  const found = ref
    .replace('#/', '')
    .split('/')
    .reduce<unknown>((from, part) => (from as Schema | undefined)?.[part], root);
  if (!found) throw new Error(`the schema has no ${ref}`);
  return found as Schema;
}

const isObject = (value: Json): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function is(value: Json, type: string) {
  if (type === 'null') return value === null;
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return isObject(value);
  if (type === 'integer') return Number.isInteger(value);
  return typeof value === type;
}
