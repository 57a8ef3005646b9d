/** Everything this service can refuse with. */
export const reasons = {
  'calendar-day-unreal': { title: '有的日期在日历上不存在', advice: '请核对日期' },
  'calendar-coverage-outside-year': {
    title: '覆盖截止日不在该年度内',
    advice: '请填写该年度通知安排到哪一天，通常为 12 月 31 日',
  },
  'calendar-day-outside-year': {
    title: '有的日期不属于该年度的安排',
    advice: '请核对年份；安排只可延伸到上一年 12 月或下一年 1 月',
  },
  'calendar-day-twice': { title: '同一日期出现了两次', advice: '一个日期只能是放假日或调休上班日之一' },
  'make-up-day-not-weekend': { title: '调休上班日不是周六或周日', advice: '请对照国务院办公厅通知核对' },
  'calendar-source-missing': { title: '没有注明依据的通知', advice: '请填写通知的名称' },
} as const;
