import { readFileSync } from 'node:fs';
import { services } from '@shuzheng/contracts';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { example, type Schema, type Schemas } from './examples.js';

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema?: Schema;
}
interface Declared {
  readonly operationId: string;
  readonly summary: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Declared>>>>;
  readonly components: { readonly schemas: Schemas };
}

/** An operation of a service, as its interface document describes it. */
export interface Operation {
  readonly id: string;
  readonly service: string;
  readonly summary: string;
  readonly method: string;
  readonly path: string;
  /** Where the things live whose id is in the path, such as `assessment/sessions`; undefined where none is. */
  readonly place: string | undefined;
  readonly declared: Declared;
  readonly schemas: Schemas;
}

const documentOf = (service: string) =>
  JSON.parse(
    readFileSync(fileURLToPath(new URL(`../../libs/contracts/openapi/${service}.json`, import.meta.url)), 'utf8'),
  ) as Document;

const placeOf = (path: string) => /^\/api\/v1\/(.+?)\/\{id\}/.exec(path)?.[1];

/** Every operation of every service. */
export const operations: readonly Operation[] = services.flatMap((service) => {
  const { paths, components } = documentOf(service);
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, declared]) => ({
      ...{ id: declared.operationId, service, summary: declared.summary, method: method.toUpperCase(), path },
      ...{ place: placeOf(path), declared, schemas: components.schemas },
    })),
  );
});

export interface Asked {
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly payload?: string | Buffer;
}

/** Bytes for the routes that take a file: a workbook for each, where the file is read before the thing is looked for. */
export type Files = (operation: string) => Buffer | undefined;

/** A request that the document allows, for the thing with this id. */
export function request(operation: Operation, id: string, files: Files): Asked {
  const { declared, schemas, method } = operation;
  const parameters = declared.parameters ?? [];
  const value = (one: Parameter) => String(one.name === 'id' ? id : valueOf(one, schemas));
  const query = parameters.filter((one) => one.in === 'query' && one.required);
  const url = operation.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(value(parameters.find((one) => one.in === 'path' && one.name === name) ?? { name, in: 'path' })),
  );
  const search = new URLSearchParams(query.map((one) => [one.name, value(one)])).toString();
  const [type, content] = Object.entries(declared.requestBody?.content ?? {})[0] ?? [];
  return {
    method,
    url: search ? `${url}?${search}` : url,
    headers: {
      ...(type ? { 'content-type': type } : {}),
      'idempotency-key': randomUUID(),
      'if-match': '"1"',
    },
    ...(content ? { payload: bodyOf(operation, type === 'application/json', content.schema, files) } : {}),
  };
}

/** What a body needs beside its schema, so that its shape is not what the answer is about. */
const more: Readonly<Record<string, object>> = {
  'enrollment.record-attendance': { all: true, absentEnrolmentIds: [] },
  'assessment.record-patrol': { findings: ['none'] },
};

const bodyOf = (operation: Operation, json: boolean, schema: Schema, files: Files) =>
  json
    ? JSON.stringify({ ...(example(schema, operation.schemas) as object), ...more[operation.id] })
    : (files(operation.id) ?? Buffer.from('%PDF-1.4\n%%EOF\n'));

const byName: Readonly<Record<string, string>> = { organisationId: randomUUID(), code: '2-02-38-05', year: '2026' };

const valueOf = (one: Parameter, schemas: Schemas) =>
  (one.in === 'path' ? byName[one.name] : undefined) ?? example(one.schema ?? {}, schemas);
