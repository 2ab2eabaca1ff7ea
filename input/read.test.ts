import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { limits } from '../bank/limits.ts';
import { inShort, problemInShort, readText } from '../test/input-text.ts';
import { scratchFolder } from '../test/scratch.ts';
import { describeProblem } from './problem.ts';
import { readScenario } from './read.ts';

const branch = { id: 1, type: 'branch', balance: 400 };
const customer = { id: 1, type: 'customer', events: [] };

test('a file becomes a scenario: visits counted in the order of the file, events by their ids', async (t) => {
  const file = [
    {
      ...customer,
      id: 2,
      events: [
        { id: 9, interface: 'query', money: 'ignored' },
        { id: 3, interface: 'deposit', money: 5 },
      ],
    },
    { ...branch, id: 2 },
    customer,
    branch,
    { ...customer, events: [{ id: 3, interface: 'withdraw', money: 1 }] },
  ];
  const text = JSON.stringify(file);
  const read = await readText(t, text, 'input.json');
  assert.ok(read.ok, inShort(read).join('\n'));
  assert.equal(read.text, text);
  assert.deepEqual(read.value, {
    branches: [
      { id: 2, balance: 400 },
      { id: 1, balance: 400 },
    ],
    visits: [
      {
        entry: 1,
        customer: 2,
        events: [
          { id: 3, interface: 'deposit', money: 5 },
          { id: 9, interface: 'query' },
        ],
      },
      { entry: 2, customer: 1, events: [] },
      { entry: 3, customer: 1, events: [{ id: 3, interface: 'withdraw', money: 1 }] },
    ],
    faults: [],
  });
});

test('events in another order than that of their ids are a warning, one for the whole file', async (t) => {
  const query = { interface: 'query' };
  const unordered = {
    ...customer,
    events: [
      { id: 2, ...query },
      { id: 1, ...query },
    ],
  };
  const one = await readText(t, JSON.stringify([branch, customer, unordered]), 'input.json');
  assert.ok(one.ok);
  assert.deepEqual(one.warnings.map(problemInShort), [
    '1:151 1 | customer 1 lists its events in another order than that of their ids | They run in ascending order of their ids.',
  ]);
  const three = await readText(
    t,
    JSON.stringify([branch, unordered, unordered, customer, unordered]),
    'input.json',
  );
  assert.ok(three.ok);
  assert.match(
    three.warnings.map(problemInShort).join('\n'),
    /^1:\d+ 1 \| customer 1 lists .* \(as do 2 more customers\) \| .*$/,
  );
});

test('what a file is, is told by its name, else by how it begins', async (t) => {
  const json = JSON.stringify([branch]);
  const yaml = '- { id: 1, type: branch, balance: 400 }';
  const names = ['a.json', 'a.JSON', 'a.txt', 'a', 'a.yaml', 'a.yml'];
  for (const name of names) assert.ok((await readText(t, ` \n${json}`, name)).ok, name);
  for (const name of ['a.yaml', 'a.YML', 'a.txt', 'a'])
    assert.ok((await readText(t, yaml, name)).ok, name);
  const wrong = await readText(t, yaml, 'a.json');
  assert.deepEqual(inShort(wrong), [
    '1:1 - | this is YAML, but the name of the file says JSON | Name the file .yaml.',
  ]);
});

const unusable: readonly {
  title: string;
  /** Makes the file and returns its path. */
  make: (folder: string) => string;
  reason: string;
  says: string;
}[] = [
  {
    title: 'a missing file',
    make: (folder) => path.join(folder, 'nothing.json'),
    reason: 'missing',
    says: 'there is no such file | Check the path.',
  },
  {
    title: 'a file in a missing folder',
    make: (folder) => path.join(folder, 'none/input.json'),
    reason: 'missing',
    says: 'there is no such file | Its folder does not exist either; check the path.',
  },
  {
    title: 'a folder',
    make: (folder) => folder,
    reason: 'directory',
    says: 'this is a folder, not a file | Name a file in it.',
  },
  {
    title: 'a loop of links',
    make: (folder) => {
      const file = path.join(folder, 'loop.json');
      fs.symlinkSync(file, file);
      return file;
    },
    reason: 'unreadable',
    says: 'the file cannot be read: ELOOP | Check the path and its permissions (ls -l).',
  },
  {
    title: 'a name beyond what a file system takes',
    make: (folder) => path.join(folder, `${'x'.repeat(300)}.json`),
    reason: 'unreadable',
    says: 'the file cannot be read: its name is too long | Check the path and its permissions (ls -l).',
  },
  {
    title: 'an empty file',
    make: (folder) => written(folder, 'input.json', ''),
    reason: 'empty',
    says: 'the file is empty | Write a list of processes: [ { "id": 1, "type": "branch", "balance": 400 } ].',
  },
  {
    title: 'a file of blanks',
    make: (folder) => written(folder, 'input.txt', ' \n\t\n'),
    reason: 'empty',
    says: 'the file is empty | Write a list of processes: [ { "id": 1, "type": "branch", "balance": 400 } ].',
  },
  {
    title: 'YAML with comments only',
    make: (folder) => written(folder, 'input.yaml', '# nothing\n---\n'),
    reason: 'empty',
    says: 'the file is empty | Write a list of processes: [ { "id": 1, "type": "branch", "balance": 400 } ].',
  },
  {
    title: 'UTF-16',
    make: (folder) => written(folder, 'input.json', Buffer.from('\ufeff[]', 'utf16le')),
    reason: 'syntax',
    says: '1:1  | the file is UTF-16, as its byte order mark says | Save the file as UTF-8.',
  },
  {
    title: 'bytes that are not UTF-8',
    make: (folder) => written(folder, 'input.json', Buffer.from('[\n"Z\u00fcrich"]', 'latin1')),
    reason: 'syntax',
    says: '2:3 \ufffd | these bytes are not UTF-8 | Save the file as UTF-8.',
  },
  {
    title: 'a file that is larger than any input',
    make: (folder) => {
      const file = written(folder, 'input.json', '');
      fs.truncateSync(file, limits.inputBytes + 1);
      return file;
    },
    reason: 'too-large',
    says: 'the file is larger than 64 MiB, the most that is read | Split it into several runs.',
  },
  {
    title: 'a file without end',
    make: () => '/dev/zero',
    reason: 'too-large',
    says: 'the file is larger than 64 MiB, the most that is read | Split it into several runs.',
  },
];

function written(folder: string, name: string, content: string | Uint8Array): string {
  const file = path.join(folder, name);
  fs.writeFileSync(file, content);
  return file;
}

for (const { title, make, reason, says } of unusable) {
  test(`a file that gives nothing: ${title}`, async (t) => {
    const read = await readScenario({ path: make(scratchFolder(t)), name: 'my-input' });
    assert.equal(read.ok ? 'ok' : read.reason, reason);
    assert.deepEqual(inShort(read), [says]);
  });
}

test(
  'a file that may not be read says so',
  { skip: process.getuid?.() === 0 && 'root may' },
  async (t) => {
    const file = written(scratchFolder(t), 'input.json', '[]');
    fs.chmodSync(file, 0);
    const read = await readScenario({ path: file, name: 'input.json' });
    assert.equal(read.ok ? 'ok' : read.reason, 'unreadable');
  },
);

test('a mistyped name is answered with the file that was meant', async (t) => {
  const folder = scratchFolder(t);
  written(folder, 'example.json', '[]');
  const read = await readScenario({
    path: path.join(folder, 'exmaple.json'),
    name: 'inputs/exmaple.json',
  });
  assert.ok(!read.ok);
  assert.equal(
    read.problems.map(describeProblem).join('\n'),
    'inputs/exmaple.json: there is no such file\n    Did you mean inputs/example.json?',
  );
});

test('- is standard input', () => {
  const script = `
    const { readScenario } = await import(process.argv[1]);
    console.log(JSON.stringify(await readScenario({ path: '-', name: 'stdin' })));
  `;
  const input = JSON.stringify([branch]);
  const { stdout } = spawnSync(
    process.execPath,
    ['--input-type=module', '-e', script, new URL('./read.js', import.meta.url).href],
    { input, encoding: 'utf8' },
  );
  assert.deepEqual(JSON.parse(stdout), {
    ok: true,
    value: { branches: [{ id: 1, balance: 400 }], visits: [], faults: [] },
    warnings: [],
    text: input,
  });
});

test('duplicate keys and broken rules are told together', async (t) => {
  const text = '[{ "id": 1, "id": 1, "type": "branch", "balance": -1 }]';
  assert.deepEqual(inShort(await readText(t, text, 'input.json')), [
    '1:13 "id" | the key "id" stands twice in one object | Remove one of them; which one would count is not clear.',
    '1:51 -1 | branch 1: balance must be at least 0, not -1 | Write a whole number of at least 0.',
  ]);
});
