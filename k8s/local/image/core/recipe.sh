# shellcheck shell=bash disable=SC2034  # k8s/local/images reads the names
# A stand-in for Home Assistant Core. Two versions of the same content, so that an update can be tried.
TAGS=(localhost/hakube/core:2026.11.0 localhost/hakube/core:2026.11.1)
CONFIG='{"Entrypoint":["/init"],"WorkingDir":"/config","Env":["PATH=/usr/sbin:/usr/bin"]}'
fill() {
  pick_nginx "$1"
  pick "$1" /usr/bin/curl
  pick_busybox "$1"
  mkdir -p "$1/config" "$1/srv"
  cp "$HERE"/image/core/www/* "$1/srv/"
  cp "$HERE/image/core/init" "$1/init"
}
