import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Text } from '@shuzheng/contracts';
import { Database, Missing } from '@shuzheng/platform';
import { CheckCodes } from '../data/check-codes.js';

export class CheckCodeView {
  @Text(1, 40, { description: '登记号' }) readonly registryNumber!: string;
  @Text(4, 4, { description: '校验码' }) readonly checkCode!: string;
  @Text(1, 500, { description: '二维码指向的网址' }) readonly verifyUrl!: string;
}

export class FindCheckCode extends Query<CheckCodeView> {
  constructor(readonly certificateId: string) {
    super();
  }
}

@QueryHandler(FindCheckCode)
export class FindCheckCodeHandler implements IQueryHandler<FindCheckCode> {
  constructor(
    private readonly db: Database,
    private readonly codes: CheckCodes,
  ) {}

  async execute({ certificateId }: FindCheckCode) {
    const [found] = await this.db.read<{ registryNumber: string }>(
      'select registry_number as "registryNumber" from certificate where id = $1',
      [certificateId],
    );
    if (!found) throw new Missing();
    const { registryNumber } = found;
    return {
      registryNumber,
      checkCode: this.codes.of(registryNumber),
      verifyUrl: this.codes.urlOf(registryNumber),
    };
  }
}
