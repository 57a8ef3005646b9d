import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { DueDayExtended, RuleRecorded, RuleWithdrawn } from '@shuzheng/contracts';
import { ServiceUnderTest } from '@shuzheng/platform/testing';
import { randomUUID } from 'node:crypto';
import { oversight } from '../index.js';
import { Story } from '../testing/events.js';

const service = new ServiceUnderTest(oversight);
beforeAll(async () => {
  await service.start();
  await service.runTimers();
});
afterAll(() => service.stop());

const department = service.as({ permissions: ['clocks:read'], reach: 'province' });
const ruleId = randomUUID();
const set = (mode: string, id = ruleId, from = '2020-01-01') =>
  service.hear(RuleRecorded, {
    ...{
      ruleId: id,
      rule: 'returned-part-clock',
      scope: 'programme',
      edition: null,
      level: null,
      value: { meaning: mode },
      from,
    },
    ...{ to: null, document: '省厅设定', article: '--', confidence: 'I' },
  });
const unset = (id = ruleId) =>
  service.hear(RuleWithdrawn, { ruleId: id, scope: 'programme', withdrawnOn: '2020-01-01', reason: '重新设定' });

/** Part 1 received on 2026-03-02 and returned on 03-05, three working days later; part 2 received on 03-16. */
async function comeBack() {
  const story = await new Story(service).begun();
  await story.received('2026-03-02');
  await story.decided('2026-03-05', ['confirmed', 'returned'], 0);
  await story.received('2026-03-16', 2);
  return story;
}

interface Clock {
  id: string;
  part: number;
  story: { on: string; what: string; words: string; office: boolean }[];
}
async function clockOf({ batchId }: Story, part: number): Promise<Clock> {
  const { body } = await department.get('/clocks', { subjectId: batchId });
  const found = (body.items as Clock[]).find((clock) => clock.part === part);
  return (await department.get(`/clocks/${found?.id}`)).body as Clock;
}
const partTwo = (story: Story) => clockOf(story, 2);
const told = (clock: Clock) => clock.story.find(({ what }) => what === 'part-returned');

it('A25 gives a returned part ten days of its own while the office has set nothing, and says that it has not', async () => {
  const clock = await partTwo(await comeBack());

  expect(clock).toMatchObject({ n: 10, effectiveDue: '2026-03-30', partSetting: null });
  expect(told(clock)).toMatchObject({ office: true });
  expect(told(clock)?.words).toContain('省厅尚未设定（待核实）');
});

it('A25 restarts or resumes the clock exactly as the office has set it, and calls it a setting of the office', async () => {
  await set('restart');
  const restarted = await partTwo(await comeBack());
  await set('resume');
  const story = await comeBack();
  const resumed = await partTwo(story);

  expect(restarted).toMatchObject({
    n: 10,
    effectiveDue: '2026-03-30',
    partSetting: 'restart',
    office: '省厅设定，非法定',
  });
  expect(told(restarted)?.words).toContain('重新计算 10 个工作日（省厅设定，非法定）');
  // Three of the ten were used before the return: seven are left.
  expect(resumed).toMatchObject({
    n: 7,
    effectiveDue: '2026-03-25',
    partSetting: 'resume',
    office: '省厅设定，非法定',
  });
  expect(told(resumed)?.words).toContain('继续计算剩余的 7 个工作日（省厅设定，非法定）');

  await story.decided('2026-03-20', ['returned'], 0, 2);
  await story.received('2026-03-27', 3);
  expect(await clockOf(story, 3)).toMatchObject({
    n: 3,
    effectiveDue: '2026-04-01',
  });
  await unset();
});

it('counts parts again when the setting comes later or is withdrawn', async () => {
  const story = await comeBack();
  const id = randomUUID();
  await set('resume', id);
  const resumed = await partTwo(story);
  await unset(id);

  expect(resumed).toMatchObject({ n: 7, partSetting: 'resume' });
  expect(await partTwo(story)).toMatchObject({ n: 10, partSetting: null });
});

it('tells the shorter day of a part that goes on, once, and the usual one when that is set otherwise', async () => {
  const id = randomUUID();
  await set('resume', id);
  const story = await comeBack();
  const days = async () =>
    (await service.announced())
      .filter(({ type, data }) => type === DueDayExtended.type && data['subjectId'] === story.batchId)
      .map(({ data }) => [data['kind'], data['part'], data['effectiveDueOn'], data['decidedOn']]);
  const told = await days();

  await service.query('delete from clock where subject_id = $1 and part = 2', [story.batchId]);
  await story.received('2026-03-16', 2);
  const again = await days();
  await unset(id);

  expect(told).toEqual([['confirmation', 2, '2026-03-25', '2026-03-16']]);
  expect(again).toEqual(told);
  expect(await days()).toEqual([...told, ['confirmation', 2, '2026-03-30', expect.any(String)]]);
});

it('judges a part by the setting of the day on which it was received', async () => {
  const id = randomUUID();
  await set('resume', id, '2026-03-17');
  const clock = await partTwo(await comeBack());
  await unset(id);

  expect(clock).toMatchObject({ n: 10, partSetting: null });
});

it('tells in the first part’s story what was confirmed, returned and taken out, each on its day', async () => {
  const story = await new Story(service).begun();
  await story.received('2026-03-02');
  await story.decided('2026-03-04', ['confirmed', 'confirmed'], 3);
  await story.decided('2026-03-05', ['returned'], 2);
  await story.removed('2026-03-06', 2, 0);
  const clock = await clockOf(story, 1);

  expect(clock).toMatchObject({ state: 'stopped-on-time', stoppedOn: '2026-03-06' });
  expect(clock.story.map(({ on, words }) => `${on} ${words.slice(0, 12)}`)).toEqual([
    expect.stringContaining('2026-03-02'),
    '2026-03-04 确认 2 条',
    '2026-03-05 退回 1 条',
    '2026-03-06 因成绩作废移出 2 条',
    '2026-03-06 办结，未过期限 2026',
  ]);
});
