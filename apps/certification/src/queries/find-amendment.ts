import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Text } from '@shuzheng/contracts';
import { Audit, Database, Missing, row } from '@shuzheng/platform';
import {
  amendmentColumns,
  amendmentFrom,
  amendmentSeen,
  AmendmentView,
  type FoundAmendment,
} from '../data/amendment-view.js';
import { Amendments } from '../data/amendments.js';
import type { AmendmentAct } from '../domain/certificate-states.js';

export class AmendmentDetail extends AmendmentView {
  @Text(0, 100, { nullable: true, description: '更正后的姓名' }) readonly holderName!: string | null;
  @Text(0, 500, { description: '理由或依据' }) readonly basis!: string;
  @Text(0, 500, { nullable: true, description: '驳回理由' }) readonly why!: string | null;
}

/** One request in full: whoever decides must read what was asked for, so the reading is recorded. */
export class FindAmendment extends Query<AmendmentDetail> {
  constructor(readonly id: string) {
    super();
  }
}

type Found = FoundAmendment & {
  readonly act: AmendmentAct;
  readonly changes: string | null;
  readonly basis: string;
  readonly why: string | null;
};

@QueryHandler(FindAmendment)
export class FindAmendmentHandler implements IQueryHandler<FindAmendment> {
  constructor(
    private readonly db: Database,
    private readonly audit: Audit,
    private readonly amendments: Amendments,
  ) {}

  execute({ id }: FindAmendment) {
    return this.db.transaction(async (tx) => {
      const found = await row<Found>(tx, find, [id]);
      if (!found) throw new Missing();
      await this.audit.note({ subject: `certificate:${found.certificateId}`, detail: { opened: 'amendment', id } });
      const { changes, basis, why, ...one } = found;
      return {
        ...amendmentSeen(one),
        holderName: this.amendments.changes({ ...one, changes })['holderName'] ?? null,
        basis: this.amendments.basis({ ...one, basis }),
        why: this.amendments.why({ ...one, why }),
      };
    });
  }
}

const columns = Object.entries(amendmentColumns).map(([as, expression]) => `${expression} as "${as}"`);
const find = `
  select ${columns.join(', ')}, changes_sealed as changes, basis_sealed as basis, decision_sealed as why
  from ${amendmentFrom} where amendment.id = $1`;
