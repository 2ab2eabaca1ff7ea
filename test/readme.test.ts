import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { exitCodes } from '../cli/exit-codes.ts';
import { helpText } from '../cli/help.ts';
import { projectFolder } from './project.ts';
import { World } from './rig.ts';

const documents = [
  'README.md',
  ...fs
    .readdirSync(path.join(projectFolder, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

const read = (name: string): string => fs.readFileSync(path.join(projectFolder, name), 'utf8');

const readme = read('README.md');

/** The rows of a Markdown table whose first column is called `title`. */
function table(text: string, title: string): string[][] {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => new RegExp(`^\\| ${title} +\\|`).test(line));
  const end = lines.findIndex((line, index) => index > start && !line.startsWith('|'));
  return lines.slice(start + 2, end).map((line) =>
    line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

test('the exit codes of the README are those of the code', () => {
  const told = table(readme, 'code').map(([code, meaning]) => [code, meaning]);
  assert.deepEqual(
    told,
    Object.entries(exitCodes).map(([code, meaning]) => [code, meaning]),
  );
});

const optionsIn = (text: string): string[] =>
  [...text.matchAll(/--[a-z-]+/g)].map(([name]) => name).toSorted();

test('the options of the README are those that --help lists', () => {
  const told = table(readme, 'option').flatMap(([option]) => optionsIn(option ?? ''));
  const helped = helpText('run')
    .split('\n')
    .filter((line) => /^ {2}(-o, )?--/.test(line))
    .flatMap((line) => optionsIn(line.slice(0, 23)));
  assert.deepEqual(told, helped);
});

test('every file that a document links to exists', () => {
  const missing = documents.flatMap((name) =>
    [...read(name).matchAll(/\]\((?!https?:|#)([^)#]+)/g)]
      .map(([, target]) => path.join(projectFolder, path.dirname(name), target ?? ''))
      .filter((file) => !fs.existsSync(file)),
  );
  assert.deepEqual(missing, []);
});

test('every test that a document names exists', () => {
  const named = documents.flatMap((name) => [
    ...read(name).matchAll(/`(test\/[a-z/-]+\.(?:test|cluster)\.ts)`/g),
  ]);
  const missing = named
    .map(([, file]) => file ?? '')
    .filter((file) => !fs.existsSync(path.join(projectFolder, file)));
  assert.deepEqual(missing, []);
});

test('every npm script that a document names exists', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  const named = documents.flatMap((name) => [...read(name).matchAll(/npm run (?:-s )?([a-z:]+)/g)]);
  const unknown = named
    .map(([, script]) => script ?? '')
    .filter((script) => scripts[script] === undefined);
  assert.deepEqual(unknown, []);
});

test('every npm script that starts Tally gives its process away, so that signals reach it', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  const wrong = Object.entries(scripts).filter(([, command]) => !command.startsWith('exec '));
  assert.deepEqual(wrong, []);
});

test('the first command of the README prints what the README shows', async (t) => {
  const world = new World(t);
  const [command = ''] = readme.match(/npm run sim -- \S+/) ?? [];
  const [shown = ''] = readme.match(/^\[\n[^`]*?^\]$/m) ?? [];
  const printed = execFileSync(
    'npm',
    [...command.split(' ').slice(1), '--runs', world.path('runs'), '-o', world.path('output.json')],
    {
      cwd: projectFolder,
      env: world.environment(),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  );
  assert.equal(printed.slice(printed.indexOf('[\n')), `${shown}\n`);
  await world.untilNothingLeft(2_000);
});
