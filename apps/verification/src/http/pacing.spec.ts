import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ServiceUnderTest } from '@shuzheng/platform/testing';
import { verification } from '../index.js';
import { networkOf, Pace } from './pacing.js';

describe('a pace', () => {
  it('gives a minute’s turns at once and then one at a time', () => {
    const pace = new Pace(30);
    const waits = Array.from({ length: 31 }, () => pace.take('a', 0));

    expect(waits.slice(0, 30)).toEqual(Array.from({ length: 30 }, () => 0));
    expect(waits[30]).toBe(2);
    expect(pace.take('b', 0)).toBe(0);
    expect(pace.take('a', 2000)).toBe(0);
    expect(pace.take('a', 2000)).toBe(2);
  });

  it('takes a whole /64 for one caller', () => {
    expect(networkOf('2001:db8:1:2:a::1')).toBe(networkOf('2001:db8:1:2:ffff::9'));
    expect(networkOf('2001:db8:1:3::1')).not.toBe(networkOf('2001:db8:1:2::1'));
    expect(networkOf('::ffff:10.0.0.1')).not.toBe(networkOf('::ffff:10.0.0.2'));
  });
});

describe('over HTTP', () => {
  const service = new ServiceUnderTest(verification);
  beforeAll(() => service.start());
  afterAll(() => service.stop());
  const lookUp = (body: object) => service.stranger.post('/lookups', { number: '37-2026-0000123-33', ...body });

  it('answers the eleventh name and the thirty-first code of a minute with 429 and a time to wait', async () => {
    for (let i = 0; i < 10; i++) expect((await lookUp({ name: '王芳' })).status).toBe(200);
    const name = await lookUp({ name: '王芳' });
    const afterNames = await Promise.all(Array.from({ length: 33 }, () => lookUp({ code: 'AAAA' })));

    expect([name.status, name.body.code]).toEqual([429, 'too-many-requests']);
    expect(Number(name.headers['retry-after'])).toBeGreaterThan(0);
    expect(afterNames.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(30);
    expect(afterNames.some(({ status }) => status === 429)).toBe(true);
    const page = await fetch(`${service.url}/verify/37-2026-0000123-33?code=AAAA`);
    expect([page.status, page.headers.has('retry-after')]).toEqual([429, true]);
    expect(await page.text()).toContain('<title>错误：查询过于频繁');
  });
});
