import { type IQueryHandler, Query, QueryHandler } from '@nestjs/cqrs';
import { Instant, OneOf, Text, Uuid } from '@shuzheng/contracts';
import { Database, type Page, page, PageOf, SortedBy } from '@shuzheng/platform';
import { type Reset, resets } from '../domain/granting.js';

export class ConsentView {
  @Uuid() readonly id!: string;
  @Uuid() readonly accountId!: string;
  @OneOf(resets) readonly what!: Reset;
  @Text(1, 500) readonly reason!: string;
  @Uuid() readonly consentedBy!: string;
  @Instant() readonly consentedAt!: string;
  @Instant() readonly expiresAt!: string;
  @Uuid({ nullable: true, description: '由谁据此办理了重设' }) readonly usedBy!: string | null;
  @Instant({ nullable: true }) readonly usedAt!: string | null;
}
export const ConsentPage = PageOf(ConsentView);

export class ConsentFilter extends SortedBy('-consentedAt') {
  @Uuid({ optional: true }) readonly accountId?: string;
}

/** Which resets of administrators’ sign-ins somebody agreed to, and who made use of it. */
export class ListResetConsents extends Query<Page<ConsentView>> {
  constructor(readonly filter: ConsentFilter) {
    super();
  }
}

@QueryHandler(ListResetConsents)
export class ListResetConsentsHandler implements IQueryHandler<ListResetConsents> {
  constructor(private readonly db: Database) {}

  execute({ filter }: ListResetConsents) {
    const where = [['account_id = ?', filter.accountId]] as const;
    return page<ConsentView & Record<string, unknown>>(this.db, { columns, from: 'reset_consent', where }, filter);
  }
}

const columns = {
  id: 'id',
  accountId: 'account_id',
  what: 'what',
  reason: 'reason',
  consentedBy: 'consented_by',
  consentedAt: 'consented_at',
  expiresAt: 'expires_at',
  usedBy: 'used_by',
  usedAt: 'used_at',
};
