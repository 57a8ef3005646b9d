import type { Request } from '@shuzheng/platform';
import type { Origin } from './data/sign-ins.js';
import { deviceOf, networkOf } from './domain/devices.js';

/** Where a request comes from, coarsely. */
export const originOf = ({ headers, ip }: Pick<Request, 'headers' | 'ip'>): Origin => ({
  device: deviceOf(headers['user-agent'] ?? ''),
  network: networkOf(ip),
});
