import { BadConfiguration, type Door, readConfig, readDoor } from '@shuzheng/platform';
import { createServer } from 'node:net';

/** What a laptop makes for itself, whatever the environment says. */
const made = {
  DATABASE_URL: 'postgres://127.0.0.1/shuzheng',
  DATABASE_SECRET: 'made',
  SHUZHENG_KEYS: 'made',
  SHUZHENG_FILES: 'made',
  KAFKA_BROKERS: '',
};

/** Where it is to serve. Whatever the services would refuse is refused before anything has been started for them. */
export function readLaptopDoor(env: Readonly<Record<string, string | undefined>>): Door {
  const door = readDoor(env);
  if (door.profile === 'production') {
    throw new BadConfiguration(
      'SHUZHENG_PROFILE',
      'this start is a demonstration with a database of its own: deploy as docs/deploying.md says (此启动方式仅供演示)',
    );
  }
  readConfig({ ...env, ...made });
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
