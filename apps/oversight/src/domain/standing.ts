import { type Calendar, clockState, daysBetween, daysLeft, workingDaysLeft } from '@shuzheng/regulation';

/** 临期: with no more than this many calendar days left. An office setting. */
export const dueSoonDays = 3;

export interface ClockDays {
  readonly effectiveDue: string;
  readonly provisional: boolean;
  readonly stoppedOn: string | null;
}

/** Where a clock stands today, in flags, in numbers and in words. */
export function standingOf({ effectiveDue, provisional, stoppedOn }: ClockDays, today: string, calendar: Calendar) {
  const due = { effective: effectiveDue, provisional };
  const { overdue, dueSoon } = clockState({ due, stoppedOn, today, dueSoonDays });
  const left = stoppedOn ? null : daysLeft(today, effectiveDue);
  const workingLeft = stoppedOn ? null : workingDaysLeft(calendar, today, effectiveDue);
  return {
    ...{ overdue, dueSoon, daysLeft: left, workingDaysLeft: workingLeft },
    label: stoppedOn
      ? stoppedOn <= effectiveDue
        ? '按时完成'
        : '逾期完成'
      : overdue
        ? '逾期'
        : dueSoon
          ? '临期'
          : '正常',
    words: wordsOf(effectiveDue, stoppedOn, left ?? 0, workingLeft ?? 0) + (provisional ? provisionalWords : ''),
  };
}

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
