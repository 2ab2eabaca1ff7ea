#!/bin/bash
# Starts a cluster, and when it has ended removes what is left of it, its folder and whatever bears its
# SLURM_CONF, whether its owner is alive or not: keeper.sh FOLDER COMMAND...
folder=$1
shift
trap '' INT TERM HUP
SLURM_CONF=$folder/slurm.conf "$@" <&0 &
echo $! >"$folder/pid"
wait $!
grep -lsaF "SLURM_CONF=$folder/" /proc/[0-9]*/environ | cut -d/ -f3 | xargs -r kill -9 2>/dev/null
rm -rf "$folder"
