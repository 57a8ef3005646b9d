import { Injectable } from '@nestjs/common';
import type { TimerHandler } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import { ASSESS_SIGNALS } from '../data/signal-rounds.js';
import { Signals } from '../data/signals.js';

/** Looks at a batch again because a fact about it arrived. */
@Injectable()
export class AssessSignals implements TimerHandler {
  readonly kind = ASSESS_SIGNALS;

  constructor(private readonly signals: Signals) {}

  run(payload: object, tx: EntityManager) {
    return this.signals.assess(tx, (payload as { batchId: string }).batchId);
  }
}
