#!/bin/bash
# Does things to a cluster that is up: at.sh FOLDER DEED...
#   head COMMAND...      runs a command at the head, with Slurm's environment
#   on NODE COMMAND...   runs a command on a node, as if somebody had logged in there
#   cut NODE             pulls the node's cable; restore NODE plugs it in again
#   power-off NODE       ends everything on the node at once
#   ps NODE              shows the processes on the node
set -euo pipefail
folder=$1 deed=$2
shift 2
export SLURM_CONF=$folder/slurm.conf

usage() {
  sed -n '3,7s/^# *//p' "$0" >&2
  exit 64
}

has_namespaces() { [ -e "$folder/node-1/processes" ]; }

pids() {
  if has_namespaces; then
    local space
    space=$(sed 's/[][]/\\&/g' "$folder/$1/processes")
    find /proc -maxdepth 3 -path '/proc/[0-9]*/ns/pid' -lname "$space" 2>/dev/null | cut -d/ -f3
  else
    grep -lsaF "SLURM_CONF=$folder/" /proc/[0-9]*/environ |
      xargs -r grep -lsa "SLURMD_NODENAME=$1" | cut -d/ -f3
  fi
}

# The process that a node lives and dies with.
first() {
  pids "$1" | sed 's,.*,/proc/&/status,' | xargs grep -lsP '^NSpid:.*\t1$' | cut -d/ -f3
}

power_off() {
  if has_namespaces; then kill -9 "$(first "$1")"; return; fi
  # shellcheck disable=SC2046
  kill -9 "$(cat "$folder/$1/pid")" $(pids "$1")
}

case $deed in
  head)
    if has_namespaces; then exec nsenter -t "$(cat "$folder/pid")" --net --uts -- "$@"; fi
    PATH="$(dirname "$0")/loopback:$PATH" exec "$@"
    ;;
  on)
    node=$1
    shift
    exec nsenter -t "$(first "$node")" --net --uts --mount --pid -- "$@"
    ;;
  cut) "$0" "$folder" head ip link set "cable-${1#node-}" down ;;
  restore) "$0" "$folder" head ip link set "cable-${1#node-}" up ;;
  power-off) power_off "$1" ;;
  ps) pids "$1" | xargs -r ps -o pid,args -p ;;
  *) usage ;;
esac
