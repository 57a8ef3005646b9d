import { Injectable } from '@nestjs/common';
import { SessionOpened } from '@shuzheng/contracts';
import { announce, row, sql, type TimerHandler } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import type { SessionState } from '../domain/states.js';

/** A planned session opens on its day, unless it was cancelled before. */
@Injectable()
export class OpenSessionTimer implements TimerHandler {
  readonly kind = 'open-session';

  async run(payload: object, tx: EntityManager) {
    const { sessionId } = payload as { readonly sessionId: string };
    const session = await row<Planned>(tx, planned, [sessionId]);
    if (session?.state !== 'planned') return;
    await sql(tx, `update session set state = 'open' where id = $1`, [sessionId]);
    const { planId, organisationId, cityCode, theoryOn, abilityOn, ...rest } = session;
    const { occupationCode, edition, level, direction } = rest;
    const subject = { occupationCode, edition, level, direction };
    announce(tx, SessionOpened, { sessionId, planId, organisationId, cityCode, subject, theoryOn, abilityOn });
  }
}

interface Planned {
  readonly state: SessionState;
  readonly planId: string;
  readonly organisationId: string;
  readonly cityCode: string;
  readonly occupationCode: string;
  readonly edition: string;
  readonly level: string;
  readonly direction: string;
  readonly theoryOn: string;
  readonly abilityOn: string;
}

const planned = `
  select state, plan_id as "planId", organisation_id as "organisationId", city_code as "cityCode",
    occupation_code as "occupationCode", edition, level, direction, theory_on as "theoryOn", ability_on as "abilityOn"
  from session where id = $1 for no key update`;
