import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Makes the keys a folder lacks. For a laptop and for tests; a real registry's keys come from its key store. */
export function makeKeys(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  for (const name of ['seal.key', 'event.key', 'index.key', 'code.key']) {
    if (!existsSync(join(folder, name))) write(folder, name, randomBytes(32));
  }
  for (const name of ['token', 'issuer']) {
    if (existsSync(join(folder, `${name}.key`))) continue;
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    // The public half first: a private key without it would never be completed.
    write(folder, `${name}.pub`, publicKey.export({ type: 'spki', format: 'pem' }));
    write(folder, `${name}.key`, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  }
}

const write = (folder: string, name: string, content: Buffer | string) =>
  writeFileSync(join(folder, name), content, { mode: 0o600 });
