import type { CertificateSnapshot } from '../snapshot.js';

/** A certificate as most are, with what the test is about changed. */
export const aSnapshot = (change: Partial<CertificateSnapshot> = {}): CertificateSnapshot => ({
  schema: 'certificate-snapshot.v1',
  registryNumber: '37-2026-0000123-33',
  certificateNumber: null,
  holderName: '刘𬸦',
  occupation: { code: '2-02-38-05', name: '智能制造工程技术人员', standardEdition: '2021' },
  direction: '智能装备与产线应用',
  level: '初级',
  issuer: { id: 'assessor-1', name: '齐鲁数字技能评价中心', creditCode: '52370000MJD000001W' },
  examDate: '2026-10-17',
  nationalApprovalDate: '2026-11-10',
  awardDate: '2026-11-20',
  version: 1,
  statusListIndex: 4711,
  ...change,
});
