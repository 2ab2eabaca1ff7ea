import assert from 'node:assert/strict';
import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import { test } from 'node:test';
import { scratchFolder } from '../test/scratch.ts';
import { answers, isDeserted } from './daemon-socket.ts';
import { Pm2Error } from './pm2.ts';
import { daemonFiles } from './pm2-home.ts';

const socketIn = (home: string): string => daemonFiles(home).requests;

async function listenIn(home: string): Promise<net.Server> {
  const server = net.createServer((socket) => socket.destroy());
  server.listen(socketIn(home));
  await once(server, 'listening');
  return server;
}

test('nobody answers where there is no socket, or a file that only looks like one', async (t) => {
  const home = scratchFolder(t);
  assert.equal(await answers(home), false);
  fs.writeFileSync(socketIn(home), '');
  assert.equal(await answers(home), false);
});

test('whoever listens answers, and until the end the home is not deserted', async (t) => {
  const home = scratchFolder(t);
  const server = await listenIn(home);
  assert.equal(await answers(home), true);
  const deserted = isDeserted(home);
  server.close();
  assert.equal(await deserted, true);
});

test('a socket that cannot be looked at is neither', async (t) => {
  const home = scratchFolder(t);
  fs.symlinkSync('rpc.sock', socketIn(home));
  await assert.rejects(answers(home), (error) => {
    assert.ok(error instanceof Pm2Error);
    assert.match(error.message, /rpc\.sock cannot be used \(ELOOP\)/);
    return true;
  });
  assert.equal(await isDeserted(home), false);
});
