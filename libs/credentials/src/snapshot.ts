/** A certificate as it stood when it was issued. It never changes; a correction is the next version of the same number. */
export interface CertificateSnapshot {
  schema: 'certificate-snapshot.v1';
  /** 登记号, ours. */
  registryNumber: string;
  /** 证书编号, the issuer's own text; null until the issuer has given one. */
  certificateNumber: string | null;
  holderName: string;
  occupation: { code: string; name: string; standardEdition: string };
  /** `--` where the standard sets no directions for this level. */
  direction: string;
  level: '初级' | '中级' | '高级';
  issuer: { id: string; name: string; creditCode: string };
  examDate: string;
  nationalApprovalDate: string;
  awardDate: string;
  version: number;
  /** From the second version on: the fields that differ from the version before. */
  correctedFields?: readonly string[];
  /** The place of this certificate in the status lists. */
  statusListIndex?: number;
}
