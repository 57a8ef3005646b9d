import { Injectable } from '@nestjs/common';
import type { TimerHandler } from '@shuzheng/platform';
import type { EntityManager } from 'typeorm';
import { SigningKey } from '../data/signing-key.js';

/** Says once, after the first start, which key certificates are signed with. */
@Injectable()
export class PublishSigningKey implements TimerHandler {
  readonly kind = 'publish-signing-key';

  constructor(private readonly key: SigningKey) {}

  run(_payload: object, tx: EntityManager) {
    return this.key.publish(tx);
  }
}
