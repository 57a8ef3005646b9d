import { Body, Controller, Get, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Code, Instant, Text, Uuid } from '@shuzheng/contracts';
import { Clock, instantOf, SystemClock } from '../clock.js';
import { Database, sql } from '../database.js';
import { Refused } from '../problem.js';
import { Audit } from '../work/audit.js';
import { Profile } from './profile.js';
import { Operation } from './operation.js';
import { type Page, page, PageOf, SortedBy } from './listing.js';

class ClockMove {
  @Instant() readonly now!: string;
}
class ClockAnswer {
  @ApiProperty() now!: string;
  @ApiProperty() today!: string;
}
class AuditFault {
  @ApiProperty({ type: 'integer' }) chain!: number;
  @ApiProperty({ type: 'integer' }) sequence!: number;
}
class AuditCheck {
  @ApiProperty() whole!: boolean;
  @ApiProperty({ type: [AuditFault] }) faults!: AuditFault[];
}

class AuditQuery extends SortedBy('-at') {
  @Code({ optional: true }) readonly operation?: string;
  @Text(1, 200, { optional: true, description: '如 class:<编号>' }) readonly subject?: string;
  @Uuid({ optional: true }) readonly accountId?: string;
  @Uuid({ optional: true }) readonly organisationId?: string;
  @Instant({ optional: true, description: '起（含）' }) readonly from?: string;
  @Instant({ optional: true, description: '止（不含）' }) readonly to?: string;
}
class AuditEntry {
  @ApiProperty() id!: string;
  @ApiProperty() at!: string;
  @ApiProperty() operation!: string;
  @ApiProperty() subject!: string;
  @ApiProperty({ type: String, nullable: true }) accountId!: string | null;
  @ApiProperty({ type: String, nullable: true }) organisationId!: string | null;
  @ApiProperty({ type: String, nullable: true }) correlationId!: string | null;
  @ApiProperty({ type: 'object', additionalProperties: true }) detail!: object;
  @ApiProperty({ type: 'integer' }) chain!: number;
  @ApiProperty({ type: 'integer' }) sequence!: number;
}
class AuditPage extends PageOf(AuditEntry) {}

/** What auditors and operators ask of a running service. The same in every service. */
@ApiTags('operations')
@Controller('operations')
export class OperationsController {
  constructor(
    private readonly audit: Audit,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly profile: Profile,
  ) {}

  @Get('audit-check')
  @Operation({ name: 'operations.check-audit', summary: '核对审计链', permission: 'audit:read' })
  @ApiOkResponse({ type: AuditCheck })
  async checkAudit(): Promise<AuditCheck> {
    const faults = await this.audit.faults();
    return { whole: faults.length === 0, faults };
  }

  @Get('audit')
  @Operation({ name: 'operations.list-audit', summary: '查询审计记录', permission: 'audit:read' })
  @ApiOkResponse({ type: AuditPage })
  entries(@Query() query: AuditQuery): Promise<Page<AuditEntry>> {
    return page<AuditEntry>(
      this.db,
      {
        columns: {
          id: 'audit.chain::bigint * 1000000000000 + audit.sequence',
          at: 'audit.at',
          operation: 'audit.operation',
          subject: 'audit.subject',
          accountId: 'audit.account_id',
          organisationId: 'audit.organisation_id',
          correlationId: 'audit.correlation_id',
          // It is kept as the text that its hash was made of.
          detail: 'audit.detail::jsonb',
          chain: 'audit.chain',
          sequence: 'audit.sequence::int',
        },
        from: 'audit',
        where: [
          ['audit.operation = ?', query.operation],
          ['audit.subject = ?', query.subject],
          ['audit.account_id = ?', query.accountId],
          ['audit.organisation_id = ?', query.organisationId],
          ['audit.at >= ?', query.from],
          ['audit.at < ?', query.to],
        ],
      },
      query,
    );
  }

  @Get('clock')
  @Operation({ name: 'operations.read-clock', summary: '业务时钟', permission: 'operations:manage' })
  @ApiOkResponse({ type: ClockAnswer })
  readClock(): ClockAnswer {
    return { now: instantOf(this.clock.now()), today: this.clock.today() };
  }

  @Put('clock')
  @Operation({
    name: 'operations.move-clock',
    summary: '移动演示时钟（正式环境拒绝）',
    permission: 'operations:manage',
    writes: true,
    repeatable: true,
    status: 200,
    refusals: ['production-refuses'],
  })
  @ApiOkResponse({ type: ClockAnswer })
  async moveClock(@Body() { now }: ClockMove): Promise<ClockAnswer> {
    if (this.profile.name === 'production' || !(this.clock instanceof SystemClock))
      throw new Refused(['production-refuses']);
    const offset = new Date(now).getTime() - Date.now();
    const clock = this.clock;
    await this.db.transaction(async (tx) => {
      await this.audit.note({ operation: 'operations.move-clock', detail: { now } });
      await sql(
        tx,
        'insert into demo_clock (offset_ms) values ($1) on conflict (one) do update set offset_ms = excluded.offset_ms',
        [offset],
      );
    });
    clock.moveTo(offset);
    return this.readClock();
  }
}
