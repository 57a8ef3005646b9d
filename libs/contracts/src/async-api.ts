import { readFileSync } from 'node:fs';
import { catalog, producerOf } from './catalog.js';
import type { Contract } from './contract.js';
import { services } from './words.js';

type Schema = Record<string, unknown>;
type Make = new () => object;

interface Described extends Schema {
  readonly type?: unknown;
  readonly isArray?: boolean;
  readonly required?: boolean;
  readonly nullable?: boolean;
}

// Where @nestjs/swagger keeps what the field decorators said.
const NAMES = 'swagger/apiModelPropertiesArray';
const PROPERTY = 'swagger/apiModelProperties';
const simple = new Map<unknown, string>([
  [String, 'string'],
  [Number, 'number'],
  [Boolean, 'boolean'],
]);

/** The JSON schema of an event class or of a class within one. */
export function schemaOf(make: Make): Schema {
  const prototype = make.prototype as object;
  const names = ((Reflect.getMetadata(NAMES, prototype) ?? []) as string[]).map((name) => name.replace(/^:/, ''));
  const fields = names.map((name) => [name, Reflect.getMetadata(PROPERTY, prototype, name) as Described] as const);
  return {
    type: 'object',
    required: fields.filter(([, { required }]) => required !== false).map(([name]) => name),
    properties: Object.fromEntries(fields.map(([name, described]) => [name, fieldOf(described)])),
  };
}

function fieldOf({ type, isArray, required: _, nullable, minItems, maxItems, ...rest }: Described): Schema {
  const [inner, many] = Array.isArray(type) ? [type[0] as unknown, true] : [type, isArray === true];
  const named =
    typeof inner === 'string' ? { type: inner } : simple.has(inner) ? { type: simple.get(inner) } : nested(inner);
  const one: Schema = { ...named, ...rest };
  const schema: Schema = many
    ? {
        type: 'array',
        items: one,
        ...(minItems === undefined ? {} : { minItems }),
        ...(maxItems === undefined ? {} : { maxItems }),
      }
    : one;
  return nullable ? { oneOf: [schema, { type: 'null' }] } : schema;
}

const nested = (lazily: unknown) => schemaOf((lazily as () => Make)());

const envelope = (contract: Contract): Schema => ({
  type: 'object',
  required: ['id', 'type', 'aggregate', 'sequence', 'time', 'origin', 'data'],
  properties: {
    id: { type: 'string', format: 'uuid', description: 'UUIDv7' },
    type: { const: contract.type },
    aggregate: { type: 'string', description: `the event's ${String(contract.aggregate)}; also the Kafka key` },
    sequence: { type: 'integer', minimum: 1, description: 'without gap within the aggregate' },
    time: { type: 'string', format: 'date-time' },
    origin: { type: 'object', description: 'actor, organisation, actingFor, causation, correlation, traceparent' },
    data: schemaOf(contract),
  },
});

/** The event's sample, as it lies on the topic. What is sealed stays so. */
function exampleOf({ type, aggregate }: Contract): Schema {
  const data = JSON.parse(readFileSync(new URL(`../samples/${type}.json`, import.meta.url), 'utf8')) as Schema;
  const id = '0195b0d2-7c00-7000-8000-000000000001';
  const time = '2026-03-01T09:00:00.000+08:00';
  return { id, type, aggregate: data[aggregate], sequence: 1, time, origin: { actor: 'system' }, data };
}

/** The document of everything the services say to each other, made from the contracts. */
export function asyncApi(): Schema {
  const of = (service: string) => catalog.filter((contract) => producerOf(contract) === service);
  const speaking = services.filter((service) => of(service).length > 0);
  return {
    asyncapi: '3.0.0',
    info: {
      title: '数证 events',
      version: '1',
      description: 'One topic per service, twelve partitions, the partition chosen by FNV-1a of the aggregate.',
    },
    defaultContentType: 'application/json',
    channels: Object.fromEntries(
      speaking.map((service) => [
        service,
        {
          address: `shuzheng.${service}`,
          messages: Object.fromEntries(
            of(service).map(({ type }) => [type, { $ref: `#/components/messages/${type}` }]),
          ),
        },
      ]),
    ),
    operations: Object.fromEntries(
      speaking.map((service) => [
        `${service}.announce`,
        { action: 'send', channel: { $ref: `#/channels/${service}` } },
      ]),
    ),
    components: {
      messages: Object.fromEntries(
        catalog.map((contract) => [
          contract.type,
          { name: contract.type, payload: envelope(contract), examples: [{ payload: exampleOf(contract) }] },
        ]),
      ),
    },
  };
}
