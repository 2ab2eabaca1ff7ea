import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { projectFolder } from './project.ts';

/** Who may import whom; everything else is a wrong turn on the line from input to output. */
const arrows: Record<string, readonly string[]> = {
  bank: [],
  schemas: [],
  rpc: ['bank'],
  process: ['bank'],
  agent: ['bank', 'process'],
  branch: ['bank', 'rpc', 'process'],
  customer: ['bank', 'rpc', 'process'],
  input: ['bank', 'schemas'],
  checker: ['bank'],
  report: ['bank', 'checker'],
  supervisor: ['bank', 'rpc', 'process'],
  cli: ['bank', 'input', 'supervisor', 'checker', 'report'],
};

/** The one file that imports a package; generated types aside. */
const owners: Record<string, string> = {
  pm2: 'supervisor/pm2.ts',
  ajv: 'build/validators.js',
  yaml: 'input/yaml.ts',
  '@peculiar/x509': 'supervisor/certificates.ts',
  'reflect-metadata': 'supervisor/certificates.ts',
};

/** Packages that only one folder may import. */
const folders: Record<string, string> = {
  '@grpc/grpc-js': 'rpc',
  '@grpc/proto-loader': 'rpc',
  '@grpc/reflection': 'rpc',
  protobufjs: 'rpc',
  'd3-axis': 'report',
  'd3-scale': 'report',
  'd3-selection': 'report',
  'd3-zoom': 'report',
  uplot: 'report',
};

interface Import {
  readonly file: string;
  readonly folder: string;
  readonly specifier: string;
}

function sources(folder: string): string[] {
  return fs
    .readdirSync(path.join(projectFolder, folder), { withFileTypes: true })
    .flatMap((entry) => {
      const name = `${folder}/${entry.name}`;
      if (entry.isDirectory()) return sources(name);
      return name.endsWith('.ts') && !name.includes('/generated/') ? [name] : [];
    });
}

const product = (file: string): boolean => !file.endsWith('.test.ts');

function importsOf(file: string): Import[] {
  const text = fs.readFileSync(path.join(projectFolder, file), 'utf8');
  const found = text.matchAll(/(?:from|import)\s*\(?\s*'([^'\s]+)'/g);
  return [...found].map((match) => ({
    file,
    folder: file.split('/')[0] ?? '',
    specifier: match[1] ?? '',
  }));
}

const imports = Object.keys(arrows).flatMap(sources).filter(product).flatMap(importsOf);

test('folders import only what their arrow allows', () => {
  const wrong = imports.flatMap(({ file, folder, specifier }) => {
    if (!specifier.startsWith('.')) return [];
    const target =
      path.posix.normalize(path.posix.join(path.posix.dirname(file), specifier)).split('/')[0] ??
      '';
    const allowed =
      target === folder || arrows[folder]?.includes(target) === true || target === 'package.json';
    return allowed ? [] : [`${file} imports ${specifier}`];
  });
  assert.deepEqual(wrong, []);
});

test('a package is imported by its owner alone', () => {
  const wrong = imports.flatMap(({ file, folder, specifier }) => {
    const name = specifier
      .split('/')
      .slice(0, specifier.startsWith('@') ? 2 : 1)
      .join('/');
    const fileAllowed = owners[name] === undefined || owners[name] === file;
    const folderAllowed = folders[name] === undefined || folders[name] === folder;
    return fileAllowed && folderAllowed ? [] : [`${file} imports ${specifier}`];
  });
  assert.deepEqual(wrong, []);
});

/** What runs in the browser knows nothing of Node and of a run but the page's data. */
const island = ['report/page/', 'report/picture/', 'report/data.ts', 'report/columns.ts'];
const bridges = ['report/data.ts', 'report/columns.ts', 'uplot'];
const onIsland = (file: string): boolean => island.some((part) => file.startsWith(part));

test("the report's page is an island", () => {
  const wrong = imports.flatMap(({ file, specifier }) => {
    const target = specifier.startsWith('.')
      ? path.posix.normalize(path.posix.join(path.posix.dirname(file), specifier))
      : specifier;
    const bridge = bridges.includes(target) || target.startsWith('d3-');
    const allowed = onIsland(file) ? onIsland(target) || bridge : !onIsland(target) || bridge;
    return allowed ? [] : [`${file} imports ${specifier}`];
  });
  assert.deepEqual(wrong, []);
});

test('every file is reached from an entry point or is a test', () => {
  const entries = [
    'cli/main.ts',
    'agent/main.ts',
    'branch/main.ts',
    'customer/main.ts',
    'supervisor/guard.ts',
    'supervisor/certificates.ts',
    'report/page/main.ts',
  ];
  const reached = new Set(entries);
  for (const file of reached) {
    for (const { specifier } of importsOf(file)) {
      if (!specifier.startsWith('.')) continue;
      const target = path.posix.normalize(path.posix.join(path.posix.dirname(file), specifier));
      if (target.endsWith('.ts')) reached.add(target);
    }
  }
  const dead = Object.keys(arrows)
    .flatMap(sources)
    .filter(product)
    .filter((file) => !reached.has(file));
  assert.deepEqual(dead, []);
});
