import { Injectable } from '@nestjs/common';
import { Clock, type TimerHandler } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import { ASSESS_OPEN_BATCHES, askForSignals } from '../data/signal-rounds.js';

/** A setting takes effect: whatever is undecided is looked at again. */
@Injectable()
export class AssessOpenBatches implements TimerHandler {
  readonly kind = ASSESS_OPEN_BATCHES;

  constructor(private readonly clock: Clock) {}

  run(_payload: object, tx: EntityManager) {
    return askForSignals(tx, this.clock.now(), 'true', []);
  }
}
