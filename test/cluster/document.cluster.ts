/** What docs/cluster.md says to do is done here: its configuration carries its commands. */
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { projectFolder } from '../project.ts';
import { World } from '../rig.ts';
import { Cluster } from './cluster.ts';
import { expectedOutput } from './record.ts';
import { needsMachines } from './world.ts';

const text = fs.readFileSync(path.join(projectFolder, 'docs/cluster.md'), 'utf8');

/** The blocks of the document in one language. */
const blocks = (language: string): readonly string[] =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'gm'))].map(
    ([, block]) => block ?? '',
  );

const commands = blocks('sh').flatMap((block) => block.trim().split('\n'));

/** The document's two machines are this cluster's two nodes, and its folders this cluster's one. */
const translate = (configuration: string, folder: string): string =>
  configuration
    .replace('alpha(192.0.2.11)', 'head(10.77.0.1)')
    .replace('SlurmUser=slurm', 'SlurmUser=root')
    .replaceAll('192.0.2.1', '10.77.0.1')
    .replaceAll('NodeName=alpha', 'NodeName=node-1')
    .replaceAll('NodeName=beta', 'NodeName=node-2')
    .replaceAll(/=\/(?:\S+\/)?(\S+)$/gm, `=${folder}/$1`)
    .concat(`AuthInfo=socket=${folder}/munge/socket\n`);

test('two machines that are set up as the document says carry a run', needsMachines, async (t) => {
  const [configuration = ''] = blocks('ini');
  const cluster = await Cluster.start('namespaces', 2, (folder) =>
    translate(configuration, folder),
  );
  t.after(() => cluster.close());
  const world = new World(t);
  const checks = commands.filter((command) => /^(sinfo|srun) ?/.test(command));
  const said = checks.map((command) => cluster.run(...command.split(' ')));
  assert.match(said[0] ?? '', /2 +idle node-\[1-2\]/);
  assert.deepEqual(said[1]?.trim().split('\n').toSorted(), ['node-1', 'node-2']);
  assert.match(said[2] ?? '', /^(v2\d\.\S+\n){2}$/);
  const run = commands.filter((command) => command.includes('--nodes 2'));
  assert.equal(run.length, 1);
  const words = (run[0] ?? '').replace('tally.js', world.program).split(' ');
  const output = ['--runs', world.path('runs'), '-o', world.path('output.json')];
  const { code, stderr } = await world.spawn(
    [...cluster.head, ...words, ...output],
    {},
    projectFolder,
  ).ended;
  assert.equal(code, 0, stderr);
  assert.equal(world.read('output.json'), expectedOutput('example'));
});
