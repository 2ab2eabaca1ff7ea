import { generateKeyPairSync } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { TlsFiles } from '../bank/topology.ts';
import type { Identity } from '../rpc/tls.ts';
import type { Authority } from '../supervisor/certificates.ts';

/** What a machine of this name shows of itself in the authority's run. */
export async function makeIdentity(authority: Authority, name: string): Promise<Identity> {
  const { publicKey, privateKey } = generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  return {
    ca: Buffer.from(authority.certificate),
    certificate: Buffer.from(await authority.issue({ name, publicKey })),
    key: Buffer.from(privateKey),
  };
}

export const identityFiles = (folder: string): TlsFiles => ({
  ca: path.join(folder, 'ca.pem'),
  certificate: path.join(folder, 'certificate.pem'),
  key: path.join(folder, 'key.pem'),
});

export function writeIdentity(files: TlsFiles, { ca, certificate, key }: Identity): void {
  fs.writeFileSync(files.ca, ca);
  fs.writeFileSync(files.certificate, certificate);
  fs.writeFileSync(files.key, key, { mode: 0o600 });
}
