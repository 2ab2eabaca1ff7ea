import assert from 'node:assert/strict';
import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { createAuthority } from './certificates.ts';

const publicKeyOf = (type: 'P-256' | 'P-384'): string =>
  generateKeyPairSync('ec', {
    namedCurve: type,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  }).publicKey;

const hourMs = 60 * 60 * 1_000;
const dayMs = 24 * hourMs;

const isLoaded = (): boolean =>
  Object.keys(createRequire(import.meta.url).cache).some((file) => file.includes('@peculiar/x509'));

test('the library is loaded when the first authority is made, and not before', async () => {
  assert.equal(isLoaded(), false);
  await createAuthority('a-run');
  assert.equal(isLoaded(), true);
});

test('a certificate bears the name and the key of its subject, and the signature of its run', async () => {
  const authority = await createAuthority('20261122-202646-x9jd');
  const publicKey = publicKeyOf('P-256');
  const certificate = new X509Certificate(await authority.issue({ name: 'node-2', publicKey }));
  const root = new X509Certificate(authority.certificate);
  assert.equal(certificate.checkHost('node-2', { subject: 'never' }), 'node-2');
  assert.equal(certificate.checkHost('node-1'), undefined);
  assert.equal(certificate.publicKey.export({ type: 'spki', format: 'pem' }), publicKey);
  assert.ok(certificate.checkIssued(root) && certificate.verify(root.publicKey));
});

test('it serves and calls, and signs nothing', async () => {
  const authority = await createAuthority('a-run');
  const publicKey = publicKeyOf('P-256');
  const certificate = new X509Certificate(await authority.issue({ name: 'node-2', publicKey }));
  const [server, client] = ['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2'];
  assert.deepEqual(certificate.keyUsage, [server, client]);
  assert.equal(certificate.ca, false);
  assert.equal(new X509Certificate(authority.certificate).ca, true);
});

test('it is valid on a machine whose clock is late, and for days', async () => {
  const authority = await createAuthority('a-run');
  const issued = await authority.issue({ name: 'supervisor', publicKey: publicKeyOf('P-256') });
  for (const pem of [issued, authority.certificate]) {
    const { validFrom, validTo } = new X509Certificate(pem);
    const [before, after] = [Date.now() - Date.parse(validFrom), Date.parse(validTo) - Date.now()];
    assert.ok(before > hourMs / 12 && before < hourMs, `valid for ${before} ms already`);
    assert.ok(after > 3 * dayMs && after < 30 * dayMs, `valid for ${after} ms more`);
  }
});

test('two runs do not trust each other, even under one id', async () => {
  const [ours, theirs] = [await createAuthority('a-run'), await createAuthority('a-run')];
  const pem = await theirs.issue({ name: 'node-2', publicKey: publicKeyOf('P-256') });
  const root = new X509Certificate(ours.certificate);
  assert.equal(new X509Certificate(pem).verify(root.publicKey), false);
});

const wrongKeys = [
  { title: 'a key on another curve', publicKey: publicKeyOf('P-384') },
  { title: 'no key at all', publicKey: '' },
];

for (const { title, publicKey } of wrongKeys) {
  test(`${title} gets no certificate`, async () => {
    const authority = await createAuthority('a-run');
    await assert.rejects(authority.issue({ name: 'node-2', publicKey }));
  });
}
