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

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  async onModuleInit() {
    const key = requireKey(this.config, 'token.key');
    this.make = await tokenMaker(key);
    this.clientKey = Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), 'shuzheng client secrets', 32));
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
}
