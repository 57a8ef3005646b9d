import { BadConfiguration, type Door, readDoor } from '@shuzheng/platform';
import { createServer } from 'node:net';

/** Where it is to serve; what can never be served here is refused before anything has been started for it. */
export function readLaptopDoor(env: Readonly<Record<string, string | undefined>>): Door {
  const door = readDoor(env);
  if (door.profile !== 'production') return door;
  throw new BadConfiguration(
    'SHUZHENG_PROFILE',
    'this start is a demonstration with a database of its own: deploy as docs/deploying.md says (此启动方式仅供演示)',
  );
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
