import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes, randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Reach } from '../actor.js';
import { sha256 } from '../canonical.js';
import { Database } from '../database.js';
import { XLSX } from '../http/adapter.js';
import type { FileUnreadable } from '../problem.js';
import { Seal } from '../sealing.js';
import { ServiceUnderTest } from '../testing/index.js';
import { sample } from '../testing/sample-service.js';
import { Files } from './files.js';
import { FolderStore } from './folder-store.js';

const folder = mkdtempSync(join(tmpdir(), 'shuzheng-files-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const plain = new FolderStore(folder);
const onDisk = () => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
const pathOf = (digest: string) => join(folder, digest.slice(0, 2), digest);
afterEach(() => onDisk().forEach(({ parentPath, name }) => rmSync(join(parentPath, name))));

describe('a folder of files', () => {
  it('gives back the bytes that were put in, and keeps the same bytes once', async () => {
    const bytes = randomBytes(100_000);

    const digests = await Promise.all(Array.from({ length: 20 }, () => plain.put(Buffer.from(bytes))));

    expect(new Set(digests)).toEqual(new Set([sha256(bytes)]));
    expect(onDisk().length).toBe(1);
    expect(await plain.get(digests[0] ?? '')).toEqual(bytes);
    expect(statSync(pathOf(sha256(bytes))).mode & 0o777).toBe(0o600);
  });

  it('never shows a file that is only half there', async () => {
    const bytes = randomBytes(8 * 1024 * 1024);
    const digest = sha256(bytes);
    let written = false;
    const writing = plain.put(bytes).then(() => (written = true));

    let looks = 0;
    while (!written) {
      const found = await plain.get(digest).catch((error: FileUnreadable) => error.code);
      expect(found === 'FILE_MISSING' || (Buffer.isBuffer(found) && found.length === bytes.length)).toBe(true);
      looks += 1;
    }
    await writing;
    expect(looks).toBeGreaterThan(1);
  });

  it('does not give out what is not what its digest says, and mends it when it is put in again', async () => {
    const bytes = Buffer.from('the roster');
    const digest = await plain.put(bytes);
    writeFileSync(pathOf(digest), 'the raster');

    await expect(plain.get(digest)).rejects.toThrow('is not what its digest says');
    await plain.put(bytes);
    expect(await plain.get(digest)).toEqual(bytes);
  });

  it('leaves nothing behind where it could not write', async () => {
    const bytes = Buffer.from('no room');
    await plain.put(bytes);
    const shelf = join(folder, sha256(bytes).slice(0, 2));
    rmSync(pathOf(sha256(bytes)));
    writeFileSync(join(shelf, 'kept'), '');
    chmodSync(shelf, 0o500);
    // Whoever is root may write anyway.
    if (process.getuid?.() !== 0) await expect(plain.put(bytes)).rejects.toThrow();
    chmodSync(shelf, 0o700);

    expect(onDisk().filter(({ name }) => name.includes('.'))).toEqual([]);
  });

  it.each(['', '../../etc/passwd', 'A'.repeat(64), `${'a'.repeat(63)}/`])('knows no file called %j', async (name) => {
    await expect(plain.get(name)).rejects.toThrow('not a digest');
  });

  it('with a seal keeps nothing on the disk that others can read', async () => {
    const [own, other] = [new Seal(randomBytes(32)), new Seal(randomBytes(32))];
    const bytes = Buffer.from('王小明 370102199003071234');
    const digest = await new FolderStore(folder, own).put(bytes);

    expect(readFileSync(pathOf(digest)).includes(bytes)).toBe(false);
    expect(await new FolderStore(folder, own).get(digest)).toEqual(bytes);
    await expect(new FolderStore(folder, other).get(digest)).rejects.toThrow();
  });
});

describe('a file that is kept', () => {
  const service = new ServiceUnderTest(sample);
  beforeAll(() => service.start());
  afterAll(() => service.stop());
  const organisationId = randomUUID();

  const keep = (bytes: Buffer, note: { mediaType: string; checked?: boolean }) =>
    service.acting({ reach: 'organisation', organisationId, permissions: [] }, () =>
      service.get(Database).transaction((tx) => service.get(Files).keep(tx, bytes, { ...note, purpose: 'evidence' })),
    );

  it('is remembered with whose it is, and read by its digest', async () => {
    const bytes = Buffer.from('%PDF-1.7 evidence');

    const { fileId, sha256: digest } = await keep(bytes, { mediaType: 'application/pdf', checked: true });

    expect(
      await service.query('select sha256, bytes, media_type, organisation_id from file where id = $1', [fileId]),
    ).toEqual([
      { sha256: digest, bytes: String(bytes.length), media_type: 'application/pdf', organisation_id: organisationId },
    ]);
    expect(await service.get(Files).read(digest)).toEqual(bytes);
  });

  it('is on the list of whose it is and of the province, and on nobody else’s', async () => {
    const bureau = { reach: 'city', organisationId: randomUUID(), cityCode: '370100' } as const;
    const { fileId } = await service.acting({ ...bureau, permissions: [] }, () =>
      service
        .get(Database)
        .transaction((tx) =>
          service.get(Files).keep(tx, Buffer.from('patrol'), { mediaType: 'image/png', purpose: 'evidence' }),
        ),
    );
    const seen = (who: { reach: Reach; organisationId?: string; cityCode?: string }) =>
      service.acting({ ...who, permissions: [] }, () =>
        service.get(Database).read('select 1 from file where id = $1', [fileId]),
      );
    const others: readonly Parameters<typeof seen>[0][] = [
      { reach: 'organisation', organisationId },
      { reach: 'organisation' },
      { reach: 'city', organisationId: randomUUID(), cityCode: '370100' },
      { reach: 'self' },
      { reach: 'public' },
    ];

    expect((await Promise.all([bureau, { reach: 'province' } as const].map(seen))).flat()).toHaveLength(2);
    expect((await Promise.all(others.map(seen))).flat()).toEqual([]);
  });

  it.each([
    ['application/pdf', 'GIF89a'],
    ['image/png', '\xff\xd8\xff'],
    ['image/jpeg', '\x89PNG\r\n\x1a\n'],
    [XLSX, 'PK\x03\x04 word/document.xml'],
    [XLSX, '<html>xl/'],
    ['text/html', '<html>'],
    ['application/pdf', ''],
  ])('as %s is refused when its content is %j, where that is asked', async (mediaType, text) => {
    const bytes = Buffer.from(text, 'latin1');

    await expect(keep(bytes, { mediaType, checked: true })).rejects.toMatchObject({
      reasons: ['file-content-differs'],
    });
    await expect(keep(bytes, { mediaType })).resolves.toMatchObject({ sha256: sha256(bytes) });
  });

  it.each([
    ['image/png', '\x89PNG\r\n\x1a\n'],
    ['image/jpeg', '\xff\xd8\xff\xe0'],
    [XLSX, 'PK\x03\x04 xl/workbook.xml'],
  ])('as %s is taken when it begins like one', async (mediaType, text) => {
    await expect(keep(Buffer.from(text, 'latin1'), { mediaType, checked: true })).resolves.toBeDefined();
  });
});
