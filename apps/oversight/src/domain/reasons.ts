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
  'clock-stopped': { title: '该时限已经停止', advice: '所等待的事项已办结，不需要再暂停或延长' },
  'clock-paused': { title: '该时限正在暂停', advice: '请先恢复计时，再办理暂停或延长' },
  'setting-waiting': { title: '该时限已有一项申请等待批准', advice: '请等待批准或不批准后再申请' },
  'pause-before-start': { title: '暂停之日早于起算日', advice: '请填写起算日当天或之后的日期' },
  'pause-in-future': { title: '暂停之日晚于今天', advice: '请在需要暂停的当天或之后申请' },
  'pause-after-due': { title: '暂停之日已过期限', advice: '逾期之后的暂停不能消除逾期' },
  'extension-not-later': { title: '新的期限不晚于现在的期限', advice: '请填写晚于现在期限的日期' },
  'extension-on-day-off': { title: '新的期限不是工作日', advice: '请选择一个工作日' },
  'same-person': { title: '申请人不能批准自己的申请', advice: '请由另一名有批准权限的人员办理' },
  'setting-decided': { title: '该申请已经办结', advice: '请刷新后查看结果' },
  'not-paused': { title: '该时限没有因此项设定而暂停', advice: '请核对所选的设定' },
  'resume-before-pause': { title: '恢复之日早于暂停之日', advice: '请填写暂停之日当天或之后的日期' },
  'resume-in-future': { title: '恢复之日晚于今天', advice: '请填写今天或之前的日期' },
} as const;
