/** The files on a node's own disks, as the machine under all nodes sees them. */
import fs from 'node:fs';
import path from 'node:path';
import type { Cluster } from './cluster.ts';
import type { ClusterNode } from './configuration.ts';

/** Where a node has a disk of its own. */
const disks = ['tmp', 'var/tmp', 'dev/shm'];

/** Paths on the node; none where nodes have no disks of their own, and none of a node without power. */
export function filesOn(cluster: Cluster, node: ClusterNode): readonly string[] {
  const root = cluster.rootOf(node);
  if (root === undefined) return [];
  const own = cluster.folder.slice(1);
  return disks
    .flatMap((disk) => list(root, disk))
    .filter((file) => !`${file}/`.startsWith(own) && !own.startsWith(`${file}/`));
}

function list(root: string, folder: string): string[] {
  try {
    return fs.readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
      const name = path.join(folder, entry.name);
      return entry.isDirectory() ? [name, ...list(root, name)] : [name];
    });
  } catch {
    // Gone while we looked.
    return [];
  }
}
