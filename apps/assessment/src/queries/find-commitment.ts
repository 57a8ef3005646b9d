import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Code, Sha256, Text } from '@shuzheng/contracts';
import { Clock, Database, Missing } from '@shuzheng/platform';

export class CommitmentView {
  @Code() readonly version!: string;
  @Text(1, 20000) readonly text!: string;
  @Sha256({ description: '全文（UTF-8）的 SHA-256，申报时一并提交' }) readonly sha256!: string;
  @Text(1, 20) readonly status!: string;
  @Text(1, 300) readonly source!: string;
}

/** The commitment as it is shown today. */
export class FindCommitment extends Query<CommitmentView> {}

@QueryHandler(FindCommitment)
export class FindCommitmentHandler implements IQueryHandler<FindCommitment> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  async execute(): Promise<CommitmentView> {
    const [current] = await this.db.read<{ version: string; text: string; sha256: string }>(
      `select version, text, sha256 from commitment where valid_from <= $1 order by valid_from desc, version desc limit 1`,
      [this.clock.today()],
    );
    if (!current) throw new Missing();
    return { ...current, status: '待核实', source: '依据国办发〔2020〕42号自行拟定，本项目的正式文本尚未取得' };
  }
}
