// The registry on the folder named, as `npm start` runs it, until standard input ends.
import { startLaptop } from '../../apps/all-in-one/dist/index.js';

const running = await startLaptop({ folder: process.argv[2], say: () => {}, env: { ...process.env, PORT: '0' } });
console.log('serving');
process.stdin.on('end', () => running.close().then(() => process.exit(0))).resume();
