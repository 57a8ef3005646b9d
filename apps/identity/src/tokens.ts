import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { type Claims, CONFIG, type Config, instantOf, requireKey, tokenMaker } from '@shuzheng/platform';
import { createHmac, hkdfSync, randomBytes } from 'node:crypto';

export interface AccessToken {
  readonly accessToken: string;
  readonly expiresAt: string;
}

/** Makes everything that proves who somebody is. The only reader of the token key. */
@Injectable()
export class Tokens implements OnModuleInit {
  private make!: Awaited<ReturnType<typeof tokenMaker>>;
  private clientKey!: Buffer;
  private codeKey!: Buffer;

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  async onModuleInit() {
    const key = requireKey(this.config, 'token.key');
    this.make = await tokenMaker(key);
    this.clientKey = Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), 'shuzheng client secrets', 32));
    this.codeKey = Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), 'shuzheng one-time codes', 32));
  }

  async access(claims: Claims): Promise<AccessToken> {
    const seconds = this.config.accessTokenSeconds;
    const expiresAt = instantOf(new Date(Date.now() + seconds * 1000));
    return { accessToken: await this.make(claims, seconds), expiresAt };
  }

  refresh() {
    return randomBytes(32).toString('base64url');
  }

  /** The nth secret of a client. It is worked out again rather than stored, so a repeated request can be answered. */
  clientSecret(clientId: string, number: number) {
    return createHmac('sha256', this.clientKey).update(`${clientId}|${number}`).digest('base64url');
  }

  /** The one-time code of an invitation or a reset, to be read out or typed: 120 bits, worked out again rather than stored. */
  code(purpose: 'invitation' | 'reset', id: string) {
    const bytes = createHmac('sha256', this.codeKey).update(`${purpose}|${id}`).digest();
    const letters = [...bytes.subarray(0, 24)].map((byte) => alphabet[byte % 32]).join('');
    return (letters.match(/.{4}/g) ?? []).join('-');
  }
}

/** Without letters that are read as others. */
const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** A one-time code as it was made, whatever blanks and hyphens people put in or leave out. */
export const codeAsMade = (typed: string) =>
  (
    typed
      .toUpperCase()
      .replace(/[^0-9A-Z]/g, '')
      .match(/.{1,4}/g) ?? []
  ).join('-');
