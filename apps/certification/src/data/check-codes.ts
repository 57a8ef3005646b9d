import { Inject, Injectable } from '@nestjs/common';
import { checkCodeFor, sha256Hex } from '@shuzheng/credentials';
import { type Config, CONFIG, requireKey } from '@shuzheng/platform';
import { createSecretKey, type KeyObject } from 'node:crypto';

/** The four characters printed beside a registry number. */
@Injectable()
export class CheckCodes {
  private readonly key: KeyObject;
  private readonly publicUrl: string;

  constructor(@Inject(CONFIG) config: Config) {
    this.key = createSecretKey(requireKey(config, 'code.key'));
    this.publicUrl = config.publicUrl;
  }

  of(registryNumber: string) {
    return checkCodeFor(this.key, registryNumber);
  }

  /** What verification compares a typed code with, without holding the key. */
  digestOf(registryNumber: string) {
    return sha256Hex(`${registryNumber}|${this.of(registryNumber)}`);
  }

  /** What the QR code points at. */
  urlOf(registryNumber: string) {
    return `${this.publicUrl}/verify/${registryNumber}?code=${this.of(registryNumber)}`;
  }
}
