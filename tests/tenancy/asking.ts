import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Registry } from '../registry.js';
import type { Asked, Operation } from './operations.js';

export interface Answer {
  readonly status: number;
  readonly code: string | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

const AT_ONCE = 8;

/** Asks the services, and keeps every kind of refusal that they gave. */
export class Asking {
  /** By operation, status and code: one body of each, with the service that gave it. */
  readonly refusals = new Map<string, { readonly operation: Operation; readonly answer: Answer }>();

  constructor(private readonly registry: Registry) {}

  async ask(operation: Operation, asked: Asked, token?: string): Promise<Answer> {
    const running = this.registry.running.find(({ service }) => service.name === operation.service);
    const app = running?.app as NestFastifyApplication | undefined;
    if (!app) throw new Error(`${operation.service} does not run`);
    const response = await app.inject({
      method: asked.method as 'GET',
      url: asked.url,
      headers: { ...asked.headers, ...(token ? { authorization: `Bearer ${token}` } : {}) },
      ...(asked.payload === undefined ? {} : { payload: asked.payload }),
    });
    const answer = {
      ...{ status: response.statusCode, headers: response.headers, body: response.body },
      code: codeIn(response.body),
    };
    if (answer.status >= 400)
      this.refusals.set(`${operation.id} ${answer.status} ${answer.code ?? ''}`, { operation, answer });
    return answer;
  }
}

const codeIn = (body: string) => /"code":"([a-z0-9-]+)"/.exec(body)?.[1];

/** The answers to many questions, a few at a time. */
export async function each<T, R>(things: readonly T[], work: (thing: T) => Promise<R>): Promise<R[]> {
  const answers: R[] = [];
  const left = things.entries();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const [i, thing] of left) answers[i] = await work(thing);
    }),
  );
  return answers;
}
