import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Code, Day, List, Uuid, Uuids } from '@shuzheng/contracts';
import { actor, Audit, Clock, Database, refuseIf, rows, sql } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import { lockOwnSession, type Session } from '../data/sessions.js';
import { faultOfInvitation } from '../domain/inviting.js';
import { firstPaperOn, type Subject } from '../domain/subject.js';

export class InvitedLearner {
  @Uuid() readonly personId!: string;
}
export class UninvitedLearner {
  @Uuid() readonly personId!: string;
  @Code() readonly rule!: string;
}
export class InvitationReceipt {
  @Day({ description: '请学员在此日前申报' }) readonly dueOn!: string;
  @List(() => InvitedLearner, 0, 500) readonly invited!: InvitedLearner[];
  @List(() => UninvitedLearner, 0, 500) readonly refused!: UninvitedLearner[];
}

export class Invitations {
  @Uuid({ optional: true, description: '邀请全班结业学员' }) readonly classId?: string;
  @Uuids(500, { optional: true, description: '或逐人邀请' }) readonly personIds?: string[];
  @Day({ optional: true, description: '请学员在此日前申报；不填则为首科考核日' }) readonly until?: string;
}

/** Ask learners to apply. It gives them no right and takes none: they see the session with the day. */
export class InviteLearners extends Command<InvitationReceipt> {
  constructor(
    readonly sessionId: string,
    readonly invitations: Invitations,
  ) {
    super();
  }
}

interface Found extends Subject {
  readonly personId: string;
  readonly classId: string;
  readonly state: string;
  readonly invited: boolean;
}

@CommandHandler(InviteLearners)
export class InviteLearnersHandler implements ICommandHandler<InviteLearners> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  execute({ sessionId, invitations: { classId, personIds = [], until } }: InviteLearners) {
    return this.db.transaction(async (tx) => {
      const session = await lockOwnSession(tx, sessionId);
      const dueOn = until ?? firstPaperOn(session);
      const found = await rows<Found>(tx, learners, [sessionId, classId ?? null, personIds]);
      refuseIf([
        ...(session.state === 'open' || session.state === 'planned' ? [] : ['session-not-open']),
        ...(dueOn > firstPaperOn(session) || dueOn < this.clock.today() ? ['invitation-day-wrong'] : []),
        ...(found.length === 0 && personIds.length === 0 ? ['nobody-to-invite'] : []),
      ]);

      const { invited, refused } = judge(session, found, personIds);
      await this.write(tx, session, invited, dueOn);
      await this.audit.note({
        subject: `session:${sessionId}`,
        detail: { invited: invited.length, refused: refused.length, dueOn },
      });
      return { dueOn, invited: invited.map(({ personId }) => ({ personId })), refused };
    });
  }

  private write(
    tx: EntityManager,
    { id, organisationId, cityCode }: Session,
    invited: readonly Found[],
    dueOn: string,
  ) {
    return sql(
      tx,
      `insert into session_invitation (session_id, person_id, class_id, organisation_id, city_code, due_on, invited_by, invited_at)
       select $1, person_id, class_id, $4, $5, $6, $7, $8 from unnest($2::uuid[], $3::uuid[]) as one (person_id, class_id)
       on conflict do nothing`,
      [
        ...[id, invited.map(({ personId }) => personId), invited.map(({ classId }) => classId)],
        ...[organisationId, cityCode, dueOn, actor().accountId, this.clock.now()],
      ],
    );
  }
}

function judge(session: Session, found: readonly Found[], personIds: readonly string[]) {
  const byPerson = new Map<string, Found>();
  for (const one of found) {
    // Whoever finished several classes is invited with the one of this subject.
    const fits = faultOfInvitation({ session, completion: one, ...one }) === undefined;
    if (fits || !byPerson.has(one.personId)) byPerson.set(one.personId, one);
  }
  const invited: Found[] = [];
  const refused: UninvitedLearner[] = [];
  for (const personId of new Set([...byPerson.keys(), ...personIds])) {
    const one = byPerson.get(personId);
    const { state = '', invited: before = false } = one ?? {};
    const rule = faultOfInvitation({ session, completion: one, state, invited: before });
    if (rule || !one) refused.push({ personId, rule: rule ?? 'person-unknown' });
    else invited.push(one);
  }
  return { invited, refused };
}

const learners = `
  select p.person_id as "personId", p.class_id as "classId", p.occupation_code as "occupationCode", p.edition, p.level,
    p.direction, p.state,
    exists (select from session_invitation as i where i.session_id = $1 and i.person_id = p.person_id) as invited
  from pipeline() as p where p.class_id = $2 or p.person_id = any($3::uuid[])`;
