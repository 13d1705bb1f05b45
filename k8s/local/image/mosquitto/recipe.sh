# shellcheck shell=bash disable=SC2034  # k8s/local/images reads the names
# Mosquitto as the demo add-on, with an echo on TCP and UDP port 7007 to prove that bytes come back.
TAGS=(localhost/hakube/mosquitto:6.5.2 localhost/hakube/mosquitto:6.5.3)
CONFIG='{"Entrypoint":["/init"],"Env":["PATH=/usr/sbin:/usr/bin"]}'
fill() {
  pick "$1" /usr/sbin/mosquitto /usr/bin/mosquitto_pub /usr/bin/mosquitto_sub /usr/bin/socat
  pick_busybox "$1"
  cp "$HERE/image/mosquitto/init" "$1/init"
}
