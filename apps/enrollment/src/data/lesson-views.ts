import { Day, Decimal, Int, OneOf, Text, Uuid } from '@shuzheng/contracts';
import type { Personal } from '@shuzheng/platform';
import { maskName } from '@shuzheng/regulation';

export class LessonView {
  @Uuid() readonly id!: string;
  @Text(1, 60) readonly reference!: string;
  @Day() readonly on!: string;
  @OneOf(['online', 'offline']) readonly mode!: string;
  @OneOf(['theory', 'practice']) readonly kind!: string;
  @Decimal(0.5, 24) readonly hours!: number;
  @Text(1, 200) readonly topic!: string;
  @Text(0, 60) readonly maskedTeacher!: string;
  @Uuid({ nullable: true }) readonly staffId!: string | null;
  @Text(1, 200, { nullable: true, description: '上课地点' }) readonly place!: string | null;
  @Int(1, 100000) readonly version!: number;
  @Int(0, 20, { description: '签到佐证份数' }) readonly evidence!: number;
  @Int(0, 500, { description: '出勤人数' }) readonly present!: number;
  @Int(0, 500, { description: '缺勤人数' }) readonly absent!: number;
}

export type SealedLesson = Omit<LessonView, 'maskedTeacher'> & {
  readonly teacher: string;
  readonly staffName: string | null;
};

/** Whoever is on the list of staff is named as there; anybody else as was typed, masked. */
export function masked(personal: Personal, { teacher, staffName, ...lesson }: SealedLesson): LessonView {
  const typed = personal.open('lesson', 'teacher', lesson.id, teacher);
  return { ...lesson, maskedTeacher: typed === '' ? (staffName ?? '') : maskName(typed) };
}

const seats = (present: string) => `(select count(*)::int from attendance where lesson_id = lesson.id and ${present})`;

export const lessons = {
  columns: {
    id: 'lesson.id',
    reference: 'lesson.reference',
    on: 'lesson.held_on',
    mode: 'lesson.mode',
    kind: 'lesson.kind',
    hours: 'lesson.hours',
    topic: 'lesson.topic',
    teacher: 'lesson.teacher_sealed',
    staffName: 'known_staff.masked_name',
    staffId: 'lesson.staff_id',
    place: 'lesson.place',
    version: 'lesson.version',
    evidence: '(select count(*)::int from lesson_evidence where lesson_id = lesson.id)',
    present: seats('present'),
    absent: seats('not present'),
  },
  from: 'lesson left join known_staff on known_staff.staff_id = lesson.staff_id',
};
