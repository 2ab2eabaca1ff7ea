import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { scratchFolder } from '../test/scratch.ts';
import { markerFile, othersAlive, readMarker, removeMarker, writeMarker } from './daemon-marker.ts';
import { self } from './owner.ts';

const dead = { pid: 1, startTime: 1 };
const runs = [
  { runId: 'living', supervisor: self() },
  { runId: 'dead', supervisor: dead },
];

test('a marker counts only for the daemon that lives in this home now', (t) => {
  const home = scratchFolder(t);
  const note = (pid: number): void => fs.writeFileSync(path.join(home, 'pm2.pid'), String(pid));
  assert.equal(readMarker(home), undefined, 'there is none yet');
  writeMarker(home, { daemon: self(), runs });
  assert.equal(readMarker(home), undefined, 'no daemon lives here');
  note(process.ppid);
  assert.equal(readMarker(home), undefined, 'another one lives here');
  note(process.pid);
  assert.deepEqual(readMarker(home), { daemon: self(), runs });
  writeMarker(home, { daemon: { ...self(), startTime: 1 }, runs });
  assert.equal(readMarker(home), undefined, 'its process id was given to somebody else');
});

test('a marker of a daemon that is about to be born counts', (t) => {
  const home = scratchFolder(t);
  writeMarker(home, { daemon: null, runs });
  assert.deepEqual(readMarker(home), { daemon: null, runs });
  removeMarker(home);
  assert.equal(readMarker(home), undefined);
  removeMarker(home);
});

test('a damaged marker gives nobody the right to end a daemon', (t) => {
  const home = scratchFolder(t);
  for (const text of ['', '{"daemon":', '[]', '{}', '"x"']) {
    fs.writeFileSync(markerFile(home), text);
    assert.equal(readMarker(home), undefined, text);
  }
});

test('only other runs that still go on keep a daemon', () => {
  const marker = { daemon: null, runs };
  const names = (runId: string): string[] => othersAlive(marker, runId).map((run) => run.runId);
  assert.deepEqual(names('mine'), ['living']);
  assert.deepEqual(names('living'), []);
});
