# Long-running programs of the local cluster ("parts"), each started in a session of its own, found again by its
# process id together with its start time, so that a reused id is never mistaken for it, and ended with its children.
# Sourced after common.sh.
#
# A part NAME of the state folder DIR:
#   DIR/parts/NAME   its command, as a script: start it again just so
#   DIR/pids/NAME    "<process id> <start time in clock ticks since boot>"
#   DIR/logs/NAME.log
# shellcheck shell=bash

# part_define DIR NAME COMMAND…
part_define() {
  local dir=$1 name=$2
  shift 2
  mkdir -p "$dir/parts" "$dir/pids" "$dir/logs"
  { echo '#!/usr/bin/env bash' && printf 'exec' && printf ' %q' "$@" && echo; } >"$dir/parts/$name"
}

start_time() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20; }

# part_pid DIR NAME: prints the process id while it runs, else nothing and 1. A zombie does not run.
part_pid() {
  local pid time
  read -r pid time 2>/dev/null <"$1/pids/$2" || return 1
  [ "$(start_time "$pid")" = "$time" ] || return 1
  ! grep -q '^State:[[:space:]]*Z' "/proc/$pid/status" 2>/dev/null || return 1
  echo "$pid"
}

part_runs() { part_pid "$@" >/dev/null; }

# part_pause DIR NAME: returns when each of its threads stands still, which is a moment after the signal.
part_pause() {
  local pid
  pid=$(part_pid "$@") || fail "$2 does not run"
  kill -STOP "$pid"
  for _ in {1..500}; do
    grep -L '^State:[[:space:]]*T' "/proc/$pid"/task/*/status | grep -q . || return 0
    sleep 0.01
  done
  fail "$2 does not stand still"
}

# part_start DIR NAME: nothing when it runs already.
part_start() {
  local pid
  if part_runs "$1" "$2"; then return; fi
  setsid bash "$1/parts/$2" </dev/null >>"$1/logs/$2.log" 2>&1 9>&- &
  pid=$!
  echo "$pid $(start_time "$pid")" >"$1/pids/$2"
  disown "$pid" 2>/dev/null || true
}

# part_stop DIR NAME…: asks all to end, waits up to 10 s, then insists. A paused part is woken first.
part_stop() {
  local dir=$1 name pid
  shift
  for name; do
    if pid=$(part_pid "$dir" "$name"); then
      kill -TERM -- "-$pid" 2>/dev/null || true
      kill -CONT -- "-$pid" 2>/dev/null || true
    fi
  done
  for name; do
    if ! wait_until 10 "the end of $name" part_gone "$dir" "$name"; then
      part_kill "$dir" "$name"
    fi
    rm -f "$dir/pids/$name"
  done
}

# part_kill DIR NAME: ends it as a crash would.
part_kill() {
  local pid
  pid=$(part_pid "$1" "$2") || return 0
  kill -KILL -- "-$pid"
  wait_until 10 "the end of $2" part_gone "$1" "$2" || fail "$2 (process $pid) does not end"
}

part_gone() { ! part_runs "$@"; }

# part_names DIR: those that were ever started.
part_names() { [ ! -d "$1/pids" ] || ls "$1/pids"; }

# part_wait DIR NAME SECONDS WHAT COMMAND…: waits until COMMAND succeeds; a part that ends meanwhile, or the time being
# over, fails with the tail of the part's log.
part_wait() {
  local dir=$1 name=$2 seconds=$3 what=$4
  shift 4
  if ! wait_until "$seconds" "$what" succeeds_or_gone "$dir" "$name" "$@" || ! part_runs "$dir" "$name"; then
    tail -n 15 "$dir/logs/$name.log" >&2 || true
    if part_runs "$dir" "$name"; then
      fail "$what did not come within $seconds s; log of $name: $dir/logs/$name.log"
    fi
    fail "$name ended by itself; log: $dir/logs/$name.log"
  fi
}

succeeds_or_gone() {
  local dir=$1 name=$2
  shift 2
  "$@" || ! part_runs "$dir" "$name"
}

# free_port: a TCP port of 20000 to 29999 (below the ephemeral and the node ports) on which nobody listens now.
free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 10000))
    grep -qiE "^ *[0-9]+: [0-9A-F]+:$(printf %04X "$port") " /proc/net/tcp /proc/net/tcp6 2>/dev/null || break
  done
  echo "$port"
}
