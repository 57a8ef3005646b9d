// Makes the keys of a deployment, one folder for each service with what that service may hold: `node tools/make-keys.mjs keys`.
// Run it once, on a machine you trust. What is there already is never written over; keep a copy where nothing else is kept.
// `--trial` adds a key that certificates are signed with: the production profile refuses it, because a file can be copied.
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The user and group of the image. */
const IMAGE_USER = 65532;

const shares = {
  identity: ['token.key', 'token.pub', 'seal.key', 'index.key', 'bootstrap.code'],
  institutions: ['token.pub', 'seal.key', 'index.key'],
  enrollment: ['token.pub', 'seal.key', 'event.key', 'index.key', 'code.key'],
  assessment: ['token.pub', 'seal.key', 'event.key', 'index.key'],
  certification: ['token.pub', 'seal.key', 'event.key', 'index.key', 'code.key'],
  verification: ['token.pub', 'index.key'],
  oversight: ['token.pub'],
};
/** The same in every service that has it. */
const common = ['token.key', 'token.pub', 'event.key', 'index.key'];

const [folder, option] = process.argv.slice(2);
if (!folder || (option && option !== '--trial')) {
  console.error('node tools/make-keys.mjs <folder> [--trial]');
  process.exit(1);
}
if (option) shares.certification.push('issuer.key');

const shared = {};
for (const [service, names] of Object.entries(shares)) {
  mkdirSync(join(folder, service), { recursive: true, mode: 0o700 });
  own(join(folder, service));
  for (const name of names) put(join(folder, service, name), common.includes(name) ? sharedKey(name) : made(name));
}

/** One that a former run has left in any service is the one that all have. */
function sharedKey(name) {
  const left = Object.keys(shares)
    .map((service) => join(folder, service, name))
    .find((path) => existsSync(path));
  if (left) shared[name] ??= readFileSync(left);
  if (!shared[name] && name.startsWith('token.')) makeTokenKeys();
  return (shared[name] ??= made(name));
}

function makeTokenKeys() {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  shared['token.key'] = pem(privateKey);
  shared['token.pub'] = publicKey.export({ type: 'spki', format: 'pem' });
}

function pem(privateKey) {
  return privateKey.export({ type: 'pkcs8', format: 'pem' });
}

function made(name) {
  if (name === 'issuer.key') return pem(generateKeyPairSync('ed25519').privateKey);
  return name === 'bootstrap.code' ? `${randomBytes(20).toString('base64url')}\n` : randomBytes(32);
}

function put(path, content) {
  if (existsSync(path)) return;
  writeFileSync(path, content, { mode: 0o600, flag: 'wx' });
  own(path);
  console.log(path);
}

/** As root the containers' user gets them; otherwise do that yourself (docs/deploying.md). */
function own(path) {
  if (process.getuid?.() === 0) chownSync(path, IMAGE_USER, IMAGE_USER);
}
