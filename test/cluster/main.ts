/** Keeps a cluster up until Ctrl-C, for people: `npm run cluster -- 3`. */
import { Cluster } from './cluster.ts';
import { findGrounds } from './grounds.ts';

const found = findGrounds();
const count = Number(process.argv[2] ?? '3');

if ('reason' in found) {
  console.error(found.reason);
  process.exitCode = 69;
} else await keep(await Cluster.start(found.grounds, count));

async function keep(cluster: Cluster): Promise<void> {
  console.log(`a cluster of ${cluster.nodes.length} nodes is up, until Ctrl-C:`);
  for (const { name, address } of cluster.nodes) console.log(`  ${name}  ${address}`);
  console.log(
    `  ${cluster.command} head COMMAND...      at the head, such as: sinfo, salloc, tally`,
  );
  console.log(`  ${cluster.command} on NODE COMMAND...   on a node`);
  console.log(`  ${cluster.command} cut NODE | restore NODE | power-off NODE | ps NODE`);
  // A timer keeps this process alive; the cluster ends with it, however it ends.
  const waiting = setInterval(() => {}, 1_000_000);
  await new Promise<void>((resolve) => {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, resolve);
  });
  clearInterval(waiting);
  await cluster.close();
}
