import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Int, List, Prose, Uuid } from '@shuzheng/contracts';
import { actor, Audit, Clock, Database, refuseIf, row, rows, sha256, sql } from '@shuzheng/platform';
import { randomBytes } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { lockOwnSession, type Session } from '../data/sessions.js';
import { reasonsNotToSeat, seatsFor } from '../domain/seating.js';

export class SeatingReceipt {
  @Uuid() readonly sessionId!: string;
  @Int(1, 100000, { description: '第几次编排' }) readonly version!: number;
  @Int(0, 5000) readonly seated!: number;
}

export class ExamRoom {
  @Prose(1, 40, { description: '考场' }) readonly room!: string;
  @Int(1, 2000, { description: '席位' }) readonly seats!: number;
}

export class Seating {
  @List(() => ExamRoom, 1, 200, { optional: true, description: '考场；不填则全部在一个考场' })
  readonly rooms?: ExamRoom[];
}

/** 编排座位: everybody who may sit gets a seat by lot. The seed is kept, so that anybody may draw the same lots again. */
export class SeatCandidates extends Command<SeatingReceipt> {
  constructor(
    readonly sessionId: string,
    readonly seating: Seating,
  ) {
    super();
  }
}

interface Seated {
  readonly id: string;
  readonly personId: string;
  readonly admissionNumber: string;
}

@CommandHandler(SeatCandidates)
export class SeatCandidatesHandler implements ICommandHandler<SeatCandidates> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  execute({ sessionId, seating }: SeatCandidates) {
    return this.db.transaction(async (tx) => {
      const session = await lockOwnSession(tx, sessionId);
      const rooms = seating.rooms ?? [{ room: '1', seats: session.seats }];
      const candidates = await rows<Seated>(tx, qualified, [sessionId]);
      const undecided = (await row<{ n: number }>(tx, countUndecided, [sessionId]))?.n ?? 0;
      refuseIf(reasonsNotToSeat({ state: session.state, undecided, candidates: candidates.length, rooms }));

      const seed = randomBytes(16).toString('hex');
      const seats = seatsFor(candidates, rooms, ({ admissionNumber }) => sha256(`${seed}|${admissionNumber}`));
      const version = await this.write(tx, session, { seed, rooms: JSON.stringify(rooms), seated: seats.length });
      await sql(tx, 'delete from candidate_seat where session_id = $1', [sessionId]);
      await sql(tx, insertSeats, [
        ...[sessionId, session.organisationId, session.cityCode],
        seats.map(({ candidate }) => candidate.id),
        seats.map(({ candidate }) => candidate.personId),
        seats.map(({ room }) => room),
        seats.map(({ seat }) => seat),
      ]);
      await this.audit.note({ subject: `session:${sessionId}`, detail: { seated: seats.length, version, seed } });
      return { sessionId, version, seated: seats.length };
    });
  }

  private async write(
    tx: EntityManager,
    { id, organisationId, cityCode }: Session,
    { seed, rooms, seated }: { seed: string; rooms: string; seated: number },
  ) {
    const written = await row<{ version: number }>(
      tx,
      `insert into session_seating (session_id, organisation_id, city_code, seed, rooms, version, seated, made_by, made_at)
       values ($1, $2, $3, $4, $5, 1, $6, $7, $8)
       on conflict (session_id) do update set seed = excluded.seed, rooms = excluded.rooms, seated = excluded.seated,
         version = session_seating.version + 1, made_by = excluded.made_by, made_at = excluded.made_at
       returning version`,
      [id, organisationId, cityCode, seed, rooms, seated, actor().accountId, this.clock.now()],
    );
    return written?.version ?? 1;
  }
}

const qualified = `
  select id, person_id as "personId", admission_number as "admissionNumber" from application
  where session_id = $1 and state = 'qualified' order by admission_number`;

const countUndecided = `select count(*)::int as n from application where session_id = $1 and state = 'submitted'`;

const insertSeats = `
  insert into candidate_seat (session_id, organisation_id, city_code, application_id, person_id, room, seat)
  select $1, $2, $3, * from unnest($4::uuid[], $5::uuid[], $6::text[], $7::int[])`;
