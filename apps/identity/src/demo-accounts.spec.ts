import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { host } from '@shuzheng/platform';
import { ServiceUnderTest } from '@shuzheng/platform/testing';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { identity } from './index.js';

const service = new ServiceUnderTest(identity);
beforeAll(() => service.start());
afterAll(() => service.stop());

it('keeps a production registry from starting while an account of the demonstration can sign in', async () => {
  const code = readFileSync(join(service.config.keys, 'bootstrap.code'), 'utf8').trim();
  const account = { code, loginName: 'demo-admin', displayName: '演示管理员', password: 'Shuzheng-demo-2026' };
  expect((await service.stranger.post('/bootstrap', account)).status).toBe(201);
  const start = () => host([identity], { ...service.config, profile: 'production' }, { alone: true });

  await expect(start()).rejects.toThrow(/^SHUZHENG_PROFILE: demonstration accounts/);

  await service.query('update account set withdrawn_at = clock_timestamp()');
  await (await start()).close();
}, 60_000);
