import assert from 'node:assert/strict';
import fs from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { HistoryRecord } from '../bank/history.ts';
import { masksOf, noFilter } from '../report/picture/filter.ts';
import { pictureOf } from '../report/picture/picture.ts';
import { sceneOf } from '../report/picture/scene.ts';
import { shapesMost, yOf } from '../report/picture/view.ts';
import { noBrowser } from './browser.ts';
import { changes, open, stage, ticksOf, until, wholeView } from './report-page.ts';
import { sampleHistory } from './sample-history.ts';
import type { Sample } from './sample-history.ts';

const skip = noBrowser;
const small: Sample = { branches: 3, visits: [1, 2, 3], eventsPerVisit: 3, crash: true };

test(
  'the report opens from disk, asks the network for nothing and complains of nothing',
  { skip },
  async () => {
    const { page, data, noise } = await open(sampleHistory(small));
    assert.equal(data.verdict.verdict, 'valid');
    assert.match(await page.locator('h1').innerText(), /^Valid\./);
    assert.match(
      await page.locator('.verdict').innerText(),
      new RegExp(data.verdict.text.slice(0, 20)),
    );
    const facts = await page.locator('.facts').innerText();
    for (const fact of ['inputs/sample.json', '3 visits by 3 customers', '36', '9 answered'])
      assert.ok(facts.includes(fact), fact);
    assert.match(await page.locator('.diagram .status').innerText(), /^72 requests and answers/);
    assert.deepEqual(noise, []);
    await page.close();
  },
);

test('a damaged report says that it is, instead of nothing', { skip }, async () => {
  const { page } = await open(sampleHistory(small));
  const file = fileURLToPath(page.url());
  const html = fs.readFileSync(file, 'utf8');
  const damaged = html.replace(/(id="data">\s*\S{100})\S{40}/, '$1');
  assert.equal(damaged.length, html.length - 40);
  fs.writeFileSync(file, damaged);
  await page.reload();
  await page.getByText('This report could not be shown').waitFor();
  await page.close();
});

test('a click on an arrow shows the whole message, and Escape closes it', { skip }, async () => {
  const { page, data } = await open(sampleHistory(small));
  const scene = sceneOf(data, 'folded');
  const view = await wholeView(page, data);
  const wish = { masks: masksOf(scene, noFilter), collapse: false, chain: false };
  const arrow = pictureOf(scene, view, wish).arrows[2];
  assert.ok(arrow);
  const position = {
    x: (arrow.x1 + arrow.x2) / 2,
    y: (yOf(view, arrow.fromLane) + yOf(view, arrow.toLane)) / 2,
  };
  await page.locator('.surface').click({ position });
  const text = await page.locator('.details').innerText();
  const { messages, texts } = data;
  const id = `${texts[messages.prefix[arrow.message] ?? -1]}${messages.number[arrow.message]}`;
  assert.ok(text.includes(id), `${text} lacks ${id}`);
  assert.ok(text.includes(`line ${messages.line[arrow.message]}`));
  await stage(page).focus();
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('.details').count(), 0);
  await page.close();
});

test('wheel, buttons and keys zoom and pan; Fit shows the whole run again', { skip }, async () => {
  const { page } = await open(sampleHistory(small));
  const ticks = () => ticksOf(page);
  const whole = await ticks();
  await page.locator('.surface').hover({ position: { x: 500, y: 100 } });
  await changes(ticks, () => page.mouse.wheel(0, -300));
  await changes(ticks, async () => {
    await page.mouse.down();
    await page.mouse.move(300, 700, { steps: 3 });
    await page.mouse.up();
  });
  await changes(ticks, () => page.getByRole('button', { name: 'Zoom in' }).click());
  await stage(page).focus();
  for (const key of ['+', 'ArrowRight', 'ArrowLeft', '-'])
    await changes(ticks, () => page.keyboard.press(key));
  await page.keyboard.press('0');
  await until('the whole run', async () => (await ticks()).join() === whole.join());
  await page.close();
});

test('filters and search leave what matches, and Enter steps through it', { skip }, async () => {
  const { page, data } = await open(sampleHistory(small));
  const queries = data.messages.interface.filter(
    (name) => data.texts[name ?? -1] === 'query',
  ).length;
  const status = () => page.locator('.diagram .status').innerText();
  await changes(status, async () => {
    await page.getByLabel('Interface', { exact: true }).selectOption('query');
  });
  assert.match(await status(), new RegExp(`^${queries} of 36 messages match`));
  await page.getByRole('button', { name: 'Clear' }).click();
  await changes(status, () => page.getByLabel('Search', { exact: true }).fill('visit-2/0/2'));
  assert.match(await status(), /^1 of 36 messages match/);
  await page.getByLabel('Search', { exact: true }).press('Enter');
  assert.match(
    await page.locator('.details h3').innerText(),
    /^deposit 30: customer 2 → branch 2$/,
  );
  await page.close();
});

for (const { title, node, column } of [
  { title: 'where there are several machines, starts tell theirs', node: 'node-2', column: 1 },
  { title: 'on one machine, starts tell none', node: undefined, column: 0 },
]) {
  test(title, { skip }, async () => {
    const records = [...sampleHistory(small)].map((record): HistoryRecord =>
      record.kind === 'online' ? { ...record, node } : record,
    );
    const { page } = await open(records);
    const starts = page.locator('table', { hasText: 'From start to ready' });
    assert.equal(await starts.getByRole('columnheader', { name: 'Node' }).count(), column);
    assert.equal((await starts.getByText('node-2', { exact: true }).count()) > 0, column > 0);
    await page.close();
  });
}

test('the table says what the history says, and sorts by each column', { skip }, async () => {
  const records = [...sampleHistory(small)];
  const { page } = await open(records);
  const cells = (column: number) =>
    page.locator(`.events tbody tr:not(.gap) td:nth-child(${column})`).allTextContents();
  const outcomes = records.flatMap((record) => (record.kind === 'outcome' ? [record] : []));
  assert.deepEqual(
    await cells(5),
    outcomes.map((outcome) => outcome.interface),
  );
  assert.deepEqual(
    await cells(6),
    outcomes.map(({ money }) => String(money ?? '')),
  );
  assert.deepEqual(
    await cells(7),
    outcomes.map(({ result }) => result),
  );
  const money = page.getByRole('columnheader', { name: 'Money' });
  await money.getByRole('button').click();
  assert.equal(await money.getAttribute('aria-sort'), 'ascending');
  await money.getByRole('button').click();
  const sorted = outcomes.map((outcome) => outcome.money ?? -1).toSorted((a, b) => b - a);
  assert.deepEqual(
    (await cells(6)).map((text) => Number(text || -1)),
    sorted,
  );
  await page.getByRole('button', { name: 'Show event 2 of visit 3 in the diagram' }).click();
  assert.equal(await page.getByLabel('Event', { exact: true }).inputValue(), '3.2');
  await page.close();
});

test(
  'an invalid run names the violation first and jumps to the lines that show it',
  { skip },
  async () => {
    const records = [...sampleHistory(small)];
    const wrong = records.findLastIndex(
      ({ kind, process }) => kind === 'apply' && process === 'branch-3',
    );
    const broken = records.map((record, index) =>
      index === wrong && record.kind === 'apply'
        ? { ...record, balance: record.balance + 7 }
        : record,
    );
    const { page, data } = await open(broken);
    assert.equal(data.verdict.verdict, 'invalid');
    assert.match(await page.locator('h1').innerText(), /^Invalid\./);
    const [violation] = data.verdict.violations;
    const line = violation?.evidence.at(-1)?.line;
    assert.equal(await page.locator('.violations h3').first().innerText(), violation?.title);
    await page
      .locator('.violation')
      .first()
      .getByRole('button', { name: `line ${line}`, exact: true })
      .click();
    assert.match(
      await page.locator('.details').innerText(),
      new RegExp(`line\\s+${line}\\b|line ${line},`),
    );
    await page.close();
  },
);

test('dark and light are the system’s choice until the button decides', { skip }, async () => {
  const { page } = await open(sampleHistory(small), 'dark');
  const background = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
  const dark = await background();
  const button = page.getByRole('button', { name: 'Theme' });
  await button.click();
  assert.equal(await button.innerText(), 'Theme: light');
  assert.notEqual(await background(), dark);
  await button.click();
  assert.equal(await background(), dark);
  await page.close();
});

test('paper gets a picture of the diagram and all rows', { skip }, async () => {
  const { page } = await open(
    sampleHistory({ ...small, visits: Array.from({ length: 30 }, () => 1) }),
  );
  const rows = page.locator('.events tbody tr:not(.gap)');
  assert.ok((await rows.count()) < 90);
  await page.emulateMedia({ media: 'print' });
  // It is there as soon as the medium is paper, and drawn when the page hears of that.
  const picture = page.locator('img.print-picture[src^="data:image/png"]');
  await picture.waitFor({ state: 'visible' });
  assert.equal(await stage(page).isVisible(), false);
  await until('all 90 rows', async () => (await rows.count()) === 90);
  await page.close();
});

test('everything that can be pressed has a name', { skip }, async () => {
  const { page } = await open(sampleHistory(small));
  for (const control of await page.locator('button, input, select, [tabindex]').all()) {
    const name = await control.evaluate(
      (node) =>
        node.getAttribute('aria-label') ?? (node.textContent || node.closest('label')?.textContent),
    );
    assert.ok(name, await control.evaluate((node) => node.outerHTML));
  }
  await page.close();
});

test(
  '100,000 messages and 100 branches: what is drawn depends on the view alone',
  { skip },
  async (context) => {
    const visits = Array.from({ length: 101 }, (_, index) => 1 + (index % 100));
    const { page, data, noise } = await open(
      sampleHistory({ branches: 100, visits, eventsPerVisit: 8 }),
    );
    assert.ok(data.counts.messages >= 100_000, `${data.counts.messages} messages`);
    const most = 4 * shapesMost(await wholeView(page, data));
    const times: string[] = [];
    const measure = async () => {
      const shapes = Number(await stage(page).getAttribute('data-shapes'));
      assert.ok(shapes > 0 && shapes <= most, `${shapes} shapes, at most ${most}`);
      const level = await stage(page).getAttribute('data-level');
      times.push(`${level} ${await stage(page).getAttribute('data-paint-ms')} ms`);
    };
    const ticks = () => ticksOf(page);
    await measure();
    for (let step = 0; step < 14; step += 1) {
      await changes(ticks, () => page.getByRole('button', { name: 'Zoom in' }).click());
      await measure();
    }
    await stage(page).focus();
    await changes(ticks, () => page.keyboard.press('ArrowRight'));
    await measure();
    context.diagnostic(`painted: ${times.join(', ')}`);
    assert.deepEqual(noise, []);
    await page.close();
  },
);
