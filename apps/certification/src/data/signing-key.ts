import { Inject, Injectable } from '@nestjs/common';
import { SigningKeyPublished } from '@shuzheng/contracts';
import { fileSigner, type Signer } from '@shuzheng/credentials';
import { announce, BadConfiguration, Clock, type Config, CONFIG, sql } from '@shuzheng/platform';
import { join } from 'node:path';
import type { EntityManager } from 'typeorm';

/** The key certificates are signed with, and its public half for everybody. */
@Injectable()
export class SigningKey {
  readonly signer: Signer;

  constructor(
    @Inject(CONFIG) config: Config,
    private readonly clock: Clock,
  ) {
    this.signer = signerOf(config);
  }

  /** Announces the public half, once for each key: before its first signature at the latest. */
  async publish(tx: EntityManager) {
    const { keyId, publicKey } = this.signer;
    const jwk = publicKey.export({ format: 'jwk' });
    const { rowCount } = await sql(
      tx,
      'insert into signing_key (key_id, public_key, valid_from) values ($1, $2, $3) on conflict (key_id) do nothing',
      [keyId, JSON.stringify(jwk), this.clock.now()],
    );
    if (rowCount) announce(tx, SigningKeyPublished, { keyId, publicKey: jwk, from: this.clock.instant() });
  }
}

/** A key in a file is for a laptop and for tests. */
export function signerOf({ keys, profile }: Pick<Config, 'keys' | 'profile'>): Signer {
  if (profile === 'production') {
    throw new BadConfiguration(
      'SHUZHENG_KEYS',
      'issuer.key is a file: a production registry signs with a key that cannot be copied (PKCS#11 or a key service)',
    );
  }
  return fileSigner(join(keys, 'issuer.key'));
}
