import { Injectable } from '@nestjs/common';
import { CommandBus, type Command } from '@nestjs/cqrs';
import { crashPoint } from '../crash.js';
import { Database } from '../database.js';
import { asking } from '../http/asking.js';
import { Audit } from './audit.js';
import { Gate, once, scopeOf, WAIT_MS } from './idempotency.js';

/**
 * The only way from a route to a command. It opens the transaction in which the command's effect, its events, its
 * audit row and the record of its key commit together.
 */
@Injectable()
export class Commands {
  private readonly gate = new Gate();

  constructor(
    private readonly bus: CommandBus,
    private readonly db: Database,
    private readonly audit: Audit,
  ) {}

  /** Carries the command out, or answers what it answered before under the same key. */
  async execute<R>(command: Command<R>): Promise<R> {
    if (this.db.joined) return this.bus.execute(command);
    const request = asking();
    if (!request?.key) return this.inTransaction(() => this.bus.execute(command));
    return this.gate
      .pass(`${scopeOf(request)}|${request.key}`, () =>
        this.db.transaction(
          (tx) =>
            once(tx, request, async () => {
              await this.audit.note({ operation: request.operation });
              const answer = await this.bus.execute(command);
              crashPoint('command-before-commit');
              return answer;
            }),
          { waitMs: WAIT_MS },
        ),
      )
      .finally(() => crashPoint('after-commit'));
  }

  private inTransaction<R>(work: () => Promise<R>) {
    return this.db.transaction(async () => {
      await this.audit.note({ operation: asking()?.operation ?? 'unknown' });
      return work();
    });
  }
}
