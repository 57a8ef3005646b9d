import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** Stands between a service and its database, so that a test can cut the line and mend it again. */
export class Proxy {
  private server: Server | undefined;
  private port = 0;
  private readonly lines = new Set<Socket>();

  constructor(private readonly target: string) {}

  /** The target's URL by way of this proxy. */
  get url() {
    return Object.assign(new URL(this.target), { hostname: '127.0.0.1', port: String(this.port) }).href;
  }

  /** How many lines are open. */
  get open() {
    return this.lines.size / 2;
  }

  async mend() {
    const { hostname, port } = new URL(this.target);
    this.server = createServer((here) => {
      const there = connect(Number(port), hostname);
      for (const [one, other] of [
        [here, there],
        [there, here],
      ] as const) {
        this.lines.add(one);
        one.on('error', () => other.destroy()).on('close', () => this.lines.delete(one) && other.destroy());
        one.pipe(other);
      }
    });
    await once(this.server.listen(this.port, '127.0.0.1'), 'listening');
    this.port = (this.server.address() as AddressInfo).port;
  }

  /** Nobody answers at the address any more, and whoever was connected is so no longer. */
  async cut() {
    const { server } = this;
    this.server = undefined;
    if (!server) return;
    const closed = once(server.close(), 'close');
    for (const line of this.lines) line.destroy();
    await closed;
  }
}
