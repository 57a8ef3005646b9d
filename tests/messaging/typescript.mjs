// Lets a child process of a test run the sources as they are: `node --conditions=source --import ./typescript.mjs child.ts`.
import { register } from 'node:module';

register('./typescript-hooks.mjs', import.meta.url);
