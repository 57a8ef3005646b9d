import { BadConfiguration } from '@shuzheng/platform';
import { createServer } from 'node:net';

/** Says at once that the port is taken, before anything has been started for it. */
export async function expectFreePort(env: Readonly<Record<string, string | undefined>>): Promise<void> {
  const port = Number(env['PORT'] ?? 3000);
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new BadConfiguration('PORT', 'write a whole number from 0 to 65535');
  if (!(await isFree(port, env['HOST'] ?? '127.0.0.1'))) {
    throw new BadConfiguration(
      'PORT',
      `${port} is taken: stop the other program or set another PORT (端口 ${port} 已被占用，请停止占用它的程序或另设 PORT)`,
    );
  }
}

function isFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, host, () => server.close(() => resolve(true)));
  });
}
