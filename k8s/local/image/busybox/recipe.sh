# shellcheck shell=bash disable=SC2034  # k8s/local/images reads the names
TAGS=(localhost/hakube/busybox:1 localhost/hakube/busybox:latest)
CONFIG='{"Cmd":["/bin/sh"],"Env":["PATH=/usr/sbin:/usr/bin"]}'
fill() { pick_busybox "$1"; }
