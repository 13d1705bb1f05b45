# shellcheck shell=bash
# Sourced by k8s/local/run and k8s/local/stop after common.sh: what is remembered between them.

STATE=${HAKUBE_STATE:-${XDG_STATE_HOME:-${HOME:-/root}/.local/state}/hakube/local}

# What a run has chosen, in the file "run" of the state folder, as shell assignments:
# PLACE       node (a real one), simulated, or cluster (the user's own)
# PROCESS     true when the Supervisor is a process of this machine, false when it is a pod
# CONFIG      the administrator's kubeconfig
# NAMESPACE   made by the run, removed by the stop
# PORT, MANAGEMENT   of the process on this machine
# STORAGE_CLASS, STORAGE_SIZE   of the shared claim
# VIP         the address of the add-on ports
remember() {
  declare -p PLACE PROCESS CONFIG NAMESPACE PORT MANAGEMENT STORAGE_CLASS STORAGE_SIZE VIP | sed 's/^declare -[^ ]* //' >"$STATE/run"
}

recall() {
  [ -f "$STATE/run" ] || return 1
  # shellcheck source=/dev/null
  . "$STATE/run"
}

# The client: an installed one for the user's own cluster, which may need plug-ins of its own; else the cluster's.
find_kubectl() {
  if [ "$PLACE" = cluster ] && command -v kubectl >/dev/null; then
    KUBECTL=$(command -v kubectl)
  else
    KUBECTL=$("$HERE/lib/binaries" kubectl)/kubectl
  fi
}

kube() {
  "$KUBECTL" --kubeconfig "$CONFIG" --cache-dir "$STATE/kube-cache" --request-timeout 20s -n "$NAMESPACE" "$@"
}
