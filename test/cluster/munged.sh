#!/bin/sh
# Starts a munged whose key, socket and files are in FOLDER alone: munged.sh FOLDER
set -eu
munge=$1/munge
mkdir -m 755 "$munge"
exec munged --force --num-threads 2 --key-file "$1/munge.key" --socket "$munge/socket" \
  --pid-file "$munge/pid" --log-file "$munge/log" --seed-file "$munge/seed"
