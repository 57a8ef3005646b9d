import { Kafka, logLevel } from 'kafkajs';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { adminUrlOf, portOf } from '../process.js';
import { CANARY } from './leaks.js';

/** What would be found if somebody forgot to seal: a row, its write-ahead log, a statement in PostgreSQL's own log. */
export async function plantInPostgres(folder: string) {
  const client = new pg.Client(adminUrlOf(folder));
  await client.connect();
  await client.query('create table public.planted (text text)');
  await client.query('insert into public.planted values ($1)', [CANARY]);
  await client.query(`select '${CANARY}!'::int`).catch(() => undefined);
  await client.query('checkpoint');
  await client.end();
}

/** An event that somebody forgot to seal, in a topic of its own. */
export async function plantInKafka(folder: string) {
  const kafka = new Kafka({ brokers: [`127.0.0.1:${portOf(folder, 'kafka')}`], logLevel: logLevel.NOTHING });
  const producer = kafka.producer();
  const admin = kafka.admin();
  await Promise.all([producer.connect(), admin.connect()]);
  await admin.createTopics({ topics: [{ topic: 'planted' }] });
  await producer.send({ topic: 'planted', messages: [{ value: JSON.stringify({ documentNumber: CANARY }) }] });
  await Promise.all([producer.disconnect(), admin.disconnect()]);
}

/** A folder for temporary files that is looked through, too, and one such file in a form that hides it. */
export function plantInFiles(temporary: string) {
  writeFileSync(join(temporary, 'planted'), Buffer.from(`…${CANARY}…`).toString('base64'));
}

export function temporaryPlace(folder: string) {
  const place = join(folder, 'tmp');
  mkdirSync(place, { mode: 0o777, recursive: true });
  return place;
}
