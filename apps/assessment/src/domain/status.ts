import type { SessionState } from './states.js';
import { firstPaperOn, lastPaperOn, type Papers } from './subject.js';

/** Where a thing is, who must act, and until when. */
export interface Status {
  readonly state: string;
  readonly title: string;
  readonly waitsFor: string | null;
  readonly dueOn: string | null;
}

/** All that the status line of a session depends on. */
export interface StatusFacts extends Papers {
  readonly state: SessionState;
  readonly today: string;
  readonly opensOn: string | null;
  readonly submitted: number;
  /** Until when the result report may be filed. */
  readonly reportDueOn: string;
  /** Returned rows nobody has answered. */
  readonly returned: number;
  /** Rows that the next part would carry. */
  readonly corrected: number;
  /** Reported rows the department has not decided about. */
  readonly undecided: number;
}

type Line = readonly [title: string, waitsFor: string | null, dueOn: string | null];
const [preparer, approver] = ['evaluation-preparer', 'evaluation-approver'];

const lines: Readonly<Record<SessionState, (facts: StatusFacts) => Line>> = {
  planned: ({ opensOn }) => ['待开放申报', null, opensOn],
  open: openLine,
  sat: ({ reportDueOn }) => ['待登记成绩', preparer, reportDueOn],
  marked: ({ reportDueOn }) => ['待发布成绩', approver, reportDueOn],
  released: ({ reportDueOn }) => ['待报送', approver, reportDueOn],
  reported: reportedLine,
  cancelled: () => ['已取消', null, null],
};

function openLine({ today, submitted, ...papers }: StatusFacts): Line {
  if (submitted > 0) return ['待资格确认', preparer, lastPaperOn(papers)];
  if (today >= lastPaperOn(papers)) return ['待办理考核结束', preparer, lastPaperOn(papers)];
  return today > firstPaperOn(papers)
    ? ['考核中', preparer, lastPaperOn(papers)]
    : ['申报中', 'learner', firstPaperOn(papers)];
}

/** What came back has no due day: no document gives one. */
function reportedLine({ returned, corrected, undecided }: StatusFacts): Line {
  if (returned > 0) return ['退回待更正', preparer, null];
  if (corrected > 0) return ['更正后待再次报送', approver, null];
  return undecided > 0 ? ['待省厅确认', 'department', null] : ['省厅已答复', null, null];
}

export function statusOf(facts: StatusFacts): Status {
  const [title, waitsFor, dueOn] = lines[facts.state](facts);
  return { state: facts.state, title, waitsFor, dueOn };
}
