import pg from 'pg';
import { DataSource } from 'typeorm';
import { instantOf } from './clock.js';
import type { Config } from './config.js';
import { rolePassword } from './roles.js';

const DATE = 1082;
const TIMESTAMPTZ = 1184;
const NUMERIC = 1700;

/** Days stay days, instants are written with the offset of Asia/Shanghai, and marks are numbers. */
const types = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (format !== 'binary') {
      if (oid === DATE) return (text: string) => text;
      if (oid === TIMESTAMPTZ) return (text: string) => (text.includes('infinity') ? text : instantOf(new Date(text)));
      if (oid === NUMERIC) return Number;
    }
    return pg.types.getTypeParser(oid, format) as (text: string) => unknown;
  },
};

/** The pool of one service, under its own role and in its own schema. */
export async function openDataSource(name: string, config: Config): Promise<DataSource> {
  const url = new URL(config.databaseUrl);
  if (!url.username) {
    url.username = name;
    url.password = rolePassword(config.databaseSecret ?? '', name);
  }
  const source = new DataSource({
    type: 'postgres',
    url: url.href,
    schema: name,
    poolSize: config.poolSize,
    applicationName: `shuzheng ${name}`,
    connectTimeoutMS: 10_000,
    logging: false,
    poolErrorHandler: () => {},
    extra: {
      types,
      // What belongs together goes to the database in one journey.
      pipeline: true,
      options: `-c search_path=${name} -c statement_timeout=30s -c lock_timeout=10s -c idle_in_transaction_session_timeout=60s`,
    },
  });
  await source.initialize();
  const { master } = source.driver as unknown as { master: pg.Pool };
  master.on('acquire', hearErrors);
  return source;
}

const heard = new WeakSet<object>();

/**
 * A connection that is cut between two statements says so to whoever listens; if that is nobody, the process ends.
 * Whoever uses it learns of it from the next statement, and the pool from its return.
 */
function hearErrors(client: pg.PoolClient) {
  if (heard.has(client)) return;
  heard.add(client);
  client.on('error', () => {});
}
