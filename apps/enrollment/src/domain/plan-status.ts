/** How one recipient stands to a filing; of two recipients the earlier word speaks for both. */
export const standings = ['withdrawn', 'superseded', 'returned', 'resubmitted', 'awaiting', 'received'] as const;
export type Standing = (typeof standings)[number];
export type Standings = Readonly<Record<string, string>>;

export interface Status {
  readonly state: string;
  readonly title: string;
  /** Who must act; null where nobody must. */
  readonly waitsFor: string | null;
  readonly dueOn: string | null;
}

type Waiting = Omit<Status, 'state' | 'dueOn'>;

const ofState: Readonly<Record<string, Waiting>> = {
  draft: { title: '草拟，待本单位备案', waitsFor: 'training-approver' },
  amended: { title: '已备案，变更待备案', waitsFor: 'training-approver' },
  drafted: { title: '待评价机构答复', waitsFor: 'evaluation-approver' },
  consented: { title: '评价机构已同意，待备案', waitsFor: 'training-approver' },
  refused: { title: '评价机构未同意，待修改', waitsFor: 'training-preparer' },
  withdrawn: { title: '已撤回', waitsFor: null },
  closed: { title: '已结束', waitsFor: null },
};

/** Where a plan is and who must act. A due day there is only where the office has set one for receipts. */
export function statusOfPlan(state: string, filed: Standings | null, receiptDueOn: string | null): Status {
  const known = ofState[state];
  if (known) return { state, ...known, dueOn: null };
  const waiting = ofFiling(filed ?? {});
  const open = waiting.waitsFor === 'department' || waiting.waitsFor === 'city-bureau';
  return { state, ...waiting, dueOn: open ? receiptDueOn : null };
}

/** Where a filing is: what was returned comes first, then whoever has not given a receipt. */
function ofFiling(filed: Standings): Waiting {
  const open = Object.entries(filed).filter(([, standing]) => standing === 'awaiting' || standing === 'resubmitted');
  if (Object.values(filed).includes('returned')) return { title: '已退回补正', waitsFor: 'training-preparer' };
  const [first] = open.map(([recipient]) => recipient).sort((a, b) => b.localeCompare(a));
  if (first === undefined) return { title: '已备案，回执齐全', waitsFor: null };
  const again = open.some(([, standing]) => standing === 'resubmitted');
  return { title: again ? '再次报备，待回执' : '已备案，待回执', waitsFor: first };
}

/** Where one filing is, as its reader stands to it. */
export function statusOfFiling(state: string, filed: Standings, receiptDueOn: string | null): Status {
  if (state === 'withdrawn') return { state, title: '已撤回', waitsFor: null, dueOn: null };
  if (state === 'superseded') return { state, title: '已有更新的版本备案', waitsFor: null, dueOn: null };
  return { ...statusOfPlan('filed', filed, receiptDueOn), state };
}
