import { Command, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Int, SealedText, Text, Uuid } from '@shuzheng/contracts';
import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { actor } from '../actor.js';
import { Clock } from '../clock.js';
import { Database, row, sql } from '../database.js';
import { requireVersion } from '../http/asking.js';
import { announce } from '../messaging/event-log.js';
import { Personal } from '../personal.js';
import { Missing, refuseIf } from '../problem.js';
import { broken } from '../rules.js';
import { Audit } from '../work/audit.js';
import { schedule } from '../work/timers.js';

/** A note was taken: what the sample service announces. */
export class NoteTaken {
  static readonly type = 'oversight.note-taken.v1';
  static readonly aggregate = 'noteId';

  @Uuid() readonly noteId!: string;
  @SealedText({ nullable: true }) readonly holderName!: string | null;
}

export class NoteReceipt {
  @Uuid() readonly noteId!: string;
}

/** Take a note, and be reminded of it when `remindInMinutes` have passed. */
export class TakeNote extends Command<NoteReceipt> {
  @Text(1, 200) readonly words!: string;
  @Int(0, 1000, { optional: true, nullable: true }) readonly rank?: number | null;
  @SealedText({ optional: true }) readonly holderName?: string;
  @Int(1, 1000, { optional: true }) readonly remindInMinutes?: number;
}

const rules = {
  'note-rude': ({ words }: TakeNote) => words.includes('rude'),
  'note-loud': ({ words }: TakeNote) => words.endsWith('!'),
};

@CommandHandler(TakeNote)
export class TakeNoteHandler implements ICommandHandler<TakeNote> {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly personal: Personal,
  ) {}

  execute(command: TakeNote) {
    return this.db.transaction(async (tx) => {
      refuseIf(broken(rules, command));

      const noteId = randomUUID();
      await this.insert(tx, noteId, command);
      const { holderName = null, remindInMinutes } = command;
      if (remindInMinutes !== undefined) {
        const at = new Date(this.clock.now().getTime() + remindInMinutes * 60_000);
        await schedule(tx, 'remind', noteId, at, { noteId });
      }
      announce(tx, NoteTaken, { noteId, holderName });
      await this.audit.note({ subject: `note:${noteId}`, detail: { named: holderName !== null } });
      return { noteId };
    });
  }

  private insert(tx: EntityManager, id: string, { words, rank = null, holderName }: TakeNote) {
    return sql(
      tx,
      `insert into note (id, organisation_id, city_code, words, rank, holder_name_sealed, holder_name_index)
       values ($1, $2, '370100', $3, $4, $5, $6)`,
      [
        id,
        actor().organisationId ?? null,
        words,
        rank,
        holderName === undefined ? null : this.personal.seal('note', 'holder_name', id, holderName),
        holderName === undefined ? null : this.personal.nameIndex(holderName),
      ],
    );
  }
}

/** Change what a note says; without words it stays as it is. */
export class AmendNote extends Command<void> {
  readonly id!: string;
  readonly words!: string;
}

@CommandHandler(AmendNote)
export class AmendNoteHandler implements ICommandHandler<AmendNote> {
  constructor(private readonly db: Database) {}

  execute({ id, words }: AmendNote) {
    return this.db.transaction(async (tx) => {
      const note = await row<{ version: number }>(tx, 'select version from note where id = $1 for update', [id]);
      if (!note) throw new Missing();
      requireVersion(note.version);
      await sql(tx, 'update note set words = $2, version = version + 1 where id = $1', [id, words]);
    });
  }
}
