import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';

/** node:http and one prepared statement: no token, no reach, no checks, no log. */
export async function readingServer(connectionString: string, schema: string, text: string, poolSize: number) {
  const pool = new pg.Pool({ connectionString, max: poolSize, options: `-c search_path=${schema}` });
  const server = createServer((request, response) => {
    const id = request.url?.split('/').at(-1);
    pool.query({ name: 'read', text, values: [id] }).then(
      ({ rows: [found] }) => {
        const body = JSON.stringify(found);
        response.writeHead(found ? 200 : 404, {
          'content-type': 'application/json; charset=utf-8',
          'content-length': Buffer.byteLength(body ?? ''),
        });
        response.end(body);
      },
      () => response.writeHead(500, { 'content-length': 0 }).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = () => pool.end().then(() => void server.close());
  return { url: `http://127.0.0.1:${port}`, close };
}
