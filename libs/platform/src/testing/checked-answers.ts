import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type BadAnswer, problemFaults } from './problem-faults.js';
import { sealedTexts } from './sealed-texts.js';

// In every suite: whatever a service of this process answers with 400 or above, and whatever a client of this process
// is answered by another process, is looked at. A test need not think of it.
const START = 'http.server.request.start';
const faults = new Set<string>();
const later: Promise<void>[] = [];

function look(answer: BadAnswer, method = '') {
  const route = answer.path.replace(/\?.*/, '').replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '…');
  for (const fault of problemFaults(answer, sealedTexts()))
    faults.add(`${method} ${route} answered ${answer.status}: ${fault}`);
}

function onRequest(message: unknown) {
  const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
  const chunks: Buffer[] = [];
  const keep = (chunk: unknown) => {
    if (response.statusCode < 400) return;
    if (typeof chunk === 'string') chunks.push(Buffer.from(chunk));
    else if (chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk));
  };
  for (const name of ['write', 'end'] as const) {
    const original = response[name].bind(response) as (...given: unknown[]) => never;
    response[name] = (...given: unknown[]) => {
      keep(given[0]);
      return original(...given);
    };
  }
  let sent: string | undefined;
  const writeHead = response.writeHead.bind(response) as (...given: unknown[]) => never;
  response.writeHead = (...given: unknown[]) => {
    // Headers that are given here are not kept where `getHeader` looks.
    sent = (given.at(-1) as Record<string, string> | undefined)?.['content-type'];
    return writeHead(...given);
  };
  response.once('finish', () => {
    if (response.statusCode < 400) return;
    const type = sent ?? [response.getHeader('content-type')].join();
    const path = request.url ?? '/';
    look({ path, status: response.statusCode, type, body: Buffer.concat(chunks).toString() }, request.method);
  });
}

const ask = globalThis.fetch;

async function fetchAndLook(...question: Parameters<typeof fetch>) {
  const answer = await ask(...question);
  if (answer.status < 400) return answer;
  const { pathname: path } = new URL(answer.url);
  const { status } = answer;
  const type = answer.headers.get('content-type') ?? '';
  const read = answer.clone().text();
  later.push(read.then((body) => look({ path, status, type, body })).catch(() => {}));
  return answer;
}

beforeAll(() => {
  subscribe(START, onRequest);
  globalThis.fetch = fetchAndLook;
});

afterEach(async () => {
  await Promise.all(later.splice(0));
  const found = [...faults];
  faults.clear();
  expect(found).toEqual([]);
});

afterAll(() => {
  unsubscribe(START, onRequest);
  globalThis.fetch = ask;
});
