import { actingAs, system } from './actor.js';
import { BadConfiguration, type Config } from './config.js';
import { openDataSource } from './data-source.js';
import { codeOf, Database } from './database.js';
import { isOutage } from './messaging/faults.js';
import { checkSchema } from './migrate.js';
import { embeddedCluster } from './embedded/keepsake.js';
import type { Service } from './service.js';

/** The service's database, when it is there, has the schema this code was written for, and holds nothing it must not. */
export async function openDatabase(service: Service, config: Config): Promise<Database> {
  const db = new Database(await openDataSource(service.name, config).catch(explain(service.name)), service.name);
  try {
    await checkSchema(db, service);
    if (config.profile === 'production') await refuseInProduction(db, service);
    return db;
  } catch (error) {
    await db.close();
    throw error;
  }
}

/** Says in one line what is wrong with the way to the database. Its own messages could hold the password. */
const explain = (role: string) => (error: unknown) => {
  const code = codeOf(error);
  if (/^28/.test(code)) {
    throw new BadConfiguration(
      'DATABASE_URL',
      `the database does not let ${role} in: run the migration command with the same DATABASE_SECRET`,
    );
  }
  if (code === '3D000') throw new BadConfiguration('DATABASE_URL', 'there is no such database: create it');
  if (isOutage(error)) throw new BadConfiguration('DATABASE_URL', 'no database answers there: start it, or correct it');
  throw error;
};

async function refuseInProduction(db: Database, service: Service) {
  const { rows } = await db.query<{ name: string }>(`select current_setting('cluster_name') as name`);
  if (rows[0]?.name.startsWith(embeddedCluster)) {
    throw new BadConfiguration(
      'DATABASE_URL',
      'name a PostgreSQL server: the embedded database is for demonstration only',
    );
  }
  const refusal = await actingAs(system, () => service.refuseInProduction?.(db));
  if (refusal) throw new BadConfiguration('SHUZHENG_PROFILE', refusal);
}
