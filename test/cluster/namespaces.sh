#!/bin/bash
# A cluster of network namespaces, in the foreground: namespaces.sh FOLDER NODES HIDDEN
# Started by `unshare --net --uts --mount --pid --fork`, as process 1 of the head. Every node lives in
# a process namespace inside this one, so when this process ends, the kernel ends them all; it ends
# when its standard input closes, and so with whoever started it, however that dies.
set -euo pipefail
folder=$1 nodes=$2 hidden=$3
here=$(dirname "$0")

hostname head
mount --make-rprivate /
mount --bind "$folder/hosts" /etc/hosts
# Nothing out here answers questions about names; asking would only take time.
mount --bind /dev/null /etc/resolv.conf
ip link set lo up
# Left to itself it takes the least address of its cables, and another when that cable's node is lost;
# the other nodes would speak to the old one for seconds.
ip link add bridge address 02:00:00:00:00:01 type bridge
ip address add 10.77.0.1/24 dev bridge
ip link set bridge up

"$here/munged.sh" "$folder"
slurmctld -D -c -f "$folder/slurm.conf" >"$folder/slurmctld.out" 2>&1 &

for ((k = 1; k <= nodes; k++)); do
  own=$folder/node-$k
  cp -p "$folder"/{munge.key,slurm.conf,cgroup.conf} "$own"
  mkfifo "$own/born" "$own/plugged"
  unshare --net --uts --mount --pid --fork --kill-child \
    "$here/node.sh" "$folder" "$k" "$hidden" >"$own/out" 2>&1 </dev/null &
  node=$!
  read -r <"$own/born"
  ip link add "cable-$k" type veth peer name eth0 netns "$node"
  ip link set "cable-$k" master bridge up
  echo plugged >"$own/plugged"
done

cat >/dev/null
