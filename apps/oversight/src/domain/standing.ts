import { type Calendar, clockState, daysBetween, daysLeft, workingDaysLeft } from '@shuzheng/regulation';

/** 临期: with no more than this many calendar days left. An office setting. */
export const dueSoonDays = 3;

export interface ClockDays {
  readonly effectiveDue: string;
  readonly provisional: boolean;
  readonly stoppedOn: string | null;
  readonly pausedOn?: string | null;
}

/** Where a clock stands today, in flags, in numbers and in words. */
export function standingOf(
  { effectiveDue, provisional, stoppedOn, pausedOn }: ClockDays,
  today: string,
  calendar: Calendar,
) {
  const due = { effective: effectiveDue, provisional };
  const { overdue, dueSoon } = clockState({ due, stoppedOn, pausedOn, today, dueSoonDays });
  const still = Boolean(stoppedOn ?? pausedOn);
  const left = still ? null : daysLeft(today, effectiveDue);
  const workingLeft = still ? null : workingDaysLeft(calendar, today, effectiveDue);
  return {
    ...{ overdue, dueSoon, daysLeft: left, workingDaysLeft: workingLeft },
    label: labelOf(effectiveDue, stoppedOn, pausedOn, { overdue, dueSoon }),
    words:
      (pausedOn && !stoppedOn
        ? pausedWords(pausedOn, effectiveDue)
        : wordsOf(effectiveDue, stoppedOn, left ?? 0, workingLeft ?? 0)) + (provisional ? provisionalWords : ''),
  };
}

function labelOf(
  due: string,
  stoppedOn: string | null,
  pausedOn: string | null | undefined,
  { overdue, dueSoon }: { readonly overdue: boolean; readonly dueSoon: boolean },
) {
  if (stoppedOn) return stoppedOn <= due ? '按时完成' : '逾期完成';
  if (pausedOn) return '暂停';
  if (overdue) return '逾期';
  return dueSoon ? '临期' : '正常';
}

/** Whatever the office sets says so wherever it shows. */
export const officeWords = '省厅设定，非法定';

const pausedWords = (from: string, due: string) =>
  `自 ${from} 起暂停（${officeWords}），暂停前的期限为 ${due}，恢复后重新计算`;

const provisionalWords = '（暂定：所依据的放假安排尚未录入，录入后重新计算）';

function wordsOf(due: string, stoppedOn: string | null, left: number, workingLeft: number): string {
  if (stoppedOn && stoppedOn <= due) return `已于 ${stoppedOn} 按时完成，期限为 ${due}`;
  if (stoppedOn) return `已于 ${stoppedOn} 完成，逾期 ${daysBetween(due, stoppedOn)} 天，期限为 ${due}`;
  if (left < 0) return `已逾期 ${-left} 天，期限为 ${due}`;
  if (left === 0) return `今天到期（${due} 24:00 前）`;
  return `还剩 ${left} 天（${workingLeft} 个工作日），到 ${due}`;
}

/** What is not read in a text or computed is shown as 待核实. */
export const statusOf = (confidence: string) => (['T', 'T2', 'C'].includes(confidence) ? 'known' : '待核实');
