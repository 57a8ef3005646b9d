import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { OneOf, Sha256, Text } from '@shuzheng/contracts';
import { Database } from '@shuzheng/platform';

export class ProofStanding {
  @OneOf(['valid', 'superseded', 'not-found'], {
    description: 'superseded：此后为同一学员另行出具；not-found：编号与摘要不符或不存在',
  })
  readonly outcome!: string;
}

export class ProofToCheck {
  @Text(1, 30) readonly number!: string;
  @Sha256({ description: '学时证明上的摘要' }) readonly sha256!: string;
}

/** Whether this proof was issued here: number and digest together, and nothing is told of whose it is. */
export class CheckHoursProof extends Query<ProofStanding> {
  constructor(readonly proof: ProofToCheck) {
    super();
  }
}

@QueryHandler(CheckHoursProof)
export class CheckHoursProofHandler implements IQueryHandler<CheckHoursProof> {
  constructor(private readonly db: Database) {}

  async execute({ proof: { number, sha256 } }: CheckHoursProof) {
    const [found] = await this.db.read<{ outcome: string | null }>('select proof_standing($1, $2) as outcome', [
      number,
      sha256,
    ]);
    return { outcome: found?.outcome ?? 'not-found' };
  }
}
