import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Instant, Int, List, OneOf, Sha256, Text, Texts } from '@shuzheng/contracts';
import { Database, Missing, row, rows } from '@shuzheng/platform';
import { certificateColumns, CertificateView } from '../data/certificate-view.js';

export class CertificateVersionView {
  @Int(1, 1000) readonly version!: number;
  @OneOf(['current', 'corrected', 'revoked'], { description: '被新版本取代的版本为 corrected' })
  readonly standing!: string;
  @Instant() readonly madeAt!: string;
  @Sha256({ description: '该版本冻结记录的 SHA-256' }) readonly snapshotSha256!: string;
  @Texts(20, { description: '与上一版本不同的字段' }) readonly correctedFields!: string[];
  @Text(1, 80) readonly keyId!: string;
}

export class CertificateDetail extends CertificateView {
  @List(() => CertificateVersionView, 1, 1000) readonly versions!: CertificateVersionView[];
}

export class FindCertificate extends Query<CertificateDetail> {
  constructor(readonly id: string) {
    super();
  }
}

@QueryHandler(FindCertificate)
export class FindCertificateHandler implements IQueryHandler<FindCertificate> {
  constructor(private readonly db: Database) {}

  execute({ id }: FindCertificate) {
    return this.db.transaction(async (tx) => {
      const certificate = await row<CertificateView>(tx, find, [id]);
      if (!certificate) throw new Missing();
      const versions = await rows<Omit<CertificateVersionView, 'standing'>>(tx, findVersions, [id]);
      return {
        ...certificate,
        versions: versions.map((version) => ({ ...version, standing: standingOf(version, certificate) })),
      };
    });
  }
}

function standingOf({ version }: { version: number }, certificate: CertificateView) {
  if (certificate.state === 'revoked') return 'revoked';
  return version === certificate.version ? 'current' : 'corrected';
}

const columns = Object.entries(certificateColumns).map(([as, expression]) => `${expression} as "${as}"`);
const find = `select ${columns.join(', ')} from certificate where certificate.id = $1`;

const findVersions = `
  select version, made_at as "madeAt", snapshot_sha256 as "snapshotSha256", corrected_fields as "correctedFields",
    key_id as "keyId"
  from certificate_version where certificate_id = $1 order by version`;
