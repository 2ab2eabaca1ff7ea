/** The certificates of a run on several machines: made for it alone, and worth nothing after it. */
import { webcrypto } from 'node:crypto';
import { limits } from '../bank/limits.ts';

type Library = typeof import('@peculiar/x509');

/** Who a certificate is for: a node by its name, or "supervisor". */
export interface Subject {
  readonly name: string;
  /** PEM of an EC key on P-256; its private half stays where it was made. */
  readonly publicKey: string;
}

/** The run's own certificate authority. Its private key is in this process's memory and nowhere else. */
export interface Authority {
  /** PEM; what everybody in the run trusts, and nothing else. */
  readonly certificate: string;
  /**
   * @returns PEM of a certificate with which its subject serves and calls. Rejects if the key is
   * no EC key on P-256.
   */
  readonly issue: (subject: Subject) => Promise<string>;
}

const curve = { name: 'ECDSA', namedCurve: 'P-256' };
const signingAlgorithm = { name: 'ECDSA', hash: 'SHA-256' };

/** What a certificate is signed with, and by whom. */
interface Signer {
  readonly library: Library;
  readonly keys: webcrypto.CryptoKeyPair;
  readonly name: string;
}

export async function createAuthority(runId: string): Promise<Authority> {
  const library = await loadLibrary();
  const keys = await webcrypto.subtle.generateKey(curve, false, ['sign', 'verify']);
  const signer: Signer = { library, keys, name: `CN=Tally run ${runId}` };
  const certificate = await signOwn(signer);
  return { certificate, issue: (subject) => sign(signer, subject) };
}

/** It takes a sixth of a second to load, which a run on one machine does not pay. */
async function loadLibrary(): Promise<Library> {
  // The library finds its parts by this, and must meet it before it is loaded itself.
  await import('reflect-metadata');
  return import('@peculiar/x509');
}

async function signOwn({ library, keys, name }: Signer): Promise<string> {
  const certificate = await library.X509CertificateGenerator.createSelfSigned({
    name,
    keys,
    signingAlgorithm,
    ...validity(),
    extensions: [
      new library.BasicConstraintsExtension(true, 0, true),
      new library.KeyUsagesExtension(library.KeyUsageFlags.keyCertSign, true),
      await library.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return certificate.toString('pem');
}

async function sign(signer: Signer, { name, publicKey }: Subject): Promise<string> {
  const { library, keys } = signer;
  const subjectKey = await importPublicKey(library, publicKey);
  const { serverAuth, clientAuth } = library.ExtendedKeyUsage;
  const certificate = await library.X509CertificateGenerator.create({
    subject: [{ CN: [name] }],
    issuer: signer.name,
    publicKey: subjectKey,
    signingKey: keys.privateKey,
    signingAlgorithm,
    ...validity(),
    extensions: [
      new library.BasicConstraintsExtension(false, undefined, true),
      new library.KeyUsagesExtension(library.KeyUsageFlags.digitalSignature, true),
      new library.ExtendedKeyUsageExtension([serverAuth, clientAuth]),
      new library.SubjectAlternativeNameExtension([{ type: 'dns', value: name }]),
      await library.AuthorityKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return certificate.toString('pem');
}

function importPublicKey(library: Library, pem: string): Promise<webcrypto.CryptoKey> {
  const [bytes = new ArrayBuffer(0)] = library.PemConverter.decode(pem);
  return webcrypto.subtle.importKey('spki', bytes, curve, true, ['verify']);
}

function validity(): { notBefore: Date; notAfter: Date } {
  const now = Date.now();
  return {
    notBefore: new Date(now - limits.certificateSkewMs),
    notAfter: new Date(now + limits.certificateMs),
  };
}
