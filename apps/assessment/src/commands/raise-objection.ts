import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Day, OneOf, Prose, ResultHoldChanged, Uuid } from '@shuzheng/contracts';
import {
  actor,
  announce,
  Audit,
  Calendars,
  Clock,
  Database,
  Missing,
  refuseIf,
  row,
  RuleRecords,
  sql,
} from '@shuzheng/platform';
import { shanghaiDay } from '@shuzheng/regulation';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { lockSession } from '../data/sessions.js';
import { type Days, lastDayOf, settingOn } from '../data/settings.js';
import { objectionKinds, reasonsNotToRaise } from '../domain/objecting.js';

export class ObjectionReceipt {
  @Uuid() readonly objectionId!: string;
  @Day({ nullable: true, description: '答复期限；省厅未设定的为空' }) readonly dueOn!: string | null;
}

export class Objection {
  @OneOf(Object.keys(objectionKinds)) readonly kind!: string;
  @Prose(2, 1000) readonly reason!: string;
}

/** 异议: a candidate says that an own released result is wrong. Until it is decided, the result is held. */
export class RaiseObjection extends Command<ObjectionReceipt> {
  constructor(
    readonly resultId: string,
    readonly objection: Objection,
  ) {
    super();
  }
}

interface Own {
  readonly sessionId: string;
  readonly organisationId: string;
  readonly cityCode: string;
  readonly state: string;
  readonly releasedAt: string;
  readonly open: boolean;
}

@CommandHandler(RaiseObjection)
export class RaiseObjectionHandler implements ICommandHandler<RaiseObjection> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly calendars: Calendars,
    private readonly rules: RuleRecords,
  ) {}

  execute({ resultId, objection }: RaiseObjection) {
    return this.db.transaction(async (tx) => {
      const before = await ownResult(tx, resultId);
      await lockSession(tx, before.sessionId);
      const { sessionId, organisationId, cityCode, state, releasedAt, open } = await ownResult(tx, resultId);
      const [today, window] = [this.clock.today(), await this.window(tx)];
      const until = lastDayOf(window.calendar, shanghaiDay(new Date(releasedAt)), window.open);
      refuseIf(reasonsNotToRaise({ state, open, today, until }));

      const [objectionId, dueOn] = [randomUUID(), lastDayOf(window.calendar, today, window.answer)];
      await sql(tx, insert, [
        ...[objectionId, resultId, sessionId, organisationId, cityCode, actor().personId],
        ...[objection.kind, objection.reason, actor().accountId, this.clock.now(), dueOn],
      ]);
      await sql(tx, 'update result set held = true where id = $1', [resultId]);
      announce(tx, ResultHoldChanged, { sessionId, organisationId, resultId, held: true, changedOn: today });
      await this.audit.note({
        subject: `objection:${objectionId}`,
        detail: { sessionId, resultId, kind: objection.kind },
      });
      return { objectionId, dueOn };
    });
  }

  /** 省厅设定: how long objections are taken, and how long their answer may take. Without a setting neither ends. */
  private async window(tx: EntityManager) {
    const day = this.clock.today();
    return {
      calendar: await this.calendars.load(tx),
      open: await settingOn<Days>(this.rules, tx, 'objection-window', day),
      answer: await settingOn<Days>(this.rules, tx, 'objection-answer', day),
    };
  }
}

async function ownResult(tx: EntityManager, resultId: string): Promise<Own> {
  const own = await row<Own>(
    tx,
    `select r.session_id as "sessionId", r.organisation_id as "organisationId", r.city_code as "cityCode", r.state,
       r.released_at as "releasedAt",
       exists (select from objection as o where o.result_id = r.id and o.state = 'open') as open
     from result as r where r.id = $1 and r.person_id = $2 and r.state <> 'recorded'`,
    [resultId, actor().personId ?? null],
  );
  if (!own) throw new Missing();
  return own;
}

const insert = `
  insert into objection (id, result_id, session_id, organisation_id, city_code, person_id, kind, reason, raised_by, raised_at,
    due_on, state)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'open')`;
