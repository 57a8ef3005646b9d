import type { ClassState } from './class-states.js';

export interface ClassStatus {
  readonly state: string;
  readonly title: string;
  /** Who must act; null where nobody must. */
  readonly waitsFor: string | null;
  /** By which day; for the training report the day in effect. */
  readonly dueOn: string | null;
}

export interface Standing {
  readonly state: ClassState;
  readonly dueOn: string | null;
  /** Everybody who is still in the class has a result of the completion exam. */
  readonly allMarked: boolean;
  /** The office has given the training report another day. */
  readonly extended: boolean;
}

type Waiting = Pick<ClassStatus, 'title' | 'waitsFor'>;

const waiting: Readonly<Record<ClassState, Waiting>> = {
  announced: { title: '已公告，待录入学员', waitsFor: 'training-preparer' },
  enrolling: { title: '招生中，待开班', waitsFor: 'training-preparer' },
  running: { title: '培训中，待登记课次、考勤和结业考核结果', waitsFor: 'training-preparer' },
  completed: { title: '已结业，待报送', waitsFor: 'training-approver' },
  reported: { title: '已报送', waitsFor: null },
  archived: { title: '已归档', waitsFor: null },
  cancelled: { title: '已取消', waitsFor: null },
};

/** Where a class is, who must act and until when, on one line. */
export function statusOfClass({ state, dueOn, allMarked, extended }: Standing): ClassStatus {
  if (state === 'running' && allMarked)
    return { state, title: '结业考核已登记，待办理结业', waitsFor: 'training-approver', dueOn };
  const { title, waitsFor } = waiting[state];
  return { state, title: state === 'completed' && extended ? `${title}（已批准延期）` : title, waitsFor, dueOn };
}
