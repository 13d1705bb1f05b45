# shellcheck shell=bash
# Sourced by k8s/local/run after supervisor.sh and demo.sh: the Supervisor as the pod of k8s/base, on the real node (by way
# of k8s/local/overlay, with an image of this very jar) or on the user's cluster (with HAKUBE_IMAGE).

# start_pod IMAGE: applies and waits until the pod is ready; a changed image or setting rolls it, else nothing happens.
start_pod() {
  write_overlay "$1"
  kube apply --server-side --force-conflicts -k "$STATE/overlay" >/dev/null
  wait_until 30 "the StatefulSet's controller" is_observed || fail 'the controllers of the cluster do not work'
  remove_outdated_pod
  [ "$PLACE" = node ] || offer_demo_by_pod
  if ! wait_until 300 "the Supervisor's pod to be ready" pod_is_ready_or_fails || ! pod_is_ready; then
    kube describe pod supervisor-0 | sed -n '/^Events:/,$p' >&2 || true
    tell_supervisor
    fail "the Supervisor's pod is not ready"
  fi
}

write_overlay() {
  local folder=$STATE/overlay source=$CHECKOUT/k8s/base
  [ "$PLACE" != node ] || source=$HERE/overlay
  mkdir -p "$folder"
  # A later line of the same name wins, and kustomize takes no name twice.
  different_settings | tac | awk -F= '!seen[$1]++' >"$folder/different.env"
  cat >"$folder/kustomization.yaml" <<EOF
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: $NAMESPACE
resources:
  - $(realpath --relative-to "$folder" "$source")
images:
  - {name: localhost/hakube/supervisor, $(new_image "$1")}
configMapGenerator:
  - {name: supervisor-settings, behavior: merge, envs: [different.env]}
patches:
  - target: {kind: PersistentVolumeClaim}
    patch: |
      - {op: replace, path: /spec/storageClassName, value: "$STORAGE_CLASS"}
      - {op: replace, path: /spec/resources/requests/storage, value: "$STORAGE_SIZE"}
EOF
}

# new_image IMAGE: its parts in kustomize's words; a registry's port is no tag.
new_image() {
  local last=${1##*/}
  case $last in
    *@*) echo "newName: \"${1%@*}\", digest: \"${1##*@}\"" ;;
    *:*) echo "newName: \"${1%:*}\", newTag: \"${last##*:}\"" ;;
    *) echo "newName: \"$1\", newTag: latest" ;;
  esac
}

# All that decides, in one question: generations, replicas, revisions.
pod_set() {
  kube get statefulset supervisor -o 'jsonpath={.metadata.generation} {.status.observedGeneration} {.spec.replicas} {.status.readyReplicas} {.status.currentRevision} {.status.updateRevision}{"\n"}'
}

is_observed() {
  local generation observed
  read -r generation observed _ < <(pod_set) && [ "$generation" = "$observed" ]
}

pod_is_ready() {
  local have=()
  read -ra have < <(pod_set)
  [ ${#have[@]} = 6 ] && [ "${have[0]}" = "${have[1]}" ] && [ "${have[2]}" = "${have[3]}" ] && [ "${have[4]}" = "${have[5]}" ]
}

# A pod that never became ready is kept by its StatefulSet even when the template is mended.
remove_outdated_pod() {
  local wanted have
  wanted=$(kube get statefulset supervisor -o 'jsonpath={.status.updateRevision}')
  have=$(kube get pod supervisor-0 --ignore-not-found -o 'jsonpath={.metadata.labels.controller-revision-hash}')
  if [ -n "$have" ] && [ "$have" != "$wanted" ]; then kube delete pod supervisor-0 --wait=false >/dev/null; fi
}

pod_is_ready_or_fails() { pod_is_ready || pod_fails; }

# It never ends by itself but for a fault of its configuration: a second end will be followed by a third.
pod_fails() {
  local restarts
  restarts=$(kube get pod supervisor-0 --ignore-not-found -o 'jsonpath={.status.containerStatuses[0].restartCount}') || true
  [ "${restarts:-0}" -gt 1 ]
}
