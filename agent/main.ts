// The one process of a run that each node has besides branches and customers: node pack.cjs RUN_ID
import { generateKeyPairSync } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import readline from 'node:readline';
import { limits } from '../bank/limits.ts';
import { type AgentOffer, nodeFiles, type SupervisorAnswer } from '../process/agent-messages.ts';
import { exitCode } from '../process/exit.ts';
import { endAtBug } from '../process/fatal.ts';
import { printTrouble } from '../process/print.ts';
import { Agent } from './agent.ts';
import { makeNodeFolder, removeRemains } from './folder.ts';
import { connectToSupervisor } from './line.ts';

const oldestNode = 20;

async function main(): Promise<void> {
  const [, packFile = '', runId] = process.argv;
  if (runId === undefined) return end(exitCode.usage, 'usage: node pack.cjs RUN_ID');
  if (Number.parseInt(process.versions.node, 10) < oldestNode)
    return end(
      exitCode.usage,
      `this is Node.js ${process.versions.node}; Tally needs ${oldestNode} or newer on every node`,
    );
  let agent: Agent | undefined;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    const why = `the agent got ${signal}`;
    process.once(signal, () =>
      agent === undefined ? end(exitCode.supervisorGone, why) : void agent.end(why),
    );
  }
  await removeRemains(packFile);
  const folder = makeNodeFolder(runId, packFile);
  const removePack = (): void => fs.rmSync(packFile, { force: true });
  // Whatever ends this process in an orderly way, nothing of the run stays on the node.
  process.once('exit', () => {
    removePack();
    fs.rmSync(folder, { recursive: true, force: true });
  });
  endAtBug(process, 'the agent');
  const { publicKey, privateKey } = makeKeys();
  offer({ publicKey, folder });
  const answer = await hearAnswer();
  if (answer === undefined) return end(exitCode.supervisorGone, 'the agent got no certificate');
  writeKeys(folder, answer, privateKey);
  const line = await connectToSupervisor({ ...answer, key: privateKey });
  if (line === undefined) {
    const tried = answer.addresses.join(', ');
    const what = `the agent cannot reach the supervisor at ${tried}, port ${answer.port}`;
    return end(exitCode.supervisorGone, `${what}; is there a firewall between the machines?`);
  }
  agent = await Agent.start(folder, line);
  // The supervisor asks for something when every node has begun: one machine can be several nodes.
  void agent.asked.then(removePack);
}

function makeKeys(): { readonly publicKey: string; readonly privateKey: string } {
  return generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
}

/** Over Slurm's own channel, which is for everybody to read: nothing secret goes over it. */
function offer(content: AgentOffer): void {
  process.stdout.write(`${JSON.stringify(content)}\n`);
}

function hearAnswer(): Promise<SupervisorAnswer | undefined> {
  return new Promise((resolve) => {
    const lines = readline.createInterface(process.stdin);
    const timer = setTimeout(() => lines.close(), limits.nodeBirthMs);
    lines.once('close', () => {
      clearTimeout(timer);
      resolve(undefined);
    });
    lines.once('line', (line) => {
      resolve(JSON.parse(line) as SupervisorAnswer);
      lines.close();
    });
  });
}

function writeKeys(folder: string, answer: SupervisorAnswer, privateKey: string): void {
  fs.writeFileSync(path.join(folder, nodeFiles.ca), answer.ca);
  fs.writeFileSync(path.join(folder, nodeFiles.certificate), answer.certificate);
  fs.writeFileSync(path.join(folder, nodeFiles.key), privateKey, { mode: 0o600 });
}

function end(code: number, message: string): never {
  printTrouble(message);
  process.exit(code);
}

void main();
