import { type ExamLink, examLinks, fieldOf, type TrainingLink, trainingLinks } from '../domain/chain.js';

/** Learners of classes. Whoever applied under the hours of that class has entered. */
export const trainees = 'trainee';
const hasEntered = `exists (
  select from candidate as entered where entered.person_id = trainee.person_id and entered.class_id = trainee.class_id)`;

export const traineeIs: Readonly<Record<TrainingLink, string>> = {
  filed: 'true',
  withdrawn: `trainee.state = 'withdrawn'`,
  'in-training': `trainee.state = 'enrolled'`,
  completed: `trainee.state = 'completed'`,
  'not-entered': `trainee.state = 'completed' and not ${hasEntered}`,
};

export const traineeState = `
  case when trainee.state = 'withdrawn' then 'withdrawn' when trainee.state = 'enrolled' then 'in-training'
    when ${hasEntered} then 'has-entered' else 'not-entered' end`;

/** Candidates of sessions, with what the department has decided on their latest part. */
export const candidates = `candidate
  left join data_row on data_row.result_id = candidate.result_id and data_row.part >= coalesce(candidate.reported_part, data_row.part)
  left join stage as batch on batch.id = data_row.batch_id`;

const passed = `(candidate.outcome = 'passed' and candidate.voided_on is null)`;
const confirmed = `(${passed} and data_row.decision = 'confirmed')`;
const outcome = (value: string) => `candidate.outcome = '${value}' and candidate.voided_on is null`;

export const candidateIs: Readonly<Record<ExamLink, string>> = {
  entered: 'true',
  'awaiting-result': 'candidate.outcome is null and candidate.voided_on is null',
  passed,
  failed: outcome('failed'),
  absent: outcome('absent'),
  violation: outcome('violation'),
  voided: 'candidate.voided_on is not null',
  'awaiting-confirmation': `${passed} and data_row.decision is null`,
  returned: `${passed} and data_row.decision in ('returned', 'nationally-returned')`,
  'nationally-returned': `${passed} and data_row.decision = 'nationally-returned'`,
  confirmed,
  'awaiting-issue': `${confirmed} and data_row.certificate_id is null`,
  issued: `${confirmed} and data_row.certificate_id is not null`,
  suspended: `${confirmed} and data_row.standing = 'suspended'`,
  revoked: `${confirmed} and data_row.standing = 'revoked'`,
};

export const candidateState = `
  case when candidate.voided_on is not null then 'voided' when candidate.outcome is null then 'awaiting-result'
    when candidate.outcome <> 'passed' then candidate.outcome
    when data_row.decision is null then case when candidate.reported_on is null then 'unreported' else 'awaiting-confirmation' end
    when data_row.given_up_on is not null then 'given-up'
    when data_row.decision <> 'confirmed' then data_row.decision
    when data_row.standing is not null then data_row.standing
    when batch.confirmed > batch.sent then 'awaiting-package' when batch.sent > batch.replied then 'awaiting-reply'
    else 'awaiting-issue' end`;

export const candidateSince = `
  case when candidate.voided_on is not null then candidate.voided_on
    else coalesce(data_row.standing_since, data_row.since, candidate.reported_on, candidate.since) end`;

const counted = (links: readonly string[], is: Readonly<Record<string, string>>) =>
  links.map((link) => `(count(*) filter (where ${is[link]}))::int as "${fieldOf(link)}"`).join(', ');

/** The count of each link, of those whom the caller sees. */
export const traineeCounts = counted(trainingLinks, traineeIs);
export const candidateCounts = counted(examLinks, candidateIs);
