# shellcheck shell=bash
# Sourced by k8s/local/run: from a Supervisor that was started to Home Assistant and the demo add-on running.

DEMO=local_mosquitto

pings() { curl -fsS -m 3 -o "$STATE/answer" "$API/supervisor/ping" 2>/dev/null; }

# What is known of the Supervisor when it does not answer.
tell_supervisor() {
  kube get pods >&2 && kube get events --sort-by .lastTimestamp | tail -n 10 >&2
  if "$PROCESS"; then
    tail -n 20 "$AT/logs/supervisor.log" >&2
  else
    kube logs --tail 20 statefulset/supervisor >&2
  fi
}

wait_for_api() {
  if "$PROCESS"; then
    part_wait "$AT" supervisor 120 "the Supervisor's answer" pings
  else
    wait_until 300 "the Supervisor's answer" pings || { tell_supervisor && fail 'the Supervisor does not answer'; }
  fi
}

get_token() {
  (umask 077 && kube get secret supervisor-cli-token -o 'jsonpath={.data.token}' 2>/dev/null | base64 -d >"$AT/token")
  [ -s "$AT/token" ]
}

# api METHOD PATH [BODY]: the answer in $STATE/answer; 1 and its message on a failure.
api() {
  local code
  code=$(curl -sS -m 330 -X "$1" -o "$STATE/answer" -w '%{http_code}' ${3:+-H 'Content-Type: application/json' -d "$3"} \
    -H @<(printf 'Authorization: Bearer %s' "$(cat "$AT/token")") "$API$2" 2>"$STATE/answer.error") || code=000
  [ "$code" = 200 ]
}

# must METHOD PATH [BODY]: ends the run with the Supervisor's own words when it refuses.
must() {
  api "$@" && return
  tell_supervisor || true
  fail "$1 $2 was refused: $(cat "$STATE/answer" "$STATE/answer.error")"
}

answer_has() { tr -d ' \n' <"$STATE/answer" | grep -q "$1"; }

is_running() { api GET /info && answer_has '"state":"running"'; }

# The Supervisor's latest warning, once for each that is new: a wait that leads nowhere says why.
tell_warning() {
  local words
  words=$(grep -hE ' (WARNING|ERROR|SEVERE) ' "$AT/logs/supervisor.log" 2>/dev/null | tail -n 1 | cut -d' ' -f2-)
  [ "$words" = "${TOLD_WARNING:-}" ] || say "the Supervisor says: $words"
  TOLD_WARNING=$words
}

core_is_ready() {
  if "$PROCESS"; then tell_warning; fi
  [ "$(kube get statefulset homeassistant -o 'jsonpath={.status.readyReplicas}' 2>/dev/null)" = 1 ]
}

demo_is_started() { api GET "/addons/$DEMO/info" && answer_has '"state":"started"'; }

# offer_demo FOLDER: lays the demo add-on into the share, which is a folder of this machine.
offer_demo() {
  mkdir -p "$1/addons/local/mosquitto"
  demo_config >"$1/addons/local/mosquitto/config.yaml"
}

# The add-on's description; on a cluster of the user's with an image that it can pull.
demo_config() {
  local image=${HAKUBE_DEMO_IMAGE:-docker.io/library/eclipse-mosquitto:2.0.20}
  if [ "$PLACE" = cluster ]; then
    sed "s|^image:.*|image: ${image%:*}|; s|^version:.*|version: ${image##*:}|" "$HERE/demo/mosquitto/config.yaml"
  else
    cat "$HERE/demo/mosquitto/config.yaml"
  fi
}

# The same where the share is in the cluster only: the Supervisor's image has no shell, the one of the L4 proxy has.
offer_demo_by_pod() {
  local image=${SUPERVISOR_K8S_INTERNAL_L4_IMAGE:-nginx:1.25-alpine}
  kube delete pod demo-copy --ignore-not-found >/dev/null
  kube create configmap demo-config --from-literal="config.yaml=$(demo_config)" --dry-run=client -o yaml | apply
  apply <<EOF
apiVersion: v1
kind: Pod
metadata: {name: demo-copy}
spec:
  restartPolicy: OnFailure
  automountServiceAccountToken: false
  containers:
    - name: copy
      image: $image
      command: [sh, -c, mkdir -p /data/addons/local/mosquitto && cp /demo/config.yaml /data/addons/local/mosquitto/]
      volumeMounts: [{name: data, mountPath: /data}, {name: demo, mountPath: /demo}]
  volumes:
    - {name: data, persistentVolumeClaim: {claimName: ha-shared-rwx}}
    - {name: demo, configMap: {name: demo-config}}
EOF
  wait_until 300 'the copy of the demo add-on' copy_has_ended || fail "the demo add-on: $(kube describe pod demo-copy)"
  kube delete pod/demo-copy configmap/demo-config >/dev/null
}

copy_has_ended() { [ "$(kube get pod demo-copy -o 'jsonpath={.status.phase}')" = Succeeded ]; }

# The proxy's pod comes a moment after the first port, and the address with it.
address_answers() { timeout 2 bash -c "exec 3<>/dev/tcp/$VIP/7007" 2>/dev/null; }

run_demo() {
  wait_until 60 "the administrator's token" get_token || { tell_supervisor && fail 'Secret supervisor-cli-token does not come'; }
  say 'the Supervisor answers; waiting for Home Assistant'
  wait_until 600 "Home Assistant's StatefulSet" core_is_ready || { tell_supervisor && fail 'Home Assistant does not run'; }
  wait_until 300 'the end of the start' is_running || { tell_supervisor && fail 'the Supervisor stays in its start'; }
  say 'Home Assistant runs'
  # Nothing answers in a simulated pod, so the watch would restart it again and again.
  [ "$PLACE" != simulated ] || must POST /core/options '{"watchdog": false}'
  if ! demo_is_started; then
    say 'starting the demo add-on'
    if ! api GET "/addons/$DEMO/info"; then
      must POST /store/reload
      must POST "/store/addons/$DEMO/install"
    fi
    must POST "/addons/$DEMO/start"
    wait_until 120 'the demo add-on' demo_is_started || { tell_supervisor; fail "the demo add-on does not start: $(cat "$STATE/answer")"; }
  fi
  if [ "$PLACE" = node ]; then
    wait_until 60 "the add-on ports' address" address_answers || fail "nothing answers at $VIP:7007; see service and deployment ha-internal"
  fi
  say 'the demo add-on runs'
}

closing_words() {
  local get="$KUBECTL --kubeconfig $CONFIG -n $NAMESPACE get secret supervisor-cli-token -o jsonpath={.data.token} | base64 -d"
  cat <<EOF

Home Assistant and the demo add-on run.

  API      $API
  token    $get
  try it   curl -s -H "Authorization: Bearer \$($get)" $API/core/info
  cluster  export KUBECONFIG=$CONFIG      (namespace $NAMESPACE)
EOF
  case $PLACE in
    simulated) echo '  pods     are simulated: they only say that they run' ;;
    *) echo "  add-on   MQTT on $VIP:1883/tcp, echo on $VIP:7007 tcp and udp" ;;
  esac
  echo "  stop     ${HAKUBE_STATE:+HAKUBE_STATE=$STATE }$HERE/stop"
}
