import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config, requireKey, sha256 } from '@shuzheng/platform';
import { createHmac } from 'node:crypto';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const LENGTH = 8;

/** The one-time codes with which learners open their accounts. They are made from the key each time and stored nowhere. */
@Injectable()
export class ActivationCodes {
  private readonly key: Buffer;

  constructor(@Inject(CONFIG) config: Config) {
    this.key = requireKey(config, 'code.key');
  }

  /** Eight characters of base32. */
  of(enrolmentId: string): string {
    const bits = createHmac('sha256', this.key).update(`activation|${enrolmentId}`).digest();
    return Array.from(bits.subarray(0, LENGTH), (byte) => alphabet[byte % alphabet.length]).join('');
  }

  /** All that anybody else is told of it. */
  digestOf(enrolmentId: string): string {
    return sha256(this.of(enrolmentId));
  }
}
