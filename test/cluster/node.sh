#!/bin/bash
# One machine of a cluster of namespaces, as its process 1: node.sh FOLDER NUMBER PROJECT
# It has an address, a host name, processes and temporary folders of its own. Of the cluster's folder
# it sees its own part, under the same path, and the folder that all nodes share. PROJECT is not on this
# machine, as nobody need have it on a shared file system; only who looks for an installed copy finds
# one in /run/tally.
set -euo pipefail
folder=$1 k=$2 project=$3
own=$folder/node-$k

readlink /proc/self/ns/pid >"$own/processes"
echo born >"$own/born"
read -r <"$own/plugged"

hostname "node-$k"
mount -t proc proc /proc
mount -t tmpfs run /run
mkdir /run/own /run/shared /run/tally
mount --bind "$own" /run/own
mount --bind "$folder/shared" /run/shared
mount --bind "$project" /run/tally
mount -o remount,bind,ro /run/tally
mount -t tmpfs private /tmp
mount -t tmpfs private /var/tmp
mount -t tmpfs private /dev/shm
mkdir -p "$folder"
mount --move /run/own "$folder"
mkdir "$folder/shared"
mount --move /run/shared "$folder/shared"

ip link set lo up
ip address add "10.77.0.$((10 + k))/24" dev eth0
ip link set eth0 up

# A project that lies in one of the folders that are private now is out of sight already.
/run/tally/test/cluster/munged.sh "$folder"
if [ -d "$project" ]; then mount -t tmpfs private "$project"; fi
cd /
# Process 1 has to reap what Slurm's steps leave behind, which slurmd would not.
slurmd -D -f "$folder/slurm.conf" -N "node-$k" &
wait $!
