import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { available, fetched, javaCommand, jarsUnder, type Recipe, recipeFolder } from './java-jars.js';
import { keep, type KeptServer, lastLines } from './keeper.js';
import { freePort } from './ports.js';

const recipe: Recipe = {
  folder: recipeFolder('s3'),
  title: 'S3Proxy 4.1.0',
  megabytes: 34,
  jars: jarsUnder('s3proxy-4.1.0'),
};

export const s3Available = () => available(recipe);

export interface EmbeddedS3 {
  readonly endpoint: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly stop: () => Promise<void>;
}

const keys = { accessKeyId: 'for-tests', secretAccessKey: 'only-for-tests-on-this-machine' };

/** Starts a server that speaks S3 and checks every signature, for tests: what it keeps is gone when it ends. */
export async function startS3(options: { folder: string; log?: (line: string) => void }): Promise<EmbeddedS3> {
  const java = javaCommand();
  if (!java) throw new Error('S3Proxy 需要 Java 17 以上版本。S3Proxy needs Java 17 or newer.');
  const jars = fetched(recipe, options.log ?? console.error);
  const folder = resolve(options.folder, 's3');
  mkdirSync(folder, { recursive: true });
  const logFile = join(folder, 's3.log');
  for (let attempt = 1; attempt <= 3; attempt++) {
    const endpoint = `http://127.0.0.1:${await freePort()}`;
    const server = await launch({ java, jars, folder, logFile, endpoint });
    if (await answers(endpoint, server)) return { endpoint, ...keys, stop: () => server.stop() };
  }
  throw new Error(`S3Proxy 无法启动。S3Proxy does not start; ${logFile} ends with:\n${lastLines(logFile)}`);
}

interface Launch {
  readonly java: string;
  readonly jars: string;
  readonly folder: string;
  readonly logFile: string;
  readonly endpoint: string;
}

function launch({ java, jars, folder, logFile, endpoint }: Launch): Promise<KeptServer> {
  const properties = {
    's3proxy.endpoint': endpoint,
    's3proxy.authorization': 'aws-v2-or-v4',
    's3proxy.identity': keys.accessKeyId,
    's3proxy.credential': keys.secretAccessKey,
    'jclouds.provider': 'transient-nio2',
    'jclouds.identity': 'unused',
    'jclouds.credential': 'unused',
  };
  const file = join(folder, 's3.properties');
  writeFileSync(
    file,
    Object.entries(properties)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
  );
  const memory = ['-Xmx192m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'];
  const logging = `-Dlogback.configurationFile=${join(recipe.folder, 'logback.xml')}`;
  return keep({
    command: java,
    args: [...memory, logging, '-cp', join(jars, '*'), 'org.gaul.s3proxy.Main', '--properties', file],
    cwd: folder,
    logFile,
    stops: [
      { signal: 'SIGTERM', afterMs: 0 },
      { signal: 'SIGKILL', afterMs: 5000 },
    ],
  });
}

/** It answers when it refuses whoever did not sign. */
async function answers(endpoint: string, server: KeptServer) {
  for (const limit = Date.now() + 60_000; Date.now() < limit && !server.hasEnded(); await pause(50)) {
    const answer = await fetch(endpoint).catch(() => undefined);
    if (answer?.status === 403) return true;
  }
  await server.stop();
  return false;
}
