import type { Database } from '@shuzheng/platform';

/** The passwords of the demonstration's accounts are printed on its landing page: a real registry must not have them. */
export async function refuseDemoAccounts(db: Database): Promise<string | undefined> {
  const [found] = await db.read(
    `select 1 from account where login_name like 'demo-%' and withdrawn_at is null limit 1`,
  );
  return found
    ? 'demonstration accounts (demo-…) exist in this database: start a real registry on an empty one, or withdraw them'
    : undefined;
}
