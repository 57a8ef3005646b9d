import { afterAll, expect, it } from '@jest/globals';
import pg from 'pg';
import { travelled } from '../journeys/journey.js';
import { remove, Started, temporaryFolder } from '../process.js';
import { Registry } from '../registry.js';
import { plantInFiles, plantInPostgres, temporaryPlace } from './canary.js';
import { CANARY, canary, needles } from './leaks.js';
import { exports, personalCommands } from './personal-commands.js';
import { formsOf, scanBytes, scanFolder, whereOf } from './scanner.js';
import { worldOf } from './started-world.js';

const folder = temporaryFolder('leaks');
afterAll(() => remove(folder));

it('finds a value in every form it could take, wherever it begins', () => {
  for (const padding of ['', 'x', 'xy']) {
    const inside = Buffer.from(`${padding}${CANARY} tail`);
    const utf16 = Buffer.from(inside.toString(), 'utf16le');
    const coded = [inside.toString('base64'), inside.toString('base64url'), inside.toString('hex')].map((text) =>
      Buffer.from(text),
    );
    for (const bytes of [inside, utf16, Buffer.from(utf16).swap16(), ...coded])
      expect(scanBytes('a file', bytes, [canary])).not.toEqual([]);
  }
  const name = Buffer.from(encodeURIComponent('阿依努尔·买买提').toLowerCase());
  expect(scanBytes('a file', name, [{ what: 'name', text: '阿依努尔·买买提' }])).not.toEqual([]);
  expect(formsOf('阿依努尔·买买提').map(([form]) => form)).toContain('json-ascii');
});

it('answers nothing that names a person, shows a number or a phone, in a whole journey and what follows', async () => {
  const registry = new Registry();
  await registry.start();
  const answers: string[] = [];
  const ask = globalThis.fetch;
  globalThis.fetch = async (...question) => {
    const answer = await ask(...question);
    if (/json|csv|text/.test(answer.headers.get('content-type') ?? ''))
      answers.push(`${answer.url} ${await answer.clone().text()}`);
    return answer;
  };
  const stored: string[] = [];
  try {
    const { world } = await travelled(registry.url, registry);
    expect(await personalCommands(world)).toEqual([422, 422]);
    const files = (await exports(world)).filter(({ where }) => where.startsWith('export'));
    // A file with its head alone would prove nothing.
    expect(files.filter(({ bytes }) => bytes.toString().split('\n').length < 3).map(({ where }) => where)).toEqual([]);
    stored.push(...(await everyRow(registry.adminUrl)));
  } finally {
    globalThis.fetch = ask;
    await registry.stop();
  }
  const wanted = await needles();

  expect(answers.length).toBeGreaterThan(200);
  expect(scanBytes('answers', Buffer.from(answers.join('\n')), wanted)).toEqual([]);
  expect(stored.length).toBeGreaterThan(1000);
  expect(scanBytes('rows', Buffer.from(stored.join('\n')), wanted)).toEqual([]);
}, 180_000);

it('leaves no name, number or phone in tables, WAL, files or logs of a whole journey, and the scanner finds its canaries', async () => {
  const TMPDIR = temporaryPlace(folder);
  const started = new Started({ folder, env: { SHUZHENG_LOG: 'trace', TMPDIR } });
  await started.arrived();
  expect(await personalCommands(worldOf(folder, await started.url()))).toEqual([422, 422]);
  await plantInPostgres(folder);
  plantInFiles(TMPDIR);
  await started.stop();
  const wanted = [...(await needles()), canary];

  const found = scanFolder(folder, wanted);

  expect(found.filter(({ what }) => what !== 'canary')).toEqual([]);
  expect(scanBytes('logs', Buffer.from(started.output), wanted)).toEqual([]);
  expect(whereOf(found).sort()).toEqual(['heap', 'postgres.log', 'tmp', 'wal']);
}, 240_000);

/** Every row of every table as text: long values are compressed in PostgreSQL's files, where nobody would find them. */
async function everyRow(adminUrl: string) {
  const client = new pg.Client(adminUrl);
  await client.connect();
  const tables = await client.query<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
  );
  const rows: string[] = [];
  for (const { name } of tables.rows) {
    const found = await client.query<{ row: string }>(`select t::text as row from ${name} as t`);
    rows.push(...found.rows.map(({ row }) => `${name} ${row}`));
  }
  await client.end();
  return rows;
}
