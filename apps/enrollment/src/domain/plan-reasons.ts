const filing = '鲁人社字〔2022〕156号 四（一）';

/** What plans, filings and announcements can refuse with, besides what filing itself checks. */
export const planReasons = {
  'plan-withdrawn': { title: '计划已撤回', advice: '请另行起草新的计划' },
  'plan-closed': { title: '计划已结束', advice: '请另行起草新的计划' },
  'plan-has-classes': {
    title: '计划下已有培训班开始录入学员或开班',
    advice: '请先完成或取消这些培训班；已开始的培训不能随计划撤回',
  },
  'plan-has-open-classes': { title: '计划下还有未报送的培训班', advice: '请在培训班报送或取消之后再结束计划' },
  'plan-has-exam-plans': { title: '计划下还有考核计划', advice: '请先撤回或结束考核计划' },
  'plan-has-sessions': { title: '考核计划下已有考核批次', advice: '请评价机构先取消考核批次' },
  'amendment-contradicts-classes': {
    title: '变更后的计划与已开设的培训班不一致',
    advice: '请保持职业、等级、方向不变，使起止日期包含已开设的培训班，且计划人数不少于已入班人数',
  },
  'dates-nonsense': { title: '日期明显有误', advice: '起止日期须在今天前后三年之内，请核对年份' },
  'already-returned': { title: '此备案已退回补正', advice: '请等待培训机构修改后再次报备', source: filing },
  'filing-superseded': { title: '已有更新的版本备案', advice: '请在最新版本上办理' },
  'section-repeated': { title: '同一部分列出了两次', advice: '请每个部分只列一次' },
  'section-not-of-kind': { title: '此类计划没有这一部分', advice: '请从该类计划的部分中选择' },
  'warnings-unacknowledged': {
    title: '公告中需要复核的用语尚未全部确认',
    advice: '请逐一复核并确认，或修改公告后重新发布',
    source: '鲁人社字〔2022〕156号 六（二）',
  },
  'announcement-not-draft': { title: '公告不是待确认的草稿', advice: '请刷新后查看公告的状态' },
  'announcement-not-published': { title: '公告未发布或已撤下', advice: '请刷新后查看公告的状态' },
} as const;
