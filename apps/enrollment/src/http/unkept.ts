import { Injectable } from '@nestjs/common';
import { Command } from '@nestjs/cqrs';
import { Commands, Database } from '@shuzheng/platform';

/** Carries out commands whose answers must be stored nowhere, not even beside a key that the caller sent along. */
@Injectable()
export class Unkept {
  constructor(
    private readonly commands: Commands,
    private readonly db: Database,
  ) {}

  execute<R>(command: Command<R>): Promise<R> {
    return this.db.transaction(() => this.commands.execute(command));
  }
}
