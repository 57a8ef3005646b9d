// The registry on the folder named, as `npm start` runs it, until standard input ends. Tells its resident memory when
// it is asked by a line.
import { startLaptop } from '../../apps/all-in-one/dist/index.js';

const running = await startLaptop({ folder: process.argv[2], say: () => {}, env: { ...process.env, PORT: '0' } });
console.log(`serving ${running.url} ${running.keys}`);
process.stdin.on('data', () => console.log(`resident ${process.memoryUsage.rss()}`));
process.stdin.on('end', () => running.close().then(() => process.exit(0))).resume();
