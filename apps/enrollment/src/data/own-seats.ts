import { subjectOf } from './plan-views.js';

/** Somebody's seats in classes, as the person or whoever looks for the person sees them. */
export const seatColumns = {
  enrolmentId: 'enrolment.id',
  classId: 'class.id',
  className: 'class.name',
  organisationName: 'organisation.name',
  subject: subjectOf('class'),
  startsOn: 'class.starts_on',
  endsOn: 'class.ends_on',
  classState: 'class.state',
  state: 'enrolment.state',
  passed: 'enrolment.passed',
  certified: 'certificate.id is not null',
  certificateNumber: 'certificate.number',
};

export const seatsOf = `enrolment join training_class as class on class.id = enrolment.class_id
  left join known_organisation as organisation on organisation.id = enrolment.organisation_id
  left join training_certificate as certificate on certificate.enrolment_id = enrolment.id and certificate.state = 'issued'`;

const hoursWhere = (condition: string) => `(select coalesce(sum(lesson.hours), 0) from attendance
  join lesson on lesson.id = attendance.lesson_id
  where attendance.enrolment_id = enrolment.id and present and lesson.removed_at is null and ${condition})`;

/** The lessons attended, and what was brought along from another class. */
export const attendedHours = `(${hoursWhere('true')} + enrolment.hours_carried)`;
export const hoursIn = (mode: 'online' | 'offline') => hoursWhere(`lesson.mode = '${mode}'`);
export const hoursOf = (kind: 'theory' | 'practice') => hoursWhere(`lesson.kind = '${kind}'`);
