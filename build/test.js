// Runs everything that `npm test` promises: format, lint, types, unit tests and whole-system tests.
// `npm test -- NAME...` runs only the test files whose path contains one of the names.
// `npm run test:cluster` runs the tests on a Slurm cluster instead, which it brings up for that.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const project = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const output = path.join(project, 'dist/test');
const onCluster = process.argv[2] === '--cluster';
const names = process.argv.slice(onCluster ? 3 : 2);
// Whole-system tests wait half of their time. Those on a cluster take turns: a node that gets no
// processor time for seconds counts as lost.
const filesAtOnce = onCluster ? 1 : Math.max(2, os.availableParallelism() - 1);
const ending = onCluster ? '.cluster.js' : '.test.js';

/**
 * @param {string} title
 * @param {string[]} command
 */
function run(title, [program = '', ...parameters]) {
  console.log(`# ${title}`);
  const local = path.join(project, 'node_modules/.bin', program);
  const file = fs.existsSync(local) ? local : process.execPath;
  const { status } = spawnSync(file, parameters, { cwd: project, stdio: 'inherit' });
  return status === 0;
}

/**
 * @param {string} folder
 * @returns {string[]}
 */
function testFiles(folder) {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) return testFiles(file);
    return entry.name.endsWith(ending) ? [file] : [];
  });
}

/**
 * A source's path names its test as well.
 * @param {string} file
 */
const wanted = (file) =>
  names.length === 0 || names.some((name) => file.includes(name.replace(/\.ts$/, '.js')));

/** Told no files, Node.js would take every file that it finds for a test. */
function runTests() {
  const files = testFiles(output).filter(wanted).toSorted();
  if (files.length === 0) {
    console.error(`No test file's path contains ${names.join(' or ')}.`);
    return false;
  }
  return run('tests', [
    'node',
    '--test',
    // A test that waits for what never comes ends after five minutes, and not the whole with it.
    '--test-timeout=300000',
    `--test-concurrency=${filesAtOnce}`,
    '--test-reporter=spec',
    ...files,
  ]);
}

fs.rmSync(output, { recursive: true, force: true });
const whole = names.length === 0 && !onCluster;
// Tests are compiled by tsc itself, so types are checked in every run.
const ok = [
  ...(whole ? [run('format', ['oxfmt', '--check'])] : []),
  ...(whole ? [run('lint', ['oxlint', '--type-aware', '--deny-warnings'])] : []),
  run('types', ['tsc']),
  // Only the report's page knows a browser.
  run('types of the page', ['tsc', '-p', 'report/page']),
  runTests(),
];
process.exitCode = ok.every(Boolean) ? 0 : 1;
