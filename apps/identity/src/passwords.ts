import { Injectable } from '@nestjs/common';
import { type Algorithm, hash, verify } from '@node-rs/argon2';
import { randomBytes } from 'node:crypto';

const argon2id: Algorithm = 2;
const settings = { algorithm: argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Passwords as Argon2id hashes, worked out in threads of their own. Never inside of a transaction: it takes long on purpose. */
@Injectable()
export class Passwords {
  // What nobody's password is compared with, so that an unknown name takes as long as a known one.
  private readonly nobodys = hash(randomBytes(32), settings);

  hash(password: string) {
    return hash(password.normalize('NFC'), settings);
  }

  async matches(known: string | undefined, password: string) {
    const right = await verify(known ?? (await this.nobodys), password.normalize('NFC'));
    return right && known !== undefined;
  }
}
