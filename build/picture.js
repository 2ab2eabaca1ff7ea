// Makes docs/report.png again: the report of a real run in which a message is lost and a branch dies.
// Needs Chromium: `node build/picture.js [PATH OF CHROMIUM]`.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const project = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const executablePath = process.argv[2] ?? '/usr/bin/chromium';
const faults = [
  { fault: 'drop-message', interface: 'propagate_deposit', from: 2, to: 3, message: 1 },
  { fault: 'kill-branch', branch: 1, when: 'after-record', update: 2 },
];

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'picture-'));
try {
  await picture(runFaulty());
} finally {
  fs.rmSync(folder, { recursive: true });
}

/** @returns {string} the report's path */
function runFaulty() {
  const file = path.join(folder, 'faults.json');
  fs.writeFileSync(file, JSON.stringify(faults));
  const runs = path.join(folder, 'runs');
  const output = path.join(folder, 'output.json');
  const options = ['--faults', file, '--runs', runs, '--output', output];
  execFileSync(process.execPath, ['tally.js', 'run', 'inputs/example.json', ...options], {
    cwd: project,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return path.join(fs.realpathSync(path.join(runs, 'latest')), 'report.html');
}

/** @param {string} report */
async function picture(report) {
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    const page = await browser.newPage({
      viewport: { width: 1_240, height: 1_200 },
      deviceScaleFactor: 1.25,
    });
    await page.goto(pathToFileURL(report).href);
    await page.locator('.stage[data-shapes]').waitFor();
    const charts = await page.locator('.chart').boundingBox();
    const height = charts === null ? 900 : charts.y + charts.height;
    const clip = { x: 0, y: 0, width: 1_240, height };
    await page.screenshot({ path: path.join(project, 'docs/report.png'), clip });
  } finally {
    await browser.close();
  }
}
