# shellcheck shell=bash disable=SC2034  # k8s/local/images reads the names
# The relay of all that the Supervisor runs: nginx with stream, `sh` and `ip`.
TAGS=(localhost/hakube/nginx:1)
CONFIG='{"Cmd":["nginx","-g","daemon off;"],"Env":["PATH=/usr/sbin:/usr/bin"]}'
fill() {
  pick_nginx "$1"
  pick_busybox "$1"
  cp "$HERE/image/nginx/nginx.conf" "$1/etc/nginx/nginx.conf"
}
