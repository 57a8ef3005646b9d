import { randomUUID } from 'node:crypto';
import supertest from 'supertest';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

export interface CallOptions {
  /** A new key for each call unless the test repeats one. */
  readonly key?: string;
  readonly ifMatch?: string | number;
}

export interface UploadOptions extends CallOptions {
  readonly type?: string;
  readonly query?: Record<string, string>;
}

/** Somebody who calls a service over HTTP. */
export class Caller {
  constructor(
    private readonly url: () => string,
    private readonly base: string,
    private readonly token: () => Promise<string | undefined>,
  ) {}

  async get(path: string, query: Record<string, string | number> = {}) {
    return this.with(
      supertest(this.url())
        .get(this.base + path)
        .query(query),
    );
  }

  async post(path: string, body: object = {}, options: CallOptions = {}) {
    return this.with(this.keyed(supertest(this.url()).post(this.base + path), options).send(body));
  }

  async put(path: string, body: object = {}, options: CallOptions = {}) {
    return this.with(this.keyed(supertest(this.url()).put(this.base + path), options).send(body));
  }

  async delete(path: string, options: CallOptions = {}) {
    return this.with(this.keyed(supertest(this.url()).delete(this.base + path), options));
  }

  /** Hands in a file as it is: a workbook, or of another type. */
  async upload(path: string, bytes: Buffer, { type = XLSX, query = {}, ...options }: UploadOptions = {}) {
    const request = supertest(this.url())
      .post(this.base + path)
      .query(query);
    return this.with(this.keyed(request, options).set('Content-Type', type).send(bytes));
  }

  async download(path: string): Promise<Buffer> {
    const response = await this.with(
      supertest(this.url())
        .get(this.base + path)
        .buffer(true)
        .parse(collect),
    );
    return response.body as Buffer;
  }

  private keyed(request: supertest.Test, { key = randomUUID(), ifMatch }: CallOptions) {
    const keyed = request.set('Idempotency-Key', key);
    return ifMatch === undefined ? keyed : keyed.set('If-Match', `"${ifMatch}"`);
  }

  private async with(request: supertest.Test) {
    const token = await this.token();
    return token === undefined ? request : request.set('Authorization', `Bearer ${token}`);
  }
}

type Parser = Parameters<supertest.Test['parse']>[0];

const collect: Parser = (response, done) => {
  const chunks: Buffer[] = [];
  response.on('data', (chunk: Buffer | string) =>
    chunks.push(Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk, 'binary')),
  );
  response.on('end', () => done(null, Buffer.concat(chunks)));
};
