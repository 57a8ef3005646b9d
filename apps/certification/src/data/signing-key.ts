import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { SigningKeyPublished } from '@shuzheng/contracts';
import { Pkcs11Fault, pkcs11Signer, fileSigner, type Signer, SignerAway } from '@shuzheng/credentials';
import {
  announce,
  BadConfiguration,
  Clock,
  type Config,
  CONFIG,
  othersRead,
  sql,
  Unavailable,
} from '@shuzheng/platform';
import { join } from 'node:path';
import type { EntityManager } from 'typeorm';

/** The key certificates are signed with, and its public half for everybody. */
@Injectable()
export class SigningKey implements OnModuleDestroy {
  readonly signer: Signer & { close?(): void };

  constructor(
    @Inject(CONFIG) config: Config,
    private readonly clock: Clock,
  ) {
    this.signer = signerOf(config);
  }

  onModuleDestroy() {
    this.signer.close?.();
  }

  /** Refuses what would have to be signed while the key cannot be reached: later it may well succeed. */
  async requireAtHand() {
    const code = await this.signer.away();
    if (code) throw new Unavailable(code);
  }

  async sign(bytes: Uint8Array) {
    try {
      return await this.signer.sign(bytes);
    } catch (error) {
      throw error instanceof SignerAway ? new Unavailable(error.code) : error;
    }
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

/** A key in a module where one is named; a key in a file is for a laptop and for tests. */
export function signerOf({ keys, profile, issuer }: Pick<Config, 'keys' | 'profile' | 'issuer'>) {
  if (issuer) return inModule(issuer, profile);
  if (profile === 'production') {
    throw new BadConfiguration(
      'ISSUER_PKCS11_MODULE',
      'name the module that holds the signing key: issuer.key is a file, and a file can be copied',
    );
  }
  return fileSigner(join(keys, 'issuer.key'));
}

const variableOf = {
  module: 'ISSUER_PKCS11_MODULE',
  token: 'ISSUER_PKCS11_TOKEN',
  key: 'ISSUER_PKCS11_KEY',
  pinFile: 'ISSUER_PKCS11_PIN_FILE',
} as const;

function inModule(issuer: NonNullable<Config['issuer']>, profile: Config['profile']) {
  const keptInside = profile === 'production';
  if (keptInside && othersRead(issuer.pinFile))
    throw new BadConfiguration(variableOf.pinFile, 'the file can be read by others: chmod 600 it');
  try {
    return pkcs11Signer({ ...issuer, keptInside });
  } catch (error) {
    throw error instanceof Pkcs11Fault ? new BadConfiguration(variableOf[error.setting], error.message) : error;
  }
}
