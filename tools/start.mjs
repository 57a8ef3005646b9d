// npm start: installs and builds what is missing, then runs the registry here and takes the sample journey through it once.
// npm run start:kafka: the same with each service as its own process, over a real Kafka.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { dataFolder, ensureBuilt, ensureInstalled, root } from './install.mjs';

ensureInstalled();
ensureBuilt();
process.env.SHUZHENG_LOG ??= 'warn';
const { start } = await import(pathToFileURL(join(root, 'apps/all-in-one/dist/start.js')).href);
await start({ root, folder: dataFolder, distributed: process.argv.includes('--kafka') });
