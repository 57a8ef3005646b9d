import { EnrolmentsWithdrawn, type WithdrawnEnrolment } from '@shuzheng/contracts';
import { announce, Clock, rows } from '@shuzheng/platform';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { TrainingClass } from './classes.js';

export interface Leaver {
  readonly enrolmentId: string;
  readonly reason: string;
  readonly text: string | null;
}

/** Takes learners out of a class. Their rows stay, with the reason. */
@Injectable()
export class Leaving {
  constructor(private readonly clock: Clock) {}

  async withdraw(tx: EntityManager, of: TrainingClass, leavers: readonly Leaver[]): Promise<WithdrawnEnrolment[]> {
    if (leavers.length === 0) return [];
    const left = await rows<WithdrawnEnrolment & Record<string, unknown>>(
      tx,
      `update enrolment set state = 'withdrawn', withdrawn_at = $2, withdrawn_reason = reason, withdrawn_text = words
       from unnest($3::uuid[], $4::text[], $5::text[]) as leaver (id, reason, words)
       where enrolment.id = leaver.id and class_id = $1 and enrolment.state = 'enrolled'
       returning enrolment.id as "enrolmentId", person_id as "personId", reason`,
      [
        of.id,
        this.clock.now(),
        leavers.map(({ enrolmentId }) => enrolmentId),
        leavers.map(({ reason }) => reason),
        leavers.map(({ text }) => text),
      ],
    );
    if (left.length > 0)
      announce(tx, EnrolmentsWithdrawn, {
        classId: of.id,
        organisationId: of.organisationId,
        withdrawnOn: this.clock.today(),
        enrolments: left,
      });
    return left;
  }
}
