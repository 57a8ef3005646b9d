import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Code, Day, List, Text, Uuid } from '@shuzheng/contracts';
import { actor, Database, NotPermitted, rows } from '@shuzheng/platform';
import { candidates, candidateSince, candidateState, trainees, traineeState } from '../data/chain-links.js';
import { personStates } from '../domain/turns.js';

export class OwnStep {
  @Uuid({ description: '入班记录或申报记录的编号' }) readonly id!: string;
  @Uuid() readonly classId!: string;
  @Uuid({ nullable: true }) readonly sessionId!: string | null;
  @Code() readonly state!: string;
  @Text(1, 60) readonly title!: string;
  @Day({ nullable: true }) readonly since!: string | null;
}

/** How far somebody has come, in their own eyes. */
export class OwnRecord {
  @List(() => OwnStep, 0, 1000, { description: '培训' }) readonly trainings!: readonly OwnStep[];
  @List(() => OwnStep, 0, 1000, { description: '考核与证书' }) readonly exams!: readonly OwnStep[];
}

export class FindOwnRecord extends Query<OwnRecord> {}

type Step = Omit<OwnStep, 'title'> & Record<string, unknown>;

@QueryHandler(FindOwnRecord)
export class FindOwnRecordHandler implements IQueryHandler<FindOwnRecord> {
  constructor(private readonly db: Database) {}

  execute() {
    const { reach, personId } = actor();
    // Only the person: whoever sees more rows has other questions for them.
    if (reach !== 'self' || !personId) throw new NotPermitted('own-record:read');
    return this.db.transaction(async (tx) => ({
      trainings: (await rows<Step>(tx, ownTrainings, [personId])).map(said),
      exams: (await rows<Step>(tx, ownExams, [personId])).map(said),
    }));
  }
}

const said = (step: Step) => ({ ...step, title: personStates[step.state]?.title ?? step.state });

const ownTrainings = `
  select trainee.enrolment_id as id, trainee.class_id as "classId", null::uuid as "sessionId", (${traineeState}) as state, trainee.since
  from ${trainees} where trainee.person_id = $1 order by trainee.since, trainee.enrolment_id limit 1000`;

const ownExams = `
  select candidate.application_id as id, candidate.class_id as "classId", candidate.session_id as "sessionId",
    (${candidateState}) as state, (${candidateSince}) as since
  from ${candidates} where candidate.person_id = $1 order by (${candidateSince}), candidate.application_id limit 1000`;
