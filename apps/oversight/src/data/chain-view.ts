import { Code, Day, Instant, Int, OneOf, Text, Uuid } from '@shuzheng/contracts';
import { links } from '../domain/chain.js';
import { waiters } from '../domain/turns.js';

const MOST = 100_000_000;
const Count = (description: string) => Int(0, MOST, { description });

/** How many have come how far. Learners are counted in their classes, candidates (人次) in their sessions. */
export class ChainCounts {
  @Count('入班 = 结业 + 退班 + 在训') readonly filed!: number;
  @Count('退班，含班级取消') readonly withdrawn!: number;
  @Count('在训') readonly inTraining!: number;
  @Count('结业') readonly completed!: number;
  @Count('结业而未取得考核资格') readonly notEntered!: number;
  @Count('资格确认（人次）= 合格 + 不合格 + 缺考 + 违纪 + 作废 + 待发布') readonly entered!: number;
  @Count('待发布成绩') readonly awaitingResult!: number;
  @Count('考核合格 = 确认 + 退回待补 + 待报送或待确认') readonly passed!: number;
  @Count('考核不合格') readonly failed!: number;
  @Count('缺考') readonly absent!: number;
  @Count('违纪') readonly violation!: number;
  @Count('成绩作废') readonly voided!: number;
  @Count('合格而待报送或待确认') readonly awaitingConfirmation!: number;
  @Count('退回待补，含国家审核退回的') readonly returned!: number;
  @Count('其中国家审核退回的') readonly nationallyReturned!: number;
  @Count('省厅确认 = 颁发 + 待审核或待颁发') readonly confirmed!: number;
  @Count('已确认而待审核或待颁发') readonly awaitingIssue!: number;
  @Count('颁发，含后来暂停、撤销的') readonly issued!: number;
  @Count('其中暂停的') readonly suspended!: number;
  @Count('其中撤销的') readonly revoked!: number;
}

/** The chain of one plan. */
export class PlanChain extends ChainCounts {
  @Uuid() readonly planId!: string;
  @Uuid() readonly organisationId!: string;
  @Code() readonly cityCode!: string;
  @Code() readonly occupationCode!: string;
  @Code() readonly level!: string;
  @Int(1, 10000) readonly plannedSeats!: number;
  @Instant() readonly filedAt!: string;
}

/** One person on one link: by ids alone, and the person's own masked. */
export class ChainPerson {
  @Uuid({ description: '入班记录或申报记录的编号' }) readonly id!: string;
  @Text(1, 20, { description: '人员编号，已遮蔽' }) readonly person!: string;
  @Uuid() readonly classId!: string;
  @Uuid({ nullable: true }) readonly sessionId!: string | null;
  @Uuid({ nullable: true }) readonly batchId!: string | null;
  @Uuid() readonly organisationId!: string;
  @Code() readonly state!: string;
  @Text(1, 60) readonly title!: string;
  @Day({ nullable: true, description: '自哪一天起' }) readonly since!: string | null;
  @OneOf(Object.keys(waiters), { nullable: true, description: '等待谁办理' }) readonly waitsFor!: string | null;
  @Text(1, 60, { nullable: true }) readonly waitsForTitle!: string | null;
}

export const linkCodes: readonly string[] = links;
