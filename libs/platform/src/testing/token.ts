import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EmbeddedHsm } from '../embedded/index.js';
import type { IssuerSettings } from '../issuer-settings.js';

const makeKey = fileURLToPath(new URL('../../../../tools/make-issuer-key.mjs', import.meta.url));

/** A token of a test's own in SoftHSM, with what a deployment would be told of it. */
export class Token {
  readonly settings: IssuerSettings;
  private readonly hsm = JSON.parse(process.env['TEST_HSM'] ?? '{}') as EmbeddedHsm;
  private readonly folder = mkdtempSync(join(tmpdir(), 'shuzheng-token-'));
  private readonly place: string;

  constructor() {
    const label = `token-${randomBytes(6).toString('hex')}`;
    const pin = randomBytes(6).toString('hex');
    const pinFile = join(this.folder, 'pin');
    writeFileSync(pinFile, `${pin}\n`, { mode: 0o600 });
    run('softhsm2-util', ['--init-token', '--free', '--label', label, '--pin', pin, '--so-pin', `${pin}-so`]);
    this.place = this.placeOf(label);
    this.settings = { module: this.hsm.module, token: label, key: 'issuer-1', pinFile };
  }

  /** By the command that a deployment uses. */
  makeKey(key = this.settings.key) {
    return run(process.execPath, [makeKey], this.environment(key));
  }

  environment(key = this.settings.key) {
    const { module, token, pinFile } = this.settings;
    return {
      SOFTHSM2_CONF: this.hsm.conf,
      ISSUER_PKCS11_MODULE: module,
      ISSUER_PKCS11_TOKEN: token,
      ISSUER_PKCS11_KEY: key,
      ISSUER_PKCS11_PIN_FILE: pinFile,
    };
  }

  /** A file beside the PIN's, such as one with another PIN. */
  file(name: string, text: string, mode = 0o600) {
    const path = join(this.folder, name);
    writeFileSync(path, text, { mode });
    return path;
  }

  /** As when somebody pulls it out. */
  take() {
    renameSync(this.place, this.taken);
  }

  bringBack() {
    renameSync(this.taken, this.place);
  }

  remove() {
    for (const path of [this.place, this.taken, this.folder]) rmSync(path, { recursive: true, force: true });
  }

  private get taken() {
    return join(this.folder, 'taken');
  }

  private placeOf(label: string) {
    const found = readdirSync(this.hsm.tokens)
      .map((name) => join(this.hsm.tokens, name))
      .find((path) => readFileSync(join(path, 'token.object')).includes(label));
    return found ?? '';
  }
}

function run(command: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr } = spawnSync(command, args, { env: { ...process.env, ...env }, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} failed: ${stdout}${stderr}`);
  return stdout.trim();
}
