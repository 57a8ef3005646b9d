// Asks one server over many connections at once and tells how many answers came in a second: its own process, so that
// it takes no time from the server's. Arguments as JSON on the command line, the figure on standard output.
import { connect } from 'node:net';
import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';

const { port, requests, count } = JSON.parse(process.argv[2]);
let asked = 0;
let failed = 0;

/** One connection: the next question when the answer to the last one is complete. */
function ask(request) {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    socket.setNoDelay(true);
    let text = '';
    const next = () =>
      asked++ < count ? socket.write(request.replaceAll('{uuid}', () => randomUUID())) : socket.end();
    socket.on('connect', next).on('error', reject).on('close', resolve);
    socket.setEncoding('latin1').on('data', (part) => {
      text += part;
      const head = text.indexOf('\r\n\r\n');
      const length = Number(/\r\ncontent-length: (\d+)/i.exec(text)?.[1] ?? NaN);
      if (head < 0 || text.length < head + 4 + length) return;
      if (!/^HTTP\/1\.1 2/.test(text)) failed++;
      text = '';
      next();
    });
  });
}

const since = performance.now();
await Promise.all(requests.map(ask));
const rate = count / ((performance.now() - since) / 1000);
process.stdout.write(JSON.stringify({ rate, failed }));
