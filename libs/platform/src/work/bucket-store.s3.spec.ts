import type { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes, randomUUID } from 'node:crypto';
import type { BucketSettings } from '../bucket-settings.js';
import { sha256 } from '../canonical.js';
import { Database } from '../database.js';
import type { EmbeddedS3 } from '../embedded/index.js';
import { Unavailable } from '../problem.js';
import { Seal } from '../sealing.js';
import { ServiceUnderTest } from '../testing/index.js';
import { Proxy } from '../testing/proxy.js';
import { sample } from '../testing/sample-service.js';
import { BucketStore } from './bucket-store.js';
import { Files } from './files.js';

// A real server, that checks signatures and digests.
const { endpoint, accessKeyId, secretAccessKey } = JSON.parse(process.env['TEST_S3'] ?? '{}') as EmbeddedS3;
const settings: BucketSettings = {
  ...{ endpoint, accessKeyId, secretAccessKey },
  region: 'us-east-1',
  bucket: `files-${randomUUID()}`,
  addressing: 'path',
};
const sdk = await import('@aws-sdk/client-s3');
const bucket = settings.bucket;
let operator: S3Client;
const plain = new BucketStore(settings, 'enrollment');
const keyOf = (digest: string, service = 'enrollment') => `${service}/${digest.slice(0, 2)}/${digest}`;

beforeAll(async () => {
  operator = new sdk.S3Client({ ...settings, forcePathStyle: true, credentials: { accessKeyId, secretAccessKey } });
  await operator.send(new sdk.CreateBucketCommand({ Bucket: bucket }));
});
afterAll(() => operator.destroy());

async function keysInBucket() {
  const { Contents = [] } = await operator.send(new sdk.ListObjectsV2Command({ Bucket: bucket }));
  return Contents.map(({ Key }) => Key);
}
const overwrite = (Key: string, Body: Buffer) => operator.send(new sdk.PutObjectCommand({ Bucket: bucket, Key, Body }));

describe('a bucket of files', () => {
  it('gives back the bytes that were put in, and keeps the same bytes once', async () => {
    const bytes = randomBytes(100_000);

    const digests = await Promise.all(Array.from({ length: 10 }, () => plain.put(Buffer.from(bytes))));

    expect(new Set(digests)).toEqual(new Set([sha256(bytes)]));
    expect((await keysInBucket()).filter((key) => key === keyOf(sha256(bytes)))).toHaveLength(1);
    expect(await plain.get(sha256(bytes))).toEqual(bytes);
  });

  it('takes the largest file that may be handed in', async () => {
    const bytes = randomBytes(20 * 1024 * 1024);

    expect((await plain.get(await plain.put(bytes))).equals(bytes)).toBe(true);
  });

  it('does not give out what is not what its digest says, and mends it when it is put in again', async () => {
    const bytes = Buffer.from('the roster');
    const digest = await plain.put(bytes);
    await overwrite(keyOf(digest), Buffer.from('the raster'));

    await expect(plain.get(digest)).rejects.toMatchObject({ code: 'FILE_DAMAGED' });
    await plain.put(bytes);
    expect(await plain.get(digest)).toEqual(bytes);
  });

  it('does not read what is far larger than anything that was put in', async () => {
    const digest = sha256(Buffer.from('small'));
    await overwrite(keyOf(digest), Buffer.alloc(33 * 1024 * 1024));

    await expect(plain.get(digest)).rejects.toMatchObject({ code: 'FILE_DAMAGED' });
  });

  it('says that a file is missing, and knows none by another name than a digest', async () => {
    await expect(plain.get(sha256(randomBytes(8)))).rejects.toMatchObject({ code: 'FILE_MISSING' });
    await expect(plain.get('../secret')).rejects.toThrow('not a digest');
  });

  it('with a seal keeps nothing that the store can read, and nothing that another service could', async () => {
    const [own, other] = [new Seal(randomBytes(32)), new Seal(randomBytes(32))];
    const bytes = Buffer.from('王小明 370102199003071234');
    const digest = await new BucketStore(settings, 'assessment', own).put(bytes);

    const { Body } = await operator.send(
      new sdk.GetObjectCommand({ Bucket: bucket, Key: keyOf(digest, 'assessment') }),
    );
    expect(Buffer.from((await Body?.transformToByteArray()) ?? []).includes(bytes)).toBe(false);
    expect(await new BucketStore(settings, 'assessment', own).get(digest)).toEqual(bytes);
    await expect(new BucketStore(settings, 'assessment', other).get(digest)).rejects.toMatchObject({
      code: 'FILE_DAMAGED',
    });
    await expect(new BucketStore(settings, 'enrollment', own).get(digest)).rejects.toMatchObject({
      code: 'FILE_MISSING',
    });
  });

  it.each([
    ['the secret is wrong', { secretAccessKey: 'another-secret' }, 'SignatureDoesNotMatch'],
    ['the key is unknown', { accessKeyId: 'nobody' }, 'InvalidAccessKeyId'],
    ['there is no such bucket', { bucket: 'not-there' }, 'NoSuchBucket'],
  ])('is away, and says why to the operator, when %s', async (_, change, code) => {
    const wrong = new BucketStore({ ...settings, ...change }, 'enrollment');

    const faults = await Promise.all(
      [wrong.put(Buffer.from('x')), wrong.get(sha256(Buffer.from('x')))].map((asked) => asked.catch((e: unknown) => e)),
    );

    for (const fault of faults) expect(fault).toBeInstanceOf(Unavailable);
    expect(faults).toMatchObject([{ code }, { code }]);
  });
});

describe('a service that keeps its files in a bucket', () => {
  const line = new Proxy(endpoint);
  let service: ServiceUnderTest;
  beforeAll(async () => {
    await line.mend();
    service = new ServiceUnderTest(sample, { files: { ...settings, endpoint: new URL(line.url).origin } });
    await service.start();
  });
  afterAll(async () => {
    await service.stop();
    await line.cut();
  });

  const keep = (bytes: Buffer) =>
    service.acting({ reach: 'system', permissions: [] }, () =>
      service
        .get(Database)
        .transaction((tx) =>
          service.get(Files).keep(tx, bytes, { mediaType: 'application/pdf', purpose: 'evidence', checked: true }),
        ),
    );
  const remembered = () => service.query('select sha256 from file');

  it('keeps nothing while the store is away, checks what is handed in all the same, and goes on when it is back', async () => {
    const bytes = Buffer.from('%PDF-1.7 evidence');
    await keep(Buffer.from('%PDF-1.7 before'));
    await line.cut();

    await expect(keep(bytes)).rejects.toBeInstanceOf(Unavailable);
    await expect(service.get(Files).read(sha256(bytes))).rejects.toBeInstanceOf(Unavailable);
    await expect(keep(Buffer.from('<html>'))).rejects.toMatchObject({ reasons: ['file-content-differs'] });
    expect(await remembered()).toHaveLength(1);

    await line.mend();
    const { sha256: digest } = await keep(bytes);
    expect(await service.get(Files).read(digest)).toEqual(bytes);
    expect(await keysInBucket()).toContain(keyOf(digest, sample.name));
  });
});
