import { BadConfiguration } from './bad-configuration.js';
import { type Environment, namedTogether } from './named-together.js';

/** An S3-compatible store of files, shared by every replica of a service. */
export interface BucketSettings {
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Where the bucket's name goes: into the path, or before the host. */
  readonly addressing: 'path' | 'host';
}

/** Named together or not at all. */
export const bucketVariables = {
  FILES_S3_ENDPOINT: 'an S3-compatible store for files handed in, instead of a folder: https://host[:port]',
  FILES_S3_REGION: 'its region, as the store names it',
  FILES_S3_BUCKET: 'the bucket, which is there already',
  FILES_S3_ACCESS_KEY_ID: 'who signs in to the store',
  FILES_S3_SECRET_ACCESS_KEY: 'with this secret',
} as const;

type Name = keyof typeof bucketVariables;

const names = Object.keys(bucketVariables) as Name[];

/** The bucket that the environment names, if it names one. */
export function readBucket(env: Environment): BucketSettings | undefined {
  const said = namedTogether(env, names);
  if (!said) return undefined;
  const addressing = env['FILES_S3_ADDRESSING'] || 'path';
  if (addressing !== 'path' && addressing !== 'host') {
    throw new BadConfiguration('FILES_S3_ADDRESSING', 'write path or host');
  }
  return {
    endpoint: origin(said('FILES_S3_ENDPOINT', like(/^https?:\/\/./), 'write https://host[:port]')),
    region: said('FILES_S3_REGION', like(/^[\w-]{1,60}$/), 'write the name of the region, such as cn-east-1'),
    bucket: said('FILES_S3_BUCKET', like(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/), 'write the name of the bucket'),
    accessKeyId: said('FILES_S3_ACCESS_KEY_ID', like(/^\S{3,128}$/), 'write the id of the key, without spaces'),
    secretAccessKey: said('FILES_S3_SECRET_ACCESS_KEY', like(/^\S{8,256}$/), 'write the secret, without spaces'),
    addressing,
  };
}

const like = (form: RegExp) => (value: string) => form.test(value);

/** A path, a question or a user would silently be left out or sent along: none of them belongs here. */
function origin(endpoint: string) {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (!url || url.href !== `${url.origin}/`)
    throw new BadConfiguration('FILES_S3_ENDPOINT', 'write https://host[:port]');
  return url.origin;
}
