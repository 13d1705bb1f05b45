# shellcheck shell=bash disable=SC2034  # k8s/local/images reads the names
TAGS=(localhost/hakube/pause:1)
CONFIG='{"Entrypoint":["/pause"]}'
fill() {
  need go
  (cd "$HERE/image/pause" && CGO_ENABLED=0 GO111MODULE=off go build -ldflags '-s -w' -trimpath -o "$1/pause" main.go)
}
