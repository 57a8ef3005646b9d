import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { codesOf, itemsOf, must, World } from '../testing/world.js';

const world = new World();
beforeAll(() => world.start());
afterAll(() => world.stop());

const { service } = world;
const text = '智能制造工程技术人员（初级）培训公告';
const publish = (planId: string, more: object = {}) =>
  world.preparerOf().post('/announcements', { planId, text, ...more });
const shown = async (planId: string) =>
  itemsOf(await service.stranger.get('/announcements', { planId })).map(({ id }) => id);
const act = (id: string, verb: string, body: object, caller = world.preparerOf()) =>
  caller.post(`/announcements/${id}/${verb}`, body);

it('keeps a doubtful text as a draft until each of its warnings was looked at again', async () => {
  const planId = await world.filedPlan();
  const draft = must(await publish(planId, { text: `${text}，包过，包就业` }));
  expect(draft).toMatchObject({ warnings: ['包过', '包就业'], published: false });
  expect(await shown(planId)).toEqual([]);
  const opening = { planId, name: '第一期', startsOn: '2026-01-12', endsOn: '2026-02-10' };
  expect(codesOf(await world.preparerOf().post('/classes', opening))).toEqual(['announcement-missing']);

  const half = await act(draft.announcementId, 'publish', { acknowledged: ['包过'] });
  expect(codesOf(half)).toEqual(['warnings-unacknowledged']);
  must(await act(draft.announcementId, 'publish', { acknowledged: ['包过', '包就业'] }));

  expect(await shown(planId)).toEqual([draft.announcementId]);
  expect(codesOf(await act(draft.announcementId, 'publish', { acknowledged: ['包过', '包就业'] }))).toEqual([
    'announcement-not-draft',
  ]);
  const kept = itemsOf(await world.department.get('/announcements/own', { planId }));
  expect(kept).toMatchObject([{ state: 'published', warnings: ['包过', '包就业'], acknowledged: ['包过', '包就业'] }]);
});

it('publishes at once what the caller has acknowledged beforehand', async () => {
  const planId = await world.filedPlan();

  const receipt = must(await publish(planId, { text: `${text}，不过退费`, warningsAcknowledged: true }));

  expect(receipt).toMatchObject({ warnings: ['不过退费'], published: true });
});

it('warns of what the office asks for and the text does not say', async () => {
  await world.rule('announcement-content', { required: ['收费标准', '培训公告'] });
  const planId = await world.filedPlan();

  expect(must(await publish(planId))).toMatchObject({ warnings: ['缺少：收费标准'], published: false });
  expect(must(await publish(planId, { text: `${text}。收费标准：3000 元` }))).toMatchObject({ warnings: [] });
  await world.rule('announcement-content', null, { from: '2023-01-01' });
  expect(must(await publish(planId))).toMatchObject({ warnings: [], published: true });
});

it('replaces a text by another and takes one down; both stay on record', async () => {
  const planId = await world.filedPlan();
  const first = must(await publish(planId)).announcementId;
  const doubtful = { text: `${text}（更正），包过`, reason: '更正日期' };
  const waiting = must(await act(first, 'replace', doubtful));
  expect(waiting.published).toBe(false);
  expect(await shown(planId)).toEqual([first]);

  must(await act(waiting.announcementId, 'publish', { acknowledged: ['包过'] }));
  expect(await shown(planId)).toEqual([waiting.announcementId]);
  const third = must(await act(waiting.announcementId, 'replace', { text: `${text}（再次更正）`, reason: '删去承诺' }));
  expect(await shown(planId)).toEqual([third.announcementId]);
  expect(codesOf(await act(first, 'replace', { text, reason: '再改' }))).toEqual(['announcement-not-published']);
  must(await act(third.announcementId, 'withdraw', { reason: '计划调整' }));
  expect(codesOf(await act(third.announcementId, 'withdraw', { reason: '计划调整' }))).toEqual([
    'announcement-not-published',
  ]);

  expect(await shown(planId)).toEqual([]);
  expect((await service.stranger.get('/announcements', { planId })).body.total).toBe(0);
  const kept = itemsOf(await world.preparerOf().get('/announcements/own', { planId }));
  expect(kept.map(({ state }) => state).sort()).toEqual(['replaced', 'replaced', 'withdrawn']);
});

it('a draft in place of a text that was taken down meanwhile is not shown', async () => {
  const planId = await world.filedPlan();
  const first = must(await publish(planId)).announcementId;
  const waiting = must(await act(first, 'replace', { text: `${text}，包过`, reason: '更正' })).announcementId;
  must(await act(first, 'withdraw', { reason: '撤下' }));

  expect(codesOf(await act(waiting, 'publish', { acknowledged: ['包过'] }))).toEqual(['announcement-not-published']);
  must(await act(waiting, 'withdraw', { reason: '不再需要' }));
});

it('shows drafts to their institution only', async () => {
  const planId = await world.filedPlan();
  const id = must(await publish(planId, { text: `${text}，包过` })).announcementId;
  const foreign = world.preparerOf(randomUUID());

  expect((await world.department.get('/announcements/own', { planId })).body.total).toBe(0);
  expect((await foreign.get('/announcements/own', { planId })).body.total).toBe(0);
  expect((await world.preparerOf().get('/announcements/own', { planId })).body.total).toBe(1);
  const answers = await Promise.all([
    act(id, 'publish', { acknowledged: ['包过'] }, foreign),
    act(id, 'withdraw', { reason: '撤下' }, foreign),
    act(id, 'replace', { text, reason: '更正' }, foreign),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
});
