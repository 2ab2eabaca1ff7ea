#!/bin/bash
# A cluster of several slurmd on the loopback address, for whoever may not make namespaces, in the
# foreground: loopback.sh FOLDER NODES. Ends when its standard input closes; then keeper.sh ends the rest.
set -euo pipefail
folder=$1 nodes=$2

"$(dirname "$0")/munged.sh" "$folder"
slurmctld -D -c -f "$folder/slurm.conf" >"$folder/slurmctld.out" 2>&1 </dev/null &
for ((k = 1; k <= nodes; k++)); do
  slurmd -D -f "$folder/slurm.conf" -N "node-$k" >"$folder/node-$k/out" 2>&1 </dev/null &
  echo $! >"$folder/node-$k/pid"
  # Nobody need be told when a node is ended in this way.
  disown
done
cat >/dev/null
