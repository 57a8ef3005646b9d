import { Injectable } from '@nestjs/common';
import { Audit, Database, Missing, NotSignedIn, sql } from '@shuzheng/platform';
import { type Origin, recordSignIn } from './data/sign-ins.js';
import { loginNameOf } from './domain/passwords.js';
import { Passwords } from './passwords.js';
import { Settings } from './settings.js';

/** Checks a name and a password. Whatever is wrong, the answer is the same and takes as long. */
@Injectable()
export class SigningIn {
  constructor(
    private readonly db: Database,
    private readonly passwords: Passwords,
    private readonly settings: Settings,
    private readonly audit: Audit,
  ) {}

  /** The account whose password this is. Whether it is locked is asked when its session opens, under its lock. */
  async accountOf(loginName: string, password: string, origin: Origin): Promise<string> {
    const [known] = await this.db.read<{ accountId: string; hash: string }>(
      'select account_id as "accountId", password_hash as hash from credentials($1)',
      [loginNameOf(loginName)],
    );
    if ((await this.passwords.matches(known?.hash, password)) && known) return known.accountId;
    await this.failed(known?.accountId, origin);
    throw new NotSignedIn('sign-in-failed');
  }

  /** Asked again of somebody who is signed in. Wrong answers count as failed sign-ins, and a lock holds here, too. */
  async isPasswordOf(accountId: string, password: string, origin: Origin): Promise<boolean> {
    const [known] = await this.db.read<{ hash: string; locked: boolean }>(
      `select password_hash as hash, coalesce(locked_until, '-infinity') > clock_timestamp() as locked
       from account where id = $1`,
      [accountId],
    );
    // A program is signed in, too, and has no password.
    if (!known) throw new Missing();
    const right = await this.passwords.matches(known.locked ? undefined : known.hash, password);
    if (!right) await this.failed(accountId, origin);
    return right;
  }

  /** Committed although the answer is a refusal; a wrong name costs the same transaction as a wrong password. */
  private failed(accountId: string | undefined, origin: Origin) {
    return this.db.transaction(async (tx) => {
      await this.audit.note({
        subject: accountId ? `account:${accountId}` : 'account:unknown',
        detail: { outcome: 'failed' },
      });
      await sql(tx, 'select sign_in_failed($1)', [accountId ?? null]);
      await recordSignIn(tx, this.settings, { accountId, outcome: 'failed', method: 'password', origin });
    });
  }
}
