import { Injectable } from '@nestjs/common';
import { Personal, row, rows, sha256, sql } from '@shuzheng/platform';
import { randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import type { EntityManager } from 'typeorm';
import { codeAsMade } from './tokens.js';

const STEP_SECONDS = 30;
const RECOVERY_CODES = 10;

interface Factor extends Record<string, unknown> {
  readonly sealed: string;
  readonly lastStep: number | null;
  readonly confirmed: boolean;
}

/** One-time passwords by time (RFC 6238) and the codes that replace a lost device. */
@Injectable()
export class SecondFactors {
  constructor(private readonly personal: Personal) {}

  newSecret() {
    return new Secret({ size: 20 }).base32;
  }

  /** What an authenticator app scans. It holds the secret, so it is shown once and stored nowhere. */
  uri(secret: string, label: string) {
    return totp(secret, label).toString();
  }

  newRecoveryCodes(): string[] {
    return Array.from({ length: RECOVERY_CODES }, () =>
      (randomBytes(10).toString('hex').toUpperCase().match(/.{4}/g) ?? []).join('-'),
    );
  }

  sealed(accountId: string, secret: string) {
    return this.personal.seal('second_factor', 'secret_sealed', accountId, secret);
  }

  /** The factor of an account, locked; undefined where there is none. */
  async of(tx: EntityManager, accountId: string) {
    return row<Factor>(
      tx,
      `select secret_sealed as sealed, last_step::int as "lastStep", confirmed_at is not null as confirmed
       from second_factor where account_id = $1 for update`,
      [accountId],
    );
  }

  /** Is this the code of now (or just before or after), shown for the first time? Then it is spent. */
  async spend(tx: EntityManager, accountId: string, factor: Factor, code: string): Promise<boolean> {
    const token = code.replace(/\s/g, '');
    if (!/^\d{6}$/.test(token)) return factor.confirmed && this.spendRecoveryCode(tx, accountId, code);
    const secret = this.personal.open('second_factor', 'secret_sealed', accountId, factor.sealed);
    const now = Date.now();
    const delta = totp(secret, '').validate({ token, window: 1, timestamp: now });
    if (delta === null) return false;
    const step = Math.floor(now / 1000 / STEP_SECONDS) + delta;
    const spent = await rows(
      tx,
      'update second_factor set last_step = $2 where account_id = $1 and coalesce(last_step, -1) < $2 returning 1 as one',
      [accountId, step],
    );
    return spent.length === 1;
  }

  private async spendRecoveryCode(tx: EntityManager, accountId: string, code: string) {
    const spent = await rows(
      tx,
      `update recovery_code set used_at = clock_timestamp()
       where account_id = $1 and digest = $2 and used_at is null returning 1 as one`,
      [accountId, sha256(codeAsMade(code))],
    );
    return spent.length === 1;
  }

  async keepRecoveryCodes(tx: EntityManager, accountId: string, codes: readonly string[]) {
    await sql(tx, 'delete from recovery_code where account_id = $1', [accountId]);
    await sql(tx, 'insert into recovery_code (account_id, digest) select $1, unnest($2::text[])', [
      accountId,
      codes.map((code) => sha256(codeAsMade(code))),
    ]);
  }
}

const totp = (secret: string, label: string) =>
  new TOTP({
    issuer: '数证',
    label,
    algorithm: 'SHA1',
    digits: 6,
    period: STEP_SECONDS,
    secret: Secret.fromBase32(secret),
  });
