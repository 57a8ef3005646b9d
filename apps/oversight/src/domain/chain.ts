/** The links of the chain: each is a number, and each number is a list of persons. */
export const linkNames = {
  filed: '入班',
  withdrawn: '退班',
  'in-training': '在训',
  completed: '结业',
  'not-entered': '结业而未取得考核资格',
  entered: '资格确认',
  'awaiting-result': '待发布成绩',
  passed: '考核合格',
  failed: '考核不合格',
  absent: '缺考',
  violation: '违纪',
  voided: '成绩作废',
  'awaiting-confirmation': '合格而待报送或待确认',
  returned: '退回待补',
  'nationally-returned': '国家审核退回待补',
  confirmed: '省厅确认',
  'awaiting-issue': '已确认而待审核或待颁发',
  issued: '颁发',
  suspended: '证书暂停',
  revoked: '证书撤销',
} as const;

export type Link = keyof typeof linkNames;
export const links = Object.keys(linkNames) as Link[];

/** Links of learners in classes; the others are of candidates in sessions. */
export const trainingLinks = ['filed', 'withdrawn', 'in-training', 'completed', 'not-entered'] as const;
export type TrainingLink = (typeof trainingLinks)[number];
export type ExamLink = Exclude<Link, TrainingLink>;
export const examLinks = links.filter((link): link is ExamLink => !(trainingLinks as readonly string[]).includes(link));
export const isTrainingLink = (link: Link): link is TrainingLink => (trainingLinks as readonly string[]).includes(link);

/** `not-entered` is `notEntered` in an answer. */
export const fieldOf = (link: string) => link.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

type Camel<S extends string> = S extends `${infer A}-${infer B}` ? `${A}${Capitalize<Camel<B>>}` : S;
export type Counts = Readonly<Record<Camel<Link>, number>>;

/** The sums that must come out: what is on the left is what the right adds up to. */
export const sums = {
  filed: ['completed', 'withdrawn', 'inTraining'],
  entered: ['passed', 'failed', 'absent', 'violation', 'voided', 'awaitingResult'],
  passed: ['confirmed', 'returned', 'awaitingConfirmation'],
  confirmed: ['issued', 'awaitingIssue'],
} as const satisfies Partial<Record<keyof Counts, readonly (keyof Counts)[]>>;

/** The numbers of the chain that do not come out; none, as long as each is counted from the same persons. */
export const unequal = (counts: Counts) =>
  (Object.keys(sums) as (keyof typeof sums)[]).filter(
    (whole) => counts[whole] !== sums[whole].reduce((sum, part) => sum + counts[part], 0),
  );
