import {
  Code,
  Day,
  Flag,
  Instant,
  Int,
  Json,
  List,
  Nested,
  OneOf,
  SealedText,
  Sha256,
  Text,
  Texts,
  Uuid,
} from '../fields.js';
import { Subject } from './plans.js';

/** A part of a batch is with the department: its ten working days run from the day of receipt. */
export class BatchReceived {
  static readonly type = 'certification.batch-received.v1';
  static readonly aggregate = 'batchId';

  @Uuid() readonly batchId!: string;
  @Int(1, 1000) readonly part!: number;
  @Uuid() readonly sessionId!: string;
  @Uuid({ description: 'the evaluation institution' }) readonly organisationId!: string;
  @Nested(() => Subject) readonly subject!: Subject;
  @Day() readonly receivedOn!: string;
  @Instant() readonly receivedAt!: string;
  @Int(0, 5000) readonly rows!: number;
}

/** An officer has proposed what to decide about rows of a part. At zero it is the approver's turn for all that is open. */
export class RowsProposed {
  static readonly type = 'certification.rows-proposed.v1';
  static readonly aggregate = 'batchId';

  @Uuid() readonly batchId!: string;
  @Int(1, 1000) readonly part!: number;
  @Uuid() readonly sessionId!: string;
  @Uuid() readonly organisationId!: string;
  @Day() readonly proposedOn!: string;
  @Int(0, 5000, { description: 'rows of the part that nobody has proposed anything about' })
  readonly unproposed!: number;
}

export class DecidedRow {
  @Uuid() readonly rowId!: string;
  @Uuid() readonly resultId!: string;
  @Uuid() readonly personId!: string;
  @OneOf(['confirmed', 'returned']) readonly decision!: string;
  @Texts(10, { description: 'reason codes of a return' }) readonly reasons!: string[];
}

/** 确认 or 退回, row by row. `undecided` counts what of the part is still open: at zero its clock stops. */
export class RowsDecided {
  static readonly type = 'certification.rows-decided.v1';
  static readonly aggregate = 'batchId';

  @Uuid() readonly batchId!: string;
  @Int(1, 1000) readonly part!: number;
  @Uuid() readonly sessionId!: string;
  @Uuid() readonly organisationId!: string;
  @Day() readonly decidedOn!: string;
  @Int(0, 5000) readonly undecided!: number;
  @List(() => DecidedRow, 1, 500) readonly rows!: DecidedRow[];
}

/** The package left for the national office, as a file. */
export class PackageSent {
  static readonly type = 'certification.package-sent.v1';
  static readonly aggregate = 'batchId';

  @Uuid() readonly packageId!: string;
  @Uuid() readonly batchId!: string;
  @Uuid() readonly organisationId!: string;
  @Sha256() readonly sha256!: string;
  @Day() readonly sentOn!: string;
  @Int(1, 5000) readonly rows!: number;
}

/** 审核: the national office's reply is recorded. The approval date starts the thirty days of issue. */
export class NationalReplyRecorded {
  static readonly type = 'certification.national-reply-recorded.v1';
  static readonly aggregate = 'batchId';

  @Uuid() readonly replyId!: string;
  @Uuid() readonly batchId!: string;
  @Uuid() readonly organisationId!: string;
  @Day() readonly approvedOn!: string;
  @Day() readonly receivedOn!: string;
  @Int(0, 5000) readonly approved!: number;
  @Int(0, 5000) readonly returned!: number;
}

export class IssuedCertificate {
  @Uuid() readonly certificateId!: string;
  @Uuid() readonly rowId!: string;
  @Uuid() readonly personId!: string;
  @Text(1, 40, { description: '登记号' }) readonly registryNumber!: string;
  @Text(1, 60, { nullable: true, description: '证书编号, the issuer’s own' }) readonly certificateNumber!:
    string | null;
  @SealedText() readonly name!: string;
  @Text(43, 43) readonly nameIndex!: string;
  @Text(1, 60) readonly maskedName!: string;
  @Sha256({ description: 'digest of the printed check code under the registry number' }) readonly checkDigest!: string;
  @Int(0, 10_000_000) readonly statusIndex!: number;
  @Sha256({ description: 'digest of the frozen snapshot' }) readonly snapshotSha256!: string;
}

/** 颁发: certificates are issued. `outstanding` counts approved rows of the same approval that still wait. */
export class CertificatesIssued {
  static readonly type = 'certification.certificates-issued.v1';
  static readonly aggregate = 'batchId';

  @Uuid() readonly batchId!: string;
  @Uuid() readonly organisationId!: string;
  @Text(1, 200) readonly organisationName!: string;
  @Nested(() => Subject) readonly subject!: Subject;
  @Text(1, 100) readonly occupationName!: string;
  @Day() readonly examOn!: string;
  @Day() readonly approvedOn!: string;
  @Day() readonly awardedOn!: string;
  @Int(0, 5000) readonly outstanding!: number;
  @List(() => IssuedCertificate, 1, 500) readonly certificates!: IssuedCertificate[];
}

/** 更正: a new version stands under the same number; the printed date stays the award date. */
export class CertificateCorrected {
  static readonly type = 'certification.certificate-corrected.v1';
  static readonly aggregate = 'batchId';

  @Uuid() readonly batchId!: string;
  @Uuid() readonly certificateId!: string;
  @Text(1, 40) readonly registryNumber!: string;
  @Int(2, 1000) readonly version!: number;
  @Day() readonly correctedOn!: string;
  @OneOf(['typo', 'identity', 'result']) readonly kind!: string;
  @SealedText() readonly name!: string;
  @Text(43, 43) readonly nameIndex!: string;
  @Text(1, 60) readonly maskedName!: string;
  @Sha256() readonly snapshotSha256!: string;
}

/** 撤销: the certificate no longer counts from that day on. */
export class CertificateRevoked {
  static readonly type = 'certification.certificate-revoked.v1';
  static readonly aggregate = 'batchId';

  @Uuid() readonly batchId!: string;
  @Uuid() readonly certificateId!: string;
  @Text(1, 40) readonly registryNumber!: string;
  @Day() readonly revokedOn!: string;
  @Code({ description: 'a reason code; the words stay inside' }) readonly reason!: string;
}

/** The public half of a signing key, for whoever checks a signature. */
export class SigningKeyPublished {
  static readonly type = 'certification.signing-key-published.v1';
  static readonly aggregate = 'keyId';

  @Code() readonly keyId!: string;
  @Json({ description: 'JWK' }) readonly publicKey!: object;
  @Instant() readonly from!: string;
}

export class NationallyReturnedRow {
  @Uuid() readonly rowId!: string;
  @Uuid() readonly resultId!: string;
  @Uuid() readonly personId!: string;
}

/** 审核 said no to these rows. They go back to the evaluation institution and may come again in a later part. */
export class RowsNationallyReturned {
  static readonly type = 'certification.rows-nationally-returned.v1';
  static readonly aggregate = 'batchId';

  @Uuid() readonly replyId!: string;
  @Uuid() readonly batchId!: string;
  @Uuid() readonly sessionId!: string;
  @Uuid() readonly organisationId!: string;
  @Day() readonly returnedOn!: string;
  @List(() => NationallyReturnedRow, 1, 500) readonly rows!: NationallyReturnedRow[];
}

export class RemovedRow {
  @Uuid() readonly rowId!: string;
  @Uuid() readonly resultId!: string;
  @Flag({ optional: true, description: 'it was confirmed, and had not left for the national office' })
  readonly unsent?: boolean;
}

/** Rows left a part because their results were voided, even confirmed ones that are not issued yet. `undecided` counts what of the part is still open. */
export class RowsRemoved {
  static readonly type = 'certification.rows-removed.v1';
  static readonly aggregate = 'batchId';

  @Uuid() readonly batchId!: string;
  @Int(1, 1000) readonly part!: number;
  @Uuid() readonly sessionId!: string;
  @Uuid() readonly organisationId!: string;
  @Day() readonly removedOn!: string;
  @Int(0, 5000) readonly undecided!: number;
  @Int(0, 5000, { optional: true, description: 'those of them that nobody has proposed anything about' })
  readonly unproposed?: number;
  @List(() => RemovedRow, 1, 500) readonly rows!: RemovedRow[];
}

/** Returned rows will not come back: neither the department nor the national office waits for them any more. */
export class RowsGivenUp {
  static readonly type = 'certification.rows-given-up.v1';
  static readonly aggregate = 'batchId';

  @Uuid() readonly batchId!: string;
  @Int(1, 1000) readonly part!: number;
  @Uuid() readonly sessionId!: string;
  @Uuid() readonly organisationId!: string;
  @Day() readonly givenUpOn!: string;
  @List(() => RemovedRow, 1, 500) readonly rows!: RemovedRow[];
}

/** 暂停: the certificate does not count for now. */
export class CertificateSuspended {
  static readonly type = 'certification.certificate-suspended.v1';
  static readonly aggregate = 'batchId';

  @Uuid() readonly batchId!: string;
  @Uuid() readonly certificateId!: string;
  @Text(1, 40) readonly registryNumber!: string;
  @Day() readonly suspendedOn!: string;
  @Code({ description: 'a reason code; the words stay inside' }) readonly reason!: string;
}

/** 恢复: a suspended certificate counts again. */
export class CertificateReinstated {
  static readonly type = 'certification.certificate-reinstated.v1';
  static readonly aggregate = 'batchId';

  @Uuid() readonly batchId!: string;
  @Uuid() readonly certificateId!: string;
  @Text(1, 40) readonly registryNumber!: string;
  @Day() readonly reinstatedOn!: string;
}

/** 换发: a revoked certificate gives way to another one under a number of its own. */
export class CertificateReplaced {
  static readonly type = 'certification.certificate-replaced.v1';
  static readonly aggregate = 'batchId';

  @Uuid() readonly batchId!: string;
  @Uuid() readonly certificateId!: string;
  @Text(1, 40) readonly registryNumber!: string;
  @Uuid() readonly byCertificateId!: string;
  @Text(1, 40) readonly byRegistryNumber!: string;
  @Day() readonly replacedOn!: string;
}
