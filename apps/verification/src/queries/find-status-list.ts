import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Code, Instant, Int, Nested, OneOf, Text, Texts } from '@shuzheng/contracts';
import { CONFIG, type Config, Database, Missing } from '@shuzheng/platform';
import { Inject } from '@nestjs/common';
import { gzipSync } from 'node:zlib';
import { bitstringOf, PLACES, type Purpose, purposes, unsigned } from '../domain/status-lists.js';

export class StatusListSubject {
  @Text(1, 300) readonly id!: string;
  @Code() readonly type!: string;
  @OneOf(purposes) readonly statusPurpose!: string;
  @Text(1, 200_000, { description: 'multibase base64url（前缀 u）、GZIP 压缩的位串' }) readonly encodedList!: string;
}

/** The content of a W3C BitstringStatusListCredential, without a proof: this service holds no signing key. */
export class StatusList {
  @Texts(1) readonly '@context'!: readonly string[];
  @Text(1, 300) readonly id!: string;
  @Texts(2) readonly type!: readonly string[];
  @Text(1, 300, { description: '发布者：本站地址' }) readonly issuer!: string;
  @Instant({ nullable: true, description: '列表所依据的登记信息截至何时' }) readonly validFrom!: string | null;
  @Text(1, 200, { description: '关于签名的说明' }) readonly statement!: string;
  @Int(1, 10_000_000, { description: '位数' }) readonly places!: number;
  @Nested(() => StatusListSubject) readonly credentialSubject!: StatusListSubject;
}

export class FindStatusList extends Query<StatusList> {
  constructor(
    readonly list: number,
    readonly purpose: Purpose,
  ) {
    super();
  }
}

interface Model {
  readonly known: boolean;
  readonly dataTime: string | null;
  readonly places: readonly number[] | null;
  readonly [other: string]: unknown;
}

@QueryHandler(FindStatusList)
export class FindStatusListHandler implements IQueryHandler<FindStatusList> {
  constructor(
    private readonly db: Database,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async execute({ list, purpose }: FindStatusList): Promise<StatusList> {
    const first = list * PLACES;
    const { rows } = await this.db.query<Model>(lookUp[purpose], [first, first + PLACES - 1]);
    const [found] = rows;
    // The first list is there before the first certificate; the others as soon as somebody stands in them.
    if (!found || (!found.known && list > 0)) throw new Missing();
    const id = `${this.config.publicUrl}/api/v1/verification/status-lists/${list}/${purpose}`;
    const encodedList = `u${gzipSync(bitstringOf(found.places ?? [])).toString('base64url')}`;
    return {
      '@context': ['https://www.w3.org/ns/credentials/v2'],
      ...{ id, type: ['VerifiableCredential', 'BitstringStatusListCredential'], issuer: this.config.publicUrl },
      ...{ validFrom: found.dataTime, statement: unsigned, places: PLACES },
      credentialSubject: { id: `${id}#list`, type: 'BitstringStatusList', statusPurpose: purpose, encodedList },
    };
  }
}

const asked = (counts: string) => `
  select count(*) > 0 as known, max(heard_at) as "dataTime",
    json_agg(status_index - $1::int order by status_index) filter (where ${counts}) as places
  from certificate where status_index between $1 and $2`;

const lookUp: Readonly<Record<Purpose, string>> = {
  revocation: asked('revoked_on is not null or replaced_on is not null'),
  suspension: asked('suspended_on is not null'),
};
