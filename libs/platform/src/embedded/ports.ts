import { createServer } from 'node:net';
import { once } from 'node:events';
import { integer } from '../variables.js';

// Below every system's range for outgoing connections: inside it, a client that retries can end up connected to itself.
const lowest = 15_000;
const highest = 28_999;

/** The preferred port when nobody uses it, otherwise a free one. */
export async function freePort(preferred?: number): Promise<number> {
  if (preferred !== undefined && (await isFree(preferred))) return preferred;
  for (let attempt = 0; attempt < 100; attempt++) {
    const port = lowest + Math.floor(Math.random() * (highest - lowest + 1));
    if (await isFree(port)) return port;
  }
  throw new Error(`No free port between ${lowest} and ${highest}`);
}

/** The port that KAFKA_PORT demands, if it demands one. */
export const readKafkaPort = (env: NodeJS.ProcessEnv) =>
  env['KAFKA_PORT'] ? { port: integer(env, 'KAFKA_PORT', 0, 1, 65_535) } : {};

/** The port asked for, or an error that says who wanted it. */
export async function demandPort(port: number, name: string): Promise<number> {
  if (await isFree(port)) return port;
  throw new Error(`端口 ${port} 已被占用，${name} 无法启动。Port ${port} is taken: ${name} cannot start on it.`);
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen({ port, host: '127.0.0.1', exclusive: true });
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}
