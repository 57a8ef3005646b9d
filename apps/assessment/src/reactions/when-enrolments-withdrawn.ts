import { Injectable } from '@nestjs/common';
import { EnrolmentsWithdrawn } from '@shuzheng/contracts';
import { Clock, Database, latestOf, On } from '@shuzheng/platform';
import { letLeave } from '../data/leavers.js';

/** 退班, while the class goes on. */
@Injectable()
export class WhenEnrolmentsWithdrawn {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  @On(EnrolmentsWithdrawn)
  async endApplications(events: EnrolmentsWithdrawn[]) {
    const withdrawn = events.flatMap(({ classId, withdrawnOn, enrolments }) =>
      enrolments.map((enrolment) => ({ classId, withdrawnOn, ...enrolment })),
    );
    const latest = latestOf(withdrawn, ({ enrolmentId }) => enrolmentId);
    await this.db.transaction((tx) => letLeave(tx, latest, 'enrolment-withdrawn', this.clock.now()));
  }
}
