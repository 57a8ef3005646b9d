import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Day, Int, OneOf, Text, Uuid } from '@shuzheng/contracts';
import { Database, Missing, row, rows } from '@shuzheng/platform';
import { shanghaiDay } from '@shuzheng/regulation';
import { type Life, validities, validOn } from '../domain/validity.js';

export class ValidityDay {
  @Day({ description: '哪一天' }) readonly on!: string;
}

export class Validity {
  @Uuid() readonly certificateId!: string;
  @Text(1, 40) readonly registryNumber!: string;
  @Day() readonly on!: string;
  @OneOf(validities, { description: '有效、暂停、撤销、尚未颁发' }) readonly outcome!: string;
  @Int(1, 1000, { nullable: true, description: '当日的版本' }) readonly version!: number | null;
}

export class FindValidity extends Query<Validity> {
  constructor(
    readonly certificateId: string,
    readonly on: string,
  ) {
    super();
  }
}

interface Found extends Pick<Life, 'awardedOn' | 'revokedOn'> {
  readonly registryNumber: string;
}

@QueryHandler(FindValidity)
export class FindValidityHandler implements IQueryHandler<FindValidity> {
  constructor(private readonly db: Database) {}

  execute({ certificateId, on }: FindValidity) {
    return this.db.transaction(async (tx) => {
      const certificate = await row<Found>(tx, find, [certificateId]);
      if (!certificate) throw new Missing();
      const made = await rows<{ madeAt: string }>(tx, findVersions, [certificateId]);
      const suspensions = await rows<{ from: string; to: string | null }>(tx, findSuspensions, [certificateId]);
      const versions = made.map(({ madeAt }) => shanghaiDay(new Date(madeAt)));
      const { registryNumber } = certificate;
      return { certificateId, registryNumber, on, ...validOn({ ...certificate, versions, suspensions }, on) };
    });
  }
}

const find = `
  select registry_number as "registryNumber", awarded_on as "awardedOn", revoked_on as "revokedOn"
  from certificate where id = $1`;

const findVersions = 'select made_at as "madeAt" from certificate_version where certificate_id = $1 order by version';

// A suspension ends with the reinstatement that was approved next after it.
const findSuspensions = `
  select effective_on as "from", (
    select back.effective_on from amendment as back
    where back.certificate_id = $1 and back.act = 'reinstate' and back.state = 'approved' and back.serial > put.serial
    order by back.serial limit 1) as "to"
  from amendment as put where certificate_id = $1 and act = 'suspend' and state = 'approved' order by serial`;
