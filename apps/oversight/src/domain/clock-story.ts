import { officeWords } from './standing.js';

/** One thing that happened to a clock. */
export interface Told {
  readonly on: string;
  readonly what: string;
  readonly words: string;
  /** Whose act it was. */
  readonly by: string;
  readonly accountId: string | null;
  readonly document: string | null;
  /** The office set it; no statute did. */
  readonly office: boolean;
}

export interface StoryClock {
  readonly kind: string;
  readonly part: number | null;
  readonly day0: string;
  readonly n: number;
  readonly stoppedOn: string | null;
  readonly effectiveDue: string;
  readonly partSetting: string | null;
}

export interface StoryRule {
  readonly n: number;
  readonly unit: string;
  readonly startEvent: string;
  readonly document: string;
  readonly article: string;
}

export interface StorySetting {
  readonly kind: string;
  readonly state: string;
  readonly from: string | null;
  readonly dueOn: string | null;
  readonly addsDays: boolean | null;
  readonly resumedOn: string | null;
  readonly reason: string;
  readonly document: string | null;
  readonly requestedBy: string;
  readonly requestedOn: string;
  readonly decidedBy: string | null;
  readonly decidedOn: string | null;
  readonly decisionReason: string | null;
  readonly resumedBy: string | null;
  readonly resumedAtDay: string | null;
}

const unitWords = (unit: string) => (unit === 'day' ? '日' : '个工作日');
const starters: Readonly<Record<string, string>> = {
  'training-report': '培训机构',
  'result-report': '评价机构',
  confirmation: '评价机构',
  issue: '国家办公室',
};
const stoppers: Readonly<Record<string, string>> = { ...starters, confirmation: '省厅', issue: '评价机构' };
const nobodys = { accountId: null, document: null, office: false };
const offices = { by: '省厅', document: null, office: true };

export function startOf(clock: StoryClock, rule: StoryRule): Told[] {
  const { startEvent, document, article, unit } = rule;
  const words = `${startEvent}，自次日起计算 ${rule.n} ${unitWords(unit)}（${document} ${article}）`;
  const by = starters[clock.kind] ?? '';
  const started = { ...nobodys, on: clock.day0, what: 'started', words, by, document: `${document} ${article}` };
  return clock.part !== null && clock.part > 1 ? [started, returnedPart(clock, rule)] : [started];
}

/** A25: how a part that came back is counted, and who says so. */
function returnedPart({ day0: on, n, partSetting, part }: StoryClock, rule: StoryRule): Told {
  const days = `${n} ${unitWords(rule.unit)}`;
  const said: Readonly<Record<string, string>> = {
    restart: `退回后再次报送的第 ${part} 部分，自收到之日的次日起重新计算 ${days}（${officeWords}）`,
    resume: `退回后再次报送的第 ${part} 部分，继续计算剩余的 ${days}（${officeWords}）`,
  };
  const unset = `退回后再次报送的第 ${part} 部分如何计算，省厅尚未设定（待核实）；暂自收到之日的次日起另计 ${days}（非法定）`;
  return { ...offices, accountId: null, on, what: 'part-returned', words: said[partSetting ?? ''] ?? unset };
}

const happened: Readonly<Record<string, string>> = {
  confirmed: '确认',
  returned: '退回',
  removed: '因成绩作废移出',
  reopened: '又有获批的数据，继续计时',
};

export const eventOf = ({ day, what, n }: { day: string; what: string; n: number }): Told => ({
  ...{ ...nobodys, on: day, what, words: `${happened[what] ?? what} ${n} 条` },
  by: what === 'removed' ? '评价机构' : '省厅',
});

export function settingOf(setting: StorySetting): Told[] {
  const asked = setting.kind === 'pause' ? `自 ${setting.from} 起暂停` : `将期限延长至 ${setting.dueOn}`;
  const { document } = setting;
  const told: Told[] = [
    {
      ...{ ...offices, document, on: setting.requestedOn, what: `${setting.kind}-requested` },
      ...{ words: `申请${asked}（${officeWords}）：${setting.reason}`, accountId: setting.requestedBy },
    },
  ];
  if (setting.decidedOn) {
    const refused = setting.state === 'refused';
    const words = refused ? `不批准${asked}：${setting.decisionReason}` : `批准${asked}（${officeWords}）`;
    const what = `${setting.kind}-${setting.state}`;
    told.push({ ...offices, document, on: setting.decidedOn, what, words, accountId: setting.decidedBy });
  }
  if (setting.resumedOn && setting.resumedAtDay) {
    const adds = setting.addsDays ? '，按暂停的天数顺延' : '，不顺延';
    const words = `自 ${setting.resumedOn} 起恢复计时${adds}（${officeWords}）`;
    told.push({ ...offices, on: setting.resumedAtDay, what: 'resumed', words, accountId: setting.resumedBy });
  }
  return told;
}

export function stopOf({ kind, stoppedOn, effectiveDue }: StoryClock): Told[] {
  if (!stoppedOn) return [];
  const late = stoppedOn > effectiveDue;
  const words = late ? `办结，已过期限 ${effectiveDue}` : `办结，未过期限 ${effectiveDue}`;
  return [
    { ...nobodys, on: stoppedOn, what: late ? 'stopped-late' : 'stopped-on-time', words, by: stoppers[kind] ?? '' },
  ];
}
