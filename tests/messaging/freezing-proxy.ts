import { createServer, connect, type AddressInfo, type Socket } from 'node:net';

/**
 * Stands between a client and a broker. Frozen, the connections it has carry nothing more, in silence, as when the
 * other end is gone without a word; new ones work.
 */
export async function freezingProxy(broker: string) {
  const [host = '', port = ''] = broker.split(':');
  const carried = new Set<[Socket, Socket]>();
  const server = createServer((client) => {
    const upstream = connect(Number(port), host);
    carried.add([client, upstream]);
    client.on('data', (bytes) => upstream.write(bytes)).on('close', () => upstream.destroy());
    upstream.on('data', (bytes) => client.write(asProxy(bytes))).on('close', () => client.destroy());
    for (const socket of [client, upstream]) socket.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const own = (server.address() as AddressInfo).port;

  /** A broker tells its clients its own address, a text and an int32, and they would leave the proxy. */
  function asProxy(bytes: Buffer): Buffer {
    const address = (portNumber: number) => {
      const tail = Buffer.alloc(4);
      tail.writeInt32BE(portNumber);
      return Buffer.concat([Buffer.from(host), tail]);
    };
    const real = address(Number(port));
    for (let at = bytes.indexOf(real); at >= 0; at = bytes.indexOf(real, at + real.length))
      address(own).copy(bytes, at);
    return bytes;
  }

  return {
    address: `127.0.0.1:${own}`,
    freeze: () => {
      for (const pair of carried) for (const socket of pair) socket.removeAllListeners('data').pause();
    },
    close: () => {
      server.close();
      for (const pair of carried) for (const socket of pair) socket.destroy();
    },
  };
}
