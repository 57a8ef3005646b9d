import { Day, Instant, Int, Nested, OneOf, Sha256, Text, Texts, Uuid } from '@shuzheng/contracts';
import { amendmentActs, amendmentStates } from '../domain/certificate-states.js';

export class AmendmentStatus {
  @OneOf(amendmentStates) readonly state!: string;
  @Text(1, 60) readonly title!: string;
  @Text(1, 60, { nullable: true, description: '等待谁办理' }) readonly waitsFor!: string | null;
  @Day({ nullable: true, description: '省厅设定的办理期限；未设定时为 null' }) readonly dueOn!: string | null;
}

/** A request as lists show it: names masked, words left out. */
export class AmendmentView {
  @Uuid() readonly id!: string;
  @OneOf(amendmentActs) readonly act!: string;
  @Uuid() readonly certificateId!: string;
  @Text(1, 40, { description: '登记号' }) readonly registryNumber!: string;
  @OneOf(['typo', 'identity'], { nullable: true, description: '更正的类别' }) readonly kind!: string | null;
  @Text(1, 40, { nullable: true, description: '原因代码；更正没有代码' }) readonly reason!: string | null;
  @Texts(20) readonly changedFields!: string[];
  @Text(1, 60, { nullable: true, description: '申请时的姓名' }) readonly maskedFrom!: string | null;
  @Text(1, 60, { nullable: true, description: '更正后的姓名' }) readonly maskedTo!: string | null;
  @Sha256({ nullable: true }) readonly evidenceSha256!: string | null;
  @Day({ nullable: true, description: '暂停的复核日期' }) readonly reviewOn!: string | null;
  @Int(1, 1000) readonly ofVersion!: number;
  @OneOf(amendmentStates) readonly state!: string;
  @Nested(() => AmendmentStatus) readonly status!: AmendmentStatus;
  @Uuid() readonly requestedBy!: string;
  @OneOf(['department', 'institution'], { nullable: true }) readonly requestedFrom!: string | null;
  @Instant() readonly requestedAt!: string;
  @Uuid({ nullable: true }) readonly decidedBy!: string | null;
  @Instant({ nullable: true }) readonly decidedAt!: string | null;
  @Day({ nullable: true }) readonly effectiveOn!: string | null;
  @Int(2, 1000, { nullable: true, description: '更正形成的版本' }) readonly version!: number | null;
  @Uuid({ nullable: true, description: '换发后的证书' }) readonly successorId!: string | null;
}

/** Where each of these is read from. */
export const amendmentColumns = {
  id: 'amendment.id',
  act: 'amendment.act',
  certificateId: 'amendment.certificate_id',
  registryNumber: 'certificate.registry_number',
  kind: 'amendment.kind',
  reason: 'amendment.reason',
  changedFields: 'amendment.changed_fields',
  maskedFrom: 'amendment.masked_from',
  maskedTo: 'amendment.masked_to',
  evidenceSha256: 'amendment.evidence_sha256',
  reviewOn: 'amendment.review_on',
  ofVersion: 'amendment.of_version',
  state: 'amendment.state',
  dueOn: 'amendment.due_on',
  requestedBy: 'amendment.requested_by',
  requestedFrom: `case amendment.requested_from when amendment.organisation_id then 'institution' else 'department' end`,
  requestedAt: 'amendment.requested_at',
  decidedBy: 'amendment.decided_by',
  decidedAt: 'amendment.decided_at',
  effectiveOn: 'amendment.effective_on',
  version: 'amendment.version',
  successorId: 'amendment.successor_id',
};
export const amendmentFrom = 'amendment join certificate on certificate.id = amendment.certificate_id';

const titles: Readonly<Record<string, string>> = {
  requested: '待省厅批准',
  approved: '已批准',
  rejected: '已驳回',
  withdrawn: '已撤回',
};

export type FoundAmendment = Omit<AmendmentView, 'status'> & { readonly dueOn: string | null };

/** The request with what it waits for. */
export function amendmentSeen({ dueOn, ...one }: FoundAmendment): AmendmentView {
  const open = one.state === 'requested';
  const waits = open ? { waitsFor: 'department-approver', dueOn } : { waitsFor: null, dueOn: null };
  return { ...one, status: { state: one.state, title: titles[one.state] ?? one.state, ...waits } };
}
