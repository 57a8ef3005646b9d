import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const script = fileURLToPath(new URL('http-load.mjs', import.meta.url));

/** One request as it goes over the wire; `{uuid}` in it is a new one each time. */
export function request(method: string, path: string, headers: Record<string, string>, body = '') {
  const told = { host: '127.0.0.1', ...(body ? { 'content-type': 'application/json' } : {}), ...headers };
  const length = body ? { 'content-length': String(Buffer.byteLength(body.replaceAll('{uuid}', 'x'.repeat(36)))) } : {};
  const lines = Object.entries({ ...told, ...length }).map(([name, value]) => `${name}: ${value}`);
  return [`${method} ${path} HTTP/1.1`, ...lines, '', body].join('\r\n');
}

/** Answers in a second when `count` requests are asked over one connection for each of `requests`. */
export async function load(url: string, requests: readonly string[], count: number): Promise<number> {
  const asked = JSON.stringify({ port: Number(new URL(url).port), requests, count });
  const { stdout } = await promisify(execFile)(process.execPath, [script, asked]);
  const { rate, failed } = JSON.parse(stdout) as { rate: number; failed: number };
  if (failed > 0) throw new Error(`${failed} of ${count} requests failed`);
  return rate;
}
