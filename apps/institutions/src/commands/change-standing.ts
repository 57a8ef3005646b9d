import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Day, OneOf, OrganisationStatusChanged, organisationStatuses, Prose, Uuid, Int } from '@shuzheng/contracts';
import { actor, announce, Audit, Clock, Database, refuseIf, requireVersion, row, sql } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import { lockOrganisation } from '../data/organisations.js';
import { requireProvince } from '../data/province-only.js';
import { reasonsNotToChangeStanding } from '../domain/changing-standing.js';
import { type OrganisationAct, organisationActs, type StandingChange } from '../domain/organisation-states.js';

export class StandingReceipt {
  @Uuid() readonly organisationId!: string;
  @OneOf(organisationStatuses) readonly status!: string;
  @Int(1, 1_000_000) readonly version!: number;
}

export class Resumption {
  @Day({ description: '自该日起' }) readonly from!: string;
  @Prose(2, 500, { description: '依据' }) readonly basis!: string;
}

export class Measure extends Resumption {
  @Prose(2, 500, { optional: true, description: '起始日早于今日时，写明规定追溯的文件和条款' })
  readonly retroactiveBasis?: string;
}

/** Suspend an organisation, let it go on, or end it: the province's own measure, with its basis. */
export class ChangeStanding extends Command<StandingReceipt> {
  constructor(
    readonly organisationId: string,
    readonly act: OrganisationAct,
    readonly measure: Measure,
  ) {
    super();
  }
}

@CommandHandler(ChangeStanding)
export class ChangeStandingHandler implements ICommandHandler<ChangeStanding> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  execute({ organisationId, act, measure }: ChangeStanding) {
    requireProvince('organisations:suspend');
    return this.db.transaction(async (tx) => {
      const { role, version } = await lockOrganisation(tx, organisationId);
      requireVersion(version);
      const last = await lastStanding(tx, organisationId);
      const [state, since] = [last?.status ?? 'active', last?.from ?? null];
      refuseIf(reasonsNotToChangeStanding({ act, role, state, since, today: this.clock.today(), ...measure }));

      const { from, basis } = measure;
      const status = organisationActs[act].to;
      await write(tx, organisationId, { ...measure, status, sequence: (last?.sequence ?? 0) + 1 }, this.clock.now());
      announce(tx, OrganisationStatusChanged, { organisationId, status, from, basis });
      await this.audit.note({ subject: `organisation:${organisationId}`, detail: { status, from } });
      return { organisationId, status, version: version + 1 };
    });
  }
}

const lastStanding = (tx: EntityManager, id: string) =>
  row<StandingChange & { sequence: number }>(
    tx,
    `select status, valid_from as "from", sequence from organisation_standing
     where organisation_id = $1 order by sequence desc limit 1`,
    [id],
  );

async function write(tx: EntityManager, id: string, one: Measure & StandingChange & { sequence: number }, at: Date) {
  await sql(
    tx,
    `insert into organisation_standing (organisation_id, sequence, status, valid_from, basis, retroactive_basis, recorded_at, recorded_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [id, one.sequence, one.status, one.from, one.basis, one.retroactiveBasis ?? null, at, actor().accountId ?? null],
  );
  await sql(tx, 'update organisation set version = version + 1, ended_from = $2 where id = $1', [
    id,
    one.status === 'ended' ? one.from : null,
  ]);
}
