import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Int } from '@shuzheng/contracts';
import { Audit, Database, Missing, Personal, row } from '@shuzheng/platform';
import { Type } from 'class-transformer';

export class CredentialVersion {
  @Int(1, 1000, { optional: true, description: '默认当前版本' })
  @Type(() => Number)
  readonly version?: number;
}

/** The signed credential of a version. It names its holder in full, so whoever takes it is recorded. */
export class FindCredential extends Query<object> {
  constructor(
    readonly certificateId: string,
    readonly version: number | undefined,
  ) {
    super();
  }
}

@QueryHandler(FindCredential)
export class FindCredentialHandler implements IQueryHandler<FindCredential> {
  constructor(
    private readonly db: Database,
    private readonly audit: Audit,
    private readonly personal: Personal,
  ) {}

  execute({ certificateId, version }: FindCredential) {
    return this.db.transaction(async (tx) => {
      const found = await row<{ version: number; credential: string }>(
        tx,
        `select version, credential_sealed as credential from certificate_version
         where certificate_id = $1 and ($2::int is null or version = $2) order by version desc limit 1`,
        [certificateId, version ?? null],
      );
      if (!found) throw new Missing();
      await this.audit.note({
        subject: `certificate:${certificateId}`,
        detail: { opened: 'credential', version: found.version },
      });
      const place = `${certificateId}:${found.version}`;
      return JSON.parse(
        this.personal.open('certificate_version', 'credential_sealed', place, found.credential),
      ) as object;
    });
  }
}
