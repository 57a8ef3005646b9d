import { Inject, Injectable } from '@nestjs/common';
import {
  canonicalJson,
  type CertificateSnapshot,
  credentialOf,
  sha256Hex,
  signCredential,
} from '@shuzheng/credentials';
import { type Config, CONFIG } from '@shuzheng/platform';
import { SigningKey } from './signing-key.js';

/** One version of a certificate: the record as frozen, and the credential that says the same. */
export interface MadeVersion {
  readonly snapshot: CertificateSnapshot;
  readonly snapshotText: string;
  readonly snapshotSha256: string;
  readonly credentialText: string;
  readonly keyId: string;
}

/** Makes and signs versions. The same snapshot, list and instant give the same bytes, so making one again is harmless. */
@Injectable()
export class CertificateMaker {
  private readonly did: string;
  constructor(
    private readonly key: SigningKey,
    @Inject(CONFIG) { publicUrl }: Config,
  ) {
    this.did = `did:web:${encodeURIComponent(new URL(publicUrl).host)}`;
  }

  /** `created` is an instant as the interfaces write it, with +08:00. */
  async make(snapshot: CertificateSnapshot, created: string): Promise<MadeVersion> {
    const { signer } = this.key;
    // Status lists are not published yet, and a signed document must not name an address that answers nothing.
    const credential = await signCredential(credentialOf(snapshot, { issuerDid: this.did }), {
      key: this.key,
      verificationMethod: `${this.did}#${signer.keyId}`,
      created,
    });
    const snapshotText = canonicalJson(snapshot);
    return {
      snapshot,
      snapshotText,
      snapshotSha256: sha256Hex(snapshotText),
      credentialText: canonicalJson(credential),
      keyId: signer.keyId,
    };
  }
}
