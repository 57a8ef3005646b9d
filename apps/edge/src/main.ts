import { readProxies, stopOnSignals, tellParent } from '@shuzheng/platform';
import { edgeOf, readAddresses } from './edge.js';

const edge = await edgeOf(readAddresses(process.env['SERVICES']), readProxies());
const url = await edge.listen({ port: Number(process.env['PORT'] ?? 3000), host: process.env['HOST'] ?? '127.0.0.1' });
stopOnSignals({ close: () => edge.close() });
tellParent(url);
