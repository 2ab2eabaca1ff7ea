/** Nobody outside a run can call its branches or read its traffic. */
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import type { Cluster } from './cluster.ts';
import { doorsOf, isSlurms } from './doors.ts';
import { filesOn } from './files.ts';
import { answersIn, historyOf, inputFile, placesIn } from './record.ts';
import type { Attempt } from './stranger.ts';
import { ClusterWorld, goneWithinMs, needsMachines } from './world.ts';

/** Words of the run's own that anybody who can read it would see. */
const words = ['deposit', 'withdraw', 'Query', 'balance', 'PRIVATE KEY', 'tally:', 'outcome'];

test('a stranger on the network is served by nobody', needsMachines, async (t) => {
  const site = await ClusterWorld.start(t, 4);
  const run = site.run([inputFile('example'), '--hold']);
  await run.says('the branches stay up');
  const places = placesIn(historyOf(site.world));
  const targets = site.world.runRecord().branches.map(({ target }) => target);
  const doors = doorsOf(site.cluster);
  for (const target of targets) assert.ok(doors.includes(target), `${target} is open`);
  // The run has three of the four nodes.
  const idle = site.cluster.nodes.find(({ name }) => ![...places.values()].includes(name));
  assert.ok(idle !== undefined);
  const stranger = ['node', '/run/tally/dist/test/test/cluster/stranger.js'];
  const open = await openDoor(site);
  const name = places.get('branch-1') ?? '';
  const printed = site.cluster.runOn(idle, ...stranger, name, open, ...doors);
  const attempts = JSON.parse(printed) as Attempt[];
  assert.equal(attempts.length, 3 * (doors.length + 1));
  const served = attempts.filter(({ answers }) => answers.length > 0);
  assert.deepEqual(
    served.map(({ target, way }) => `${target} ${way}`),
    [`${open} in plain text`],
  );
  closeDoor(site);
  assertKeysAreKept(site, 3);
  run.signal('SIGINT');
  const { code, stderr } = await run.ended;
  assert.equal(code, 0, stderr);
  await site.untilNothingLeft(goneWithinMs);
});

test('whoever hears the whole network reads nothing of the run', needsMachines, async (t) => {
  const site = await ClusterWorld.start(t, 3);
  const run = site.run([site.world.scenario({ deposits: 3 }), '--pace', '500']);
  // What Slurm carries is the program, before anybody is at work.
  await run.says('running the customers');
  const ear = await Ear.start(site.cluster);
  const before = answersIn(historyOf(site.world));
  const { code, stderr } = await run.ended;
  assert.equal(code, 0, stderr);
  site.cluster.run(
    'bash',
    '-c',
    `echo a deposit for all to read >/dev/udp/${site.node(1).address}/9`,
  );
  const packets = await ear.stop();
  // A branch is called across the network by the others alone, so two of them must have updates to come.
  assert.ok(before <= 4, `customer 1 alone was answered before, not ${before} events`);
  assert.deepEqual(wordsIn(packets), ['deposit'], 'the ear hears what can be read, and only that');
  const ours = packets.filter(({ ports }) => !ports.some(isSlurms));
  const { runId } = site.world.runRecord();
  assert.ok(!ours.some(({ content }) => content.includes(runId)), `${runId} was to be read`);
  assertHeardAll(site, ours);
});

const modeOf = (file: string): string => (fs.statSync(file).mode & 0o777).toString(8);

/** So many nodes have a key, which only its user can read; where the run was started there is none. */
function assertKeysAreKept(site: ClusterWorld, count: number): void {
  const keys = site.cluster.nodes.flatMap((node) => {
    const root = site.cluster.rootOf(node) ?? '';
    return filesOn(site.cluster, node)
      .map((name) => path.join(root, name))
      .filter(
        (file) => file.endsWith('.pem') && fs.readFileSync(file, 'utf8').includes('PRIVATE KEY'),
      );
  });
  assert.deepEqual(
    keys.map((file) => `${modeOf(file)} in ${modeOf(path.dirname(file))}`),
    Array.from({ length: count }, () => '600 in 700'),
  );
  const kept = spawnSync('grep', ['-rl', 'PRIVATE KEY', site.world.folder], { encoding: 'utf8' });
  assert.equal(kept.stdout, '');
}

/** A door on a node that lets everybody in: the stranger finds what is open. */
async function openDoor(site: ClusterWorld): Promise<string> {
  const program = `require('net').createServer((s) => s.on('error', () => {}).end('welcome'))
    .listen(${openPort}, () => console.error('open'))`;
  const { name, address } = site.node(1);
  await site.world.spawn([site.cluster.command, 'on', name, 'node', '-e', program]).says('open');
  return `${address}:${openPort}`;
}

function closeDoor(site: ClusterWorld): void {
  for (const { pid, command } of site.cluster.processesOn(site.node(1)))
    if (command.includes('welcome')) process.kill(pid, 'SIGKILL');
}

const openPort = 7_777;

/** Traffic between branches was there to be heard. */
function assertHeardAll({ world }: ClusterWorld, packets: readonly Packet[]): void {
  for (const { target } of world.runRecord().branches) {
    const port = Number(target.split(':')[1]);
    assert.ok(
      packets.some(({ ports }) => ports.includes(port)),
      `nothing to or from ${target}`,
    );
  }
}

const wordsIn = (packets: readonly Packet[]): readonly string[] =>
  words.filter((word) => packets.some(({ content }) => content.includes(word)));

interface Packet {
  readonly ports: readonly number[];
  readonly content: Buffer;
}

class Ear {
  private readonly file: string;
  private readonly stopped: Promise<unknown>;
  private readonly listener: ReturnType<typeof spawn>;

  private constructor(cluster: Cluster) {
    this.file = `${cluster.folder}/heard`;
    const [command = '', ...deed] = cluster.head;
    const program = new URL('../../../../test/cluster/ear.py', import.meta.url).pathname;
    this.listener = spawn(command, [...deed, 'python3', program, this.file]);
    this.stopped = once(this.listener, 'close');
  }

  static async start(cluster: Cluster): Promise<Ear> {
    const ear = new Ear(cluster);
    assert.ok(ear.listener.stderr !== null);
    const [said] = (await once(ear.listener.stderr, 'data')) as [Buffer];
    assert.match(said.toString(), /^listening/);
    return ear;
  }

  async stop(): Promise<readonly Packet[]> {
    this.listener.kill('SIGTERM');
    await this.stopped;
    const lines = fs.readFileSync(this.file, 'latin1').split('\n').slice(0, -1);
    return lines.map((line) => {
      const [source, destination, content = ''] = line.split(' ');
      return { ports: [Number(source), Number(destination)], content: Buffer.from(content, 'hex') };
    });
  }
}
