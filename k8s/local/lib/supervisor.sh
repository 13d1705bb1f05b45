# shellcheck shell=bash
# Sourced by k8s/local/run after place.sh and parts.sh: builds the Supervisor and starts it as a process of this machine.

AT=$STATE/supervisor # parts, logs and settings of what runs on this machine itself

# with_log WHAT LOG COMMAND…: says each 10 s that COMMAND still runs; a failure shows the end of LOG.
with_log() {
  local what=$1 log=$2 pid
  shift 2
  "$@" >"$log" 2>&1 </dev/null 9>&- &
  pid=$!
  wait_until 1800 "$what" has_ended "$pid" || kill "$pid"
  wait "$pid" || { tail -n 30 "$log" >&2 && fail "$what; its log is $log"; }
}

has_ended() { ! kill -0 "$1" 2>/dev/null; }

jar_is_new() {
  local jar=$CHECKOUT/target/hakube.jar
  [ -e "$jar" ] && [ -z "$(find "$CHECKOUT/pom.xml" "$CHECKOUT/src/main" -newer "$jar" -print -quit)" ]
}

build_jar() {
  if jar_is_new; then return; fi
  need mvn
  # The class files of a running process are not replaced under it.
  part_stop "$AT" supervisor
  say 'building target/hakube.jar (minutes when Maven has nothing cached)'
  with_log 'the build of target/hakube.jar' "$STATE/build.log" \
    mvn -B -f "$CHECKOUT/pom.xml" -Dmaven.test.skip=true package
  touch "$CHECKOUT/target/hakube.jar"
}

# What differs from k8s/base/supervisor.env, one NAME=VALUE a line. The caller's own settings win.
different_settings() {
  if [ "$PLACE" = cluster ]; then
    echo "SUPERVISOR_K8S_SHARED_PVC_STORAGE_CLASS=$STORAGE_CLASS"
    echo "SUPERVISOR_K8S_SHARED_PVC_SIZE=$STORAGE_SIZE"
    echo "SUPERVISOR_K8S_INTERNAL_GATEWAY_ADDRESS=$VIP"
  else
    sed -n 's/^ *- \(SUPERVISOR_[A-Z0-9_]*=\)/\1/p' "$HERE/overlay/kustomization.yaml"
  fi
  env | grep -E '^SUPERVISOR_(K8S|CORE|LOG|VERSION|CONNECTIVITY|PWNED|REPOSITORY|MACHINE)' || true
}

apply() { kube apply --server-side --force-conflicts -f - >/dev/null; }

make_namespace() {
  local owner
  owner=$(kube get namespace "$NAMESPACE" --ignore-not-found -o 'jsonpath={.metadata.name} {.metadata.labels.hakube\.run}')
  case $owner in
    '' | *' local') ;;
    *) fail "namespace $NAMESPACE exists and was not made by this script; set HAKUBE_NAMESPACE to a new name" ;;
  esac
  apply <<EOF
apiVersion: v1
kind: Namespace
metadata:
  name: $NAMESPACE
  labels:
    hakube.run: local
EOF
}

# Everything of k8s/base but the pod: the process acts as the same ServiceAccount, with its rights only.
process_objects() {
  local file base=$CHECKOUT/k8s/base
  for file in service-account role role-binding claim; do
    sed "s/^  - kind: ServiceAccount\$/&\n    namespace: $NAMESPACE/
      s/^  storageClassName:.*/  storageClassName: $STORAGE_CLASS/; s/storage: .*/storage: $STORAGE_SIZE/" "$base/$file.yaml"
    echo ---
  done
  cat <<EOF
apiVersion: v1
kind: Service
metadata: {name: supervisor}
spec:
  ports: [{name: http, port: 80, targetPort: $PORT}]
---
apiVersion: v1
kind: Secret
metadata:
  name: supervisor-process
  annotations: {kubernetes.io/service-account.name: supervisor}
type: kubernetes.io/service-account-token
EOF
  # Endpoints on loopback are refused; nothing on simulated nodes could use them anyway.
  case $LISTEN in
    127.*) return ;;
  esac
  cat <<EOF
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: supervisor-process, labels: {kubernetes.io/service-name: supervisor}}
addressType: IPv4
endpoints: [{addresses: ["$LISTEN"], conditions: {ready: true}}]
ports: [{name: http, port: $PORT, protocol: TCP}]
EOF
}

has_token() { [ -n "$(kube get secret supervisor-process -o 'jsonpath={.data.token}')" ]; }

# The administrator's kubeconfig with the ServiceAccount's token instead.
write_process_kubeconfig() {
  local token
  wait_until 30 'a token of the ServiceAccount' has_token || fail 'the cluster gives no token to ServiceAccount supervisor'
  token=$(kube get secret supervisor-process -o 'jsonpath={.data.token}' | base64 -d)
  [ ! -f "$AT/kubeconfig" ] || ! grep -qF "$token" "$AT/kubeconfig" || return 0
  (
    umask 077
    kube config view --raw --minify --flatten >"$AT/kubeconfig"
    KUBECONFIG=$AT/kubeconfig "$KUBECTL" config set-credentials supervisor --token "$token" >/dev/null
    KUBECONFIG=$AT/kubeconfig "$KUBECTL" config set-context --current --user supervisor --namespace "$NAMESPACE" >/dev/null
    # The administrator's own credentials have no place there.
    KUBECONFIG=$AT/kubeconfig "$KUBECTL" config get-users | grep -vxE 'NAME|supervisor' |
      KUBECONFIG=$AT/kubeconfig xargs -r -n 1 "$KUBECTL" config delete-user >/dev/null
  )
}

# start_process SHARE: a setting or a jar that is another than that of the running one starts it anew.
start_process() {
  local java before='' arguments=()
  java=$(jdk25)/bin/java
  mapfile -t arguments < <(grep '^[A-Z]' "$CHECKOUT/k8s/base/supervisor.env" && different_settings)
  arguments+=("SUPERVISOR_SHARE=$1" "SUPERVISOR_K8S_NAMESPACE=$NAMESPACE" "SUPERVISOR_K8S_KUBECONFIG=$AT/kubeconfig"
    "SERVER_HOST=$LISTEN" "SERVER_PORT=$PORT" SERVER_SOCKETS_0_HOST=127.0.0.1 "MANAGEMENT_PORT=$MANAGEMENT")
  [ ! -f "$AT/parts/supervisor" ] || before=$(cat "$AT/parts/supervisor")
  part_define "$AT" supervisor env -C "$AT" "${arguments[@]}" "$java" "@$CHECKOUT/config/java.options" \
    "-Dhakube.jar=$(cat "$CHECKOUT/config/java.options" "$CHECKOUT/target/hakube.jar" | digest)" -jar "$CHECKOUT/target/hakube.jar"
  [ "$before" = "$(cat "$AT/parts/supervisor")" ] || part_stop "$AT" supervisor
  part_runs "$AT" supervisor || say "starting the Supervisor as a process that listens on $LISTEN:$PORT"
  part_start "$AT" supervisor
}
