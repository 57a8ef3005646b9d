import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ServiceUnderTest } from '../testing/index.js';
import { secret } from '../testing/sample-routes.js';
import { sample } from '../testing/sample-service.js';

const service = new ServiceUnderTest(sample);
beforeAll(() => service.start());
afterAll(() => service.stop());

it.each([
  ['refused', 422, 'note-rude', '用词不当'],
  ['invalid', 400, 'request-invalid', '请求内容不符合要求'],
  ['missing', 404, 'not-found', '没有找到，或您无权查看'],
  ['signed-out', 401, 'not-signed-in', '尚未登录或登录已过期'],
  ['not-permitted', 403, 'permission-missing', '缺少所需的权限'],
  ['stale', 409, 'stale-version', '内容已被他人更新'],
  ['not-yet-known', 409, 'not-yet-known', '相关信息正在同步'],
  ['too-many', 429, 'too-many-requests', '请求过于频繁'],
  ['broken', 500, 'internal', '系统内部出现问题'],
  ['broken-number', 500, 'internal', '系统内部出现问题'],
  ['nothing', 500, 'internal', '系统内部出现问题'],
  ['deadlock', 503, 'unavailable', '服务暂时不可用'],
  ['slow', 503, 'unavailable', '服务暂时不可用'],
  ['unreachable', 503, 'unavailable', '服务暂时不可用'],
  ['store-away', 503, 'unavailable', '服务暂时不可用'],
  ['file-missing', 500, 'file-unreadable', '文件无法读取'],
])('%s is answered with %d, a stable code and a title in Chinese', async (kind, status, code, title) => {
  const { body, headers, text, ...answer } = await service.stranger.get(`/faults/${kind}`);

  expect(answer.status).toBe(status);
  expect(headers['content-type']).toBe('application/problem+json; charset=utf-8');
  expect(body).toMatchObject({ type: `/problems/${code}`, status, code, title });
  expect(body.correlationId).toBe(headers['x-correlation-id']);
  expect(text).not.toContain(secret.slice(0, 3));
  expect(text).not.toContain(secret.slice(-6));
});

describe('a problem', () => {
  it('tells every broken rule with what to do and where it is written, and the rows that break it', async () => {
    const { body } = await service.stranger.get('/faults/refused');

    expect(body.reasons).toEqual([
      { code: 'note-rude', title: '用词不当', advice: '请修改用词', source: '样例 一' },
      { code: 'note-loud', title: '语气过重', advice: '请去掉感叹号' },
    ]);
    expect(body.rows).toEqual([{ row: 3, column: '姓名', rule: 'note-rude', advice: '改' }]);
  });

  it('names the field, the rule and the way out', async () => {
    const { body } = await service.stranger.get('/faults/invalid');

    expect(body.faults).toEqual([{ field: 'words', rule: 'isString', advice: '应为文字' }]);
  });

  it('names the permission that is missing', async () => {
    expect((await service.stranger.get('/faults/not-permitted')).body.permission).toBe('notes:burn');
  });

  it.each([
    ['too-many', '7'],
    ['not-yet-known', '1'],
    ['unreachable', '2'],
    ['store-away', '2'],
    ['stale', undefined],
    ['broken', undefined],
  ])('%s says when to come back: %s', async (kind, seconds) => {
    expect((await service.stranger.get(`/faults/${kind}`)).headers['retry-after']).toBe(seconds);
  });

  it('asks for a token where there is none', async () => {
    expect((await service.stranger.get('/faults/signed-out')).headers['www-authenticate']).toBe('Bearer');
  });

  it('does not repeat what the database quotes', async () => {
    const { status, text } = await service.stranger.delete('/faults/database');

    expect(status).toBe(500);
    expect(text).not.toContain(secret);
  });
});
