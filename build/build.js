// Builds what `tally.js` runs: the command line and one bundle for each kind of child process.
// The folder's name is the fingerprint of the sources, so a build is never stale and never changed.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileAhead } from './compile.js';
import { buildPack } from './pack.js';

const project = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** Folders whose files end up in a build. */
const sourceFolders = [
  'agent',
  'bank',
  'branch',
  'build',
  'checker',
  'cli',
  'customer',
  'input',
  'process',
  'proto',
  'report',
  'rpc',
  'schemas',
  'supervisor',
];
const sourceFiles = ['package.json', 'package-lock.json', 'tsconfig.json'];

/** A build of an earlier version of the sources may still serve a run; after a day none does. */
const keepMs = 24 * 60 * 60 * 1000;

/**
 * @param {string} folder
 * @param {string[]} found
 */
function listFiles(folder, found) {
  for (const entry of fs.readdirSync(path.join(project, folder), { withFileTypes: true })) {
    const name = `${folder}/${entry.name}`;
    if (entry.isDirectory()) listFiles(name, found);
    else if (!entry.name.endsWith('.test.ts')) found.push(name);
  }
}

/** Name, size and time of every source: a few milliseconds, against a second to read and hash all. */
export function fingerprint() {
  /** @type {string[]} */
  const names = [...sourceFiles];
  for (const folder of sourceFolders)
    if (fs.existsSync(path.join(project, folder))) listFiles(folder, names);
  // Compiled code belongs to one version of Node.js.
  const hash = createHash('sha256').update(`${process.version} ${process.arch}\n`);
  for (const name of names.toSorted()) {
    const { size, mtimeMs } = fs.statSync(path.join(project, name));
    hash.update(`${name}\0${size}\0${mtimeMs}\n`);
  }
  return hash.digest('hex').slice(0, 16);
}

/**
 * The folder that holds the build of today's sources; built if it is not there yet.
 * @returns {Promise<string>}
 */
export async function freshBuild() {
  const folder = path.join(project, 'dist', fingerprint());
  if (fs.existsSync(folder)) return folder;
  await buildInto(folder);
  return folder;
}

/** @param {string} folder */
async function buildInto(folder) {
  fs.mkdirSync(path.dirname(folder), { recursive: true });
  const draft = fs.mkdtempSync(`${folder}.draft-`);
  try {
    const children = buildChildren(draft).then(() => buildPack(draft));
    await Promise.all([buildCommandLine(draft), children, buildReportPage(draft)]);
    publish(draft, folder);
  } finally {
    fs.rmSync(draft, { recursive: true, force: true });
  }
}

/** @type {import('esbuild').BuildOptions} */
const common = {
  absWorkingDir: project,
  bundle: true,
  platform: 'node',
  target: 'node20',
  logLevel: 'warning',
};

/** Packages in the older format call `require`, which modules do not have. */
const requireHere = `import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);`;

/** @param {string} folder */
async function buildCommandLine(folder) {
  const { build } = await import('esbuild');
  await build({
    ...common,
    outdir: folder,
    entryPoints: { tally: 'cli/main.ts', guard: 'supervisor/guard.ts' },
    format: 'esm',
    // One file instead of a hundred to find and read: gRPC alone takes 50 ms from its own files. What
    // starts processes of its own, or is rarely needed, stays where it is.
    external: [
      'pm2',
      '@grpc/proto-loader',
      '@grpc/reflection',
      '@peculiar/x509',
      'reflect-metadata',
    ],
    banner: { js: requireHere },
    splitting: true,
    sourcemap: true,
  });
}

/**
 * Children are one minified file each, compiled ahead: a run is mostly process starts.
 * @param {string} folder
 */
export const buildChildren = (folder) =>
  buildPrograms(folder, { branch: 'branch/main.ts', customer: 'customer/main.ts' });

/**
 * @param {string} folder
 * @param {{ branch: string, customer: string }} entryPoints their sources
 */
export async function buildPrograms(folder, entryPoints) {
  const { build } = await import('esbuild');
  await build({
    ...common,
    outdir: folder,
    entryPoints,
    entryNames: '[name].bundle',
    format: 'cjs',
    minify: true,
    // Reflection loads at its first call, from node_modules; gRPC's own use of proto-loader never.
    external: ['@grpc/reflection', '@grpc/proto-loader'],
    // Code that was compiled ahead can require, but not import.
    supported: { 'dynamic-import': false },
  });
  for (const name of Object.keys(entryPoints)) {
    fs.copyFileSync(path.join(project, 'build/child.cjs'), path.join(folder, `${name}.cjs`));
  }
  await compileAhead(folder);
}

/**
 * Builds the report's page as one HTML file that only lacks its data.
 * @param {string} folder
 * @returns {Promise<string>} the file's path
 */
export async function buildReportPage(folder) {
  const { build } = await import('esbuild');
  const { outputFiles } = await build({
    absWorkingDir: project,
    entryPoints: ['report/page/main.ts', 'report/page/style.css'],
    outdir: folder,
    bundle: true,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    minify: true,
    write: false,
    logLevel: 'warning',
  });
  let page = fs.readFileSync(path.join(project, 'report/page/template.html'), 'utf8');
  const marks = { '.css': "/* the page's style */", '.js': "/* the page's script */" };
  for (const [ending, mark] of Object.entries(marks)) {
    const text = outputFiles.find((output) => output.path.endsWith(ending))?.text;
    if (text === undefined || !page.includes(mark))
      throw new Error(
        `report/page/template.html has no ${mark}, or the build no ${ending} for it.`,
      );
    page = page.replace(mark, () => text);
  }
  const file = path.join(folder, 'report.html');
  fs.writeFileSync(file, page);
  return file;
}

/**
 * Renames the finished draft into place. Another process may have built the same at the same time.
 * @param {string} draft
 * @param {string} folder
 */
function publish(draft, folder) {
  try {
    fs.renameSync(draft, folder);
  } catch (error) {
    if (!fs.existsSync(folder)) throw error;
  }
  removeOld(path.dirname(folder), path.basename(folder));
}

/**
 * @param {string} dist
 * @param {string} current
 */
function removeOld(dist, current) {
  for (const name of fs.readdirSync(dist)) {
    if (name === current || name === 'test') continue;
    const old = path.join(dist, name);
    const stat = fs.statSync(old, { throwIfNoEntry: false });
    if (stat && Date.now() - stat.mtimeMs > keepMs)
      fs.rmSync(old, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.error(`built ${path.relative(process.cwd(), await freshBuild())}`);
}
