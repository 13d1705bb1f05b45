# shellcheck shell=bash
# Sourced by k8s/local/images. A folder becomes an image file, with nothing but tar.

# docker_archive FOLDER CONFIG OUT TAG…: one layer; CONFIG is the JSON object of the image's settings (Entrypoint, Env, …).
docker_archive() {
  local root=$1 config=$2 out=$3 work id layer tags architecture
  shift 3
  work=$(mktemp -d "$CACHE/.image.XXXXXX")
  # Same content, same bytes: then the image id is the same, too, and an import does nothing.
  tar -C "$root" --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -cf "$work/layer.tar" .
  layer=$(sha256sum <"$work/layer.tar" | cut -d' ' -f1)
  architecture=$(uname -m | sed 's/x86_64/amd64/; s/aarch64/arm64/')
  printf '{"architecture":"%s","os":"linux","created":"1970-01-01T00:00:00Z","config":%s,"history":[{"created_by":"k8s/local/images"}],"rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}' \
    "$architecture" "$config" "$layer" >"$work/config.json"
  id=$(sha256sum <"$work/config.json" | cut -d' ' -f1)
  mv "$work/config.json" "$work/$id.json"
  tags=$(printf ',"%s"' "$@")
  printf '[{"Config":"%s.json","RepoTags":[%s],"Layers":["layer.tar"]}]' "$id" "${tags#,}" >"$work/manifest.json"
  tar -C "$work" --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -cf "$out.part" manifest.json "$id.json" layer.tar
  mv "$out.part" "$out"
  rm -rf "$work"
}
