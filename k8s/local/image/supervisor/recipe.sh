# shellcheck shell=bash disable=SC2034  # k8s/local/images reads the names
# The Supervisor, by the Containerfile, on the base that recipe `java` makes. Needs `mvn package` first.
TAGS=(localhost/hakube/supervisor:dev)
NEEDS=(java)

inputs() {
  [ -e "$CHECKOUT/target/hakube.jar" ] || fail "there is no target/hakube.jar; run: mvn package"
  cat "$CHECKOUT/Containerfile" "$CHECKOUT/config/java.options" "$CHECKOUT/target/hakube.jar"
  (cd "$CHECKOUT/target/libs" && sha256sum ./*)
}

# Builds without a container engine, in a storage of its own that is thrown away.
archive() {
  local out=$1 storage base folder made=()
  need buildah
  base=$(image_file java)
  storage=$(mktemp -d "$CACHE/.buildah.XXXXXX")
  # buildah writes there, too, whatever its storage.
  for folder in /etc/cni /var/lib/containers; do [ -e "$folder" ] || made+=("$folder"); done
  build() { buildah --root "$storage/root" --runroot "$storage/run" --storage-driver vfs "$@" >/dev/null; }
  build pull --quiet "docker-archive:$base" &&
    build bud --isolation chroot --quiet --layers --format docker --timestamp 0 --build-arg BASE=localhost/hakube/java:25 \
      --ignorefile "$CHECKOUT/.containerignore" --tag "${TAGS[0]}" "$CHECKOUT" &&
    build push --quiet "${TAGS[0]}" "docker-archive:$out.part:${TAGS[0]}" ||
    { rm -rf "$storage" "$out.part" "${made[@]}"; fail "buildah could not build ${TAGS[0]}"; }
  mv "$out.part" "$out"
  rm -rf "$storage" "${made[@]}"
}
