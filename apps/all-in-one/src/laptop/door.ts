import { BadConfiguration, type Config, type Door, readConfig, readDoor } from '@shuzheng/platform';
import { createServer } from 'node:net';
import type { Prepared } from './prepare.js';

type Environment = Readonly<Record<string, string | undefined>>;
type Made = Pick<Prepared, 'databaseUrl' | 'databaseSecret' | 'keys' | 'files'>;

/** Stands for what is not made yet, while the rest of the environment is looked at. */
const unmade: Made = {
  databaseUrl: 'postgres://127.0.0.1/shuzheng',
  databaseSecret: 'unmade',
  keys: 'unmade',
  files: 'unmade',
};

/** What the environment decides where all services are in one process; the rest a laptop makes for itself. */
export const configOf = ({ databaseUrl, databaseSecret, keys, files }: Made, env: Environment): Config =>
  readConfig({
    ...env,
    DATABASE_URL: databaseUrl,
    DATABASE_SECRET: databaseSecret,
    SHUZHENG_KEYS: keys,
    SHUZHENG_FILES: files,
    KAFKA_BROKERS: '',
  });

/** Where it is to serve. Whatever the services would refuse is refused before anything has been started for them. */
export function readLaptopDoor(env: Environment): Door {
  const door = readDoor(env);
  if (door.profile === 'production') {
    throw new BadConfiguration(
      'SHUZHENG_PROFILE',
      'this start is a demonstration with a database of its own: deploy as docs/deploying.md says (此启动方式仅供演示)',
    );
  }
  configOf(unmade, env);
  return door;
}

/** Says at once that the port is taken. */
export async function expectFreePort({ port, host }: Door): Promise<void> {
  if (await isFree(port, host)) return;
  throw new BadConfiguration(
    'PORT',
    `${port} is taken: stop the other program or set another PORT (端口 ${port} 已被占用，请停止占用它的程序或另设 PORT)`,
  );
}

function isFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}
