import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Day, Instant, Int, List, OneOf, Sha256, Text, Texts, Uuid } from '@shuzheng/contracts';
import type { CertificateSnapshot } from '@shuzheng/credentials';
import { Database, Missing, Personal, row, rows } from '@shuzheng/platform';
import { maskName } from '@shuzheng/regulation';
import { printStates } from '../domain/printing.js';

const acts = ['correct', 'suspend', 'reinstate', 'revoke', 'replace'] as const;
const steps = acts.flatMap((act) =>
  ['requested', 'approved', 'rejected', 'withdrawn'].map((state) => `${act}-${state}`),
);

export class HistoryEntry {
  @Instant() readonly at!: string;
  @OneOf(['issued', ...steps, ...printStates.map((state) => `print-${state}`)]) readonly what!: string;
  @Text(1, 40, { nullable: true, description: '原因代码' }) readonly reason!: string | null;
  @Int(1, 1000, { nullable: true, description: '由此形成的版本' }) readonly version!: number | null;
  @Uuid({ description: '办理人账号' }) readonly by!: string;
  @OneOf(['department', 'institution']) readonly office!: string;
  @Uuid({ nullable: true, description: '申请或印制单' }) readonly reference!: string | null;
}

/** What the certificate said in a version, with the name masked. */
export class VersionContent {
  @Int(1, 1000) readonly version!: number;
  @Instant() readonly madeAt!: string;
  @Text(1, 60) readonly maskedName!: string;
  @Text(1, 60, { nullable: true }) readonly certificateNumber!: string | null;
  @Text(1, 100) readonly occupationName!: string;
  @Text(1, 100) readonly direction!: string;
  @Text(1, 10) readonly level!: string;
  @Day() readonly examOn!: string;
  @Day() readonly awardedOn!: string;
  @Texts(20) readonly correctedFields!: string[];
  @Sha256() readonly snapshotSha256!: string;
}

export class CertificateHistory {
  @Uuid() readonly certificateId!: string;
  @Text(1, 40) readonly registryNumber!: string;
  @Uuid({ nullable: true, description: '本证书换下的证书' }) readonly replaces!: string | null;
  @Uuid({ nullable: true, description: '换下本证书的证书' }) readonly replacedBy!: string | null;
  @List(() => VersionContent, 1, 1000) readonly versions!: VersionContent[];
  @List(() => HistoryEntry, 1, 10000) readonly entries!: HistoryEntry[];
}

export class FindHistory extends Query<CertificateHistory> {
  constructor(readonly certificateId: string) {
    super();
  }
}

interface Version {
  readonly version: number;
  readonly madeAt: string;
  readonly correctedFields: string[];
  readonly snapshotSha256: string;
  readonly snapshot: string;
}

type Head = Pick<CertificateHistory, 'certificateId' | 'registryNumber' | 'replaces' | 'replacedBy'>;

@QueryHandler(FindHistory)
export class FindHistoryHandler implements IQueryHandler<FindHistory> {
  constructor(
    private readonly db: Database,
    private readonly personal: Personal,
  ) {}

  execute({ certificateId }: FindHistory) {
    return this.db.transaction(async (tx) => {
      const head = await row<Head>(tx, find, [certificateId]);
      if (!head) throw new Missing();
      const versions = await rows<Version>(tx, findVersions, [certificateId]);
      const entries = await rows<HistoryEntry>(tx, findEntries, [certificateId]);
      return { ...head, versions: versions.map((version) => this.shown(certificateId, version)), entries };
    });
  }

  private shown(id: string, { snapshot, ...about }: Version): VersionContent {
    const place = `${id}:${about.version}`;
    const text = this.personal.open('certificate_version', 'snapshot_sealed', place, snapshot);
    const said = JSON.parse(text) as CertificateSnapshot;
    return {
      ...about,
      ...{ maskedName: maskName(said.holderName), certificateNumber: said.certificateNumber, level: said.level },
      ...{ occupationName: said.occupation.name, direction: said.direction },
      ...{ examOn: said.examDate, awardedOn: said.awardDate },
    };
  }
}

const find = `
  select id as "certificateId", registry_number as "registryNumber", replaces,
    (select later.id from certificate as later where later.replaces = certificate.id) as "replacedBy"
  from certificate where id = $1`;

const findVersions = `
  select version, made_at as "madeAt", corrected_fields as "correctedFields", snapshot_sha256 as "snapshotSha256",
    snapshot_sealed as snapshot
  from certificate_version where certificate_id = $1 order by version`;

const findEntries = `
  select at, what, reason, version, by, office, reference from (
    select issued_at as at, 'issued' as what, null as reason, 1 as version, started_by as by,
      case when certificate.replaces is null then 'institution' else 'department' end as office, run.id as reference,
      0 as serial, 0 as nth
    from certificate join ledger using (id) join issue_run as run on run.id = run_id where certificate.id = $1
    union all
    select requested_at, act || '-requested', reason, null, requested_by,
      case requested_from when organisation_id then 'institution' else 'department' end, id, serial, 0
    from amendment where certificate_id = $1
    union all
    select decided_at, act || '-' || state, reason, version, decided_by,
      case when state = 'withdrawn' and requested_from = organisation_id then 'institution' else 'department' end, id, serial, 1
    from amendment where certificate_id = $1 and state <> 'requested'
    union all
    select step.at, 'print-' || step.state, null, null, step.by_account, 'institution', order_id, 0, step.nth
    from print_step as step join print_order on print_order.id = order_id where certificate_id = $1
  ) as entry order by at, serial, nth`;
