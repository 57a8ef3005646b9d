import { broken, type Rules } from '@shuzheng/platform/rules';
import { firstPaperOn, lastPaperOn, type Papers } from './subject.js';

/** What a patrol looks at. `none`: nothing was found. */
export const findingCodes = {
  none: '未发现问题',
  identity: '身份核验',
  invigilators: '监考、考评人员',
  seating: '座位编排',
  papers: '试卷保管与发放',
  devices: '违规设备',
  premises: '场地设备',
  discipline: '考场纪律',
  plan: '与备案的考核计划不一致',
  other: '其他',
} as const;

/** All that recording a patrol depends on. */
export interface PatrollingFacts {
  readonly papers: Papers;
  readonly state: string;
  readonly on: string;
  readonly today: string;
  readonly findings: readonly string[];
}

const rules = {
  'session-cancelled': ({ state }) => state === 'cancelled',
  'patrol-in-future': ({ on, today }) => on > today,
  'patrol-outside-exam': ({ on, papers }) => on < firstPaperOn(papers) || on > lastPaperOn(papers),
  'findings-contradict': ({ findings }) => findings.includes('none') && new Set(findings).size > 1,
} satisfies Rules<PatrollingFacts>;

/** The rules that recording a patrol would break. */
export const reasonsNotToPatrol = (facts: PatrollingFacts) => broken(rules, facts);
