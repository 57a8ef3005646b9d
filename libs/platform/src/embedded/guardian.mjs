// Runs one server on behalf of the process that started this one, and stops it when that process asks or is gone:
// either way standard input ends. As the server's parent it cannot mistake another process for it.
import { spawn } from 'node:child_process';

const { command, args, stops, ...options } = JSON.parse(process.argv[2]);
const server = spawn(command, args, { ...options, stdio: ['ignore', 2, 2], windowsHide: true });
let stopping = false;

server.on('spawn', () => process.stdout.write(`${server.pid}\n`));
server.on('error', (error) => {
  console.error(String(error));
  process.exit(1);
});
server.on('exit', (code) => process.exit(code ?? 1));

for (const event of ['end', 'close', 'error']) process.stdin.on(event, stop);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);
process.stdout.on('error', stop);
process.stdin.resume();

function stop() {
  if (stopping) return;
  stopping = true;
  for (const { signal, afterMs } of stops) setTimeout(() => server.kill(signal), afterMs);
}
