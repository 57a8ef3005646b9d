export interface GapFacts {
  readonly passed: number;
  readonly certificates: number;
  readonly lessonsUnattended: number;
  readonly lessonsWithoutEvidence: number;
  readonly withoutAttendance: number;
  readonly hoursKnown: boolean;
}

export interface Gap {
  readonly code: string;
  readonly title: string;
  readonly count: number;
}

/** What a report would leave open. None of it keeps anybody from filing: the days run. */
export const gapsOf = (facts: GapFacts): Gap[] =>
  [
    { code: 'attendance-missing', title: '课次没有考勤记录', count: facts.lessonsUnattended },
    { code: 'learner-without-attendance', title: '学员没有考勤记录', count: facts.withoutAttendance },
    { code: 'evidence-missing', title: '线下课次没有签到佐证', count: facts.lessonsWithoutEvidence },
    { code: 'certificates-missing', title: '合格学员尚未颁发培训合格证书', count: facts.passed - facts.certificates },
    { code: 'standard-hours-unverified', title: '标准学时未录入，未作学时判断', count: facts.hoursKnown ? 0 : 1 },
  ].filter(({ count }) => count > 0);
