import type { S3Client } from '@aws-sdk/client-s3';
import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { BucketSettings } from '../bucket-settings.js';
import { sha256 } from '../canonical.js';
import { FileUnreadable, Unavailable } from '../problem.js';
import type { Seal } from '../sealing.js';
import { type FileStore, opened, placeOf, sealed } from './file-store.js';

type Sdk = typeof import('@aws-sdk/client-s3');

/** Nothing larger is ever put in: what is, is not ours, and is not read into memory. */
const MOST_BYTES = 32 * 1024 * 1024;
/** A use case waits for the store inside its transaction: it must not wait for long. */
const patience = { connectionTimeout: 2000, requestTimeout: 10_000, throwOnRequestTimeout: true };

/** A bucket of an S3-compatible store. An object appears whole or not at all, so that no half file is ever read. */
export class BucketStore implements FileStore {
  private connected: Promise<readonly [Sdk, S3Client]> | undefined;

  constructor(
    private readonly settings: BucketSettings,
    private readonly service: string,
    private readonly seal?: Seal,
  ) {}

  /** What is there is written again: that costs no more than asking, and mends what the store has lost or changed. */
  async put(bytes: Buffer) {
    const digest = sha256(bytes);
    const body = sealed(this.seal, digest, bytes);
    await this.asking(([{ PutObjectCommand }, client]) =>
      client.send(
        new PutObjectCommand({
          ...this.place(digest),
          Body: body,
          ContentType: 'application/octet-stream',
          // Every store compares this one; the newer checksums are known to some only.
          ContentMD5: createHash('md5').update(body).digest('base64'),
        }),
      ),
    );
    return digest;
  }

  async get(digest: string) {
    const place = this.place(digest);
    const stored = await this.asking(async ([{ GetObjectCommand }, client]) => {
      const { Body, ContentLength = 0 } = await client.send(new GetObjectCommand(place));
      if (ContentLength <= MOST_BYTES) return Buffer.from((await Body?.transformToByteArray()) ?? []);
      (Body as Readable | undefined)?.destroy();
      throw new FileUnreadable('FILE_DAMAGED');
    });
    return opened(this.seal, digest, stored);
  }

  private place(digest: string) {
    return { Bucket: this.settings.bucket, Key: `${this.service}/${placeOf(digest)}` };
  }

  private async asking<T>(work: (connection: readonly [Sdk, S3Client]) => Promise<T>): Promise<T> {
    try {
      return await work(await (this.connected ??= connect(this.settings)));
    } catch (error) {
      throw understood(error);
    }
  }
}

/** The SDK is large: whoever keeps files in a folder never loads it. */
async function connect(settings: BucketSettings) {
  const sdk = await import('@aws-sdk/client-s3');
  const { endpoint, region, accessKeyId, secretAccessKey, addressing } = settings;
  const client = new sdk.S3Client({
    endpoint,
    region,
    credentials: { accessKeyId, secretAccessKey },
    forcePathStyle: addressing === 'path',
    maxAttempts: 2,
    requestHandler: patience,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  return [sdk, client] as const;
}

/** Only a missing object is an answer. Wrong keys and a missing bucket are for an operator, and right again when mended. */
function understood(error: unknown) {
  if (error instanceof FileUnreadable) return error;
  const { name, code } = (error ?? {}) as { name?: string; code?: string };
  if (name === 'NoSuchKey') return new FileUnreadable('FILE_MISSING');
  return new Unavailable(typeof code === 'string' ? code : (name ?? 'unknown'));
}
