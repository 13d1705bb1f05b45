# shellcheck shell=bash
# Sourced by k8s/local/images. Programs of Debian packages with the libraries they need, without installing anything:
# the packages are unpacked into one folder of the cache, and images pick files from there.

# The packages whose programs end up in some image; what they depend on comes along.
SYSROOT_PACKAGES=(libc6 busybox-static ca-certificates curl mosquitto mosquitto-clients nginx libnginx-mod-stream socat)

# Prints the folder with the unpacked packages; makes it first if it is not there. Fails where apt-get has no lists.
sysroot() {
  local key target
  key=$(printf '%s\n' "${SYSROOT_PACKAGES[@]}" "$(. /etc/os-release; echo "$ID $VERSION_ID $(uname -m)")" | digest)
  target=$CACHE/sysroot-$key
  if [ ! -e "$target/.complete" ]; then
    (
      exec 9>"$CACHE/sysroot.lock"
      flock 9
      [ -e "$target/.complete" ] || sysroot_make "$target" >&2
    ) || exit 1
  fi
  echo "$target"
}

sysroot_make() {
  local target=$1 work names package
  command -v apt-get >/dev/null || fail "the images are made of Debian's packages; apt-get is missing"
  say "unpacking Debian packages for the images"
  work=$(mktemp -d "$CACHE/.sysroot.XXXXXX")
  mkdir -p "$work/debs" "$work/root/usr/"{bin,sbin,lib,lib64}
  for name in bin sbin lib lib64; do ln -s "usr/$name" "$work/root/$name"; done
  names=$(closure) && [ -n "$names" ] || { as_root_update; names=$(closure); }
  [ -n "$names" ] || fail "apt-get knows no ${SYSROOT_PACKAGES[*]}; run: apt-get update"
  # shellcheck disable=SC2086  # one word per package
  (cd "$work/debs" && apt-get -q -o APT::Sandbox::User=root download $names) >"$work/log" 2>&1 ||
    { cat "$work/log"; fail "could not download Debian packages"; }
  for package in "$work"/debs/*.deb; do
    dpkg-deb --fsys-tarfile "$package" |
      tar -x --keep-directory-symlink --no-same-owner --no-same-permissions -C "$work/root"
  done
  touch "$work/root/.complete"
  rm -rf "$target"
  mv "$work/root" "$target"
  rm -rf "$work"
}

# All packages, dependencies included, as if nothing was installed; without those that only run maintainer scripts.
closure() {
  apt-get -o Dir::State::status=/dev/null -o Debug::NoLocking=1 install -s --no-install-recommends \
    "${SYSROOT_PACKAGES[@]}" 2>/dev/null | awk '/^Inst/ {print $2}' |
    grep -vxE 'adduser|debconf|passwd|perl-base|iproute2|lsb-base|openssl|libpam.*|sysvinit-utils' || true
}

as_root_update() {
  [ "$(id -u)" = 0 ] || fail "apt-get has no package lists; run as root: apt-get update"
  apt-get update -qq || true
}

# pick FOLDER PROGRAM…: copies programs (absolute paths) and the shared libraries they need into the folder.
pick() {
  local root=$1 sys loader program library
  shift
  sys=$(sysroot)
  skeleton "$root"
  loader=$(copy_loader "$root")
  for program; do
    copy "$sys" "$root" "$program"
    "$sys$loader" --library-path "$(libraries "$sys")" --list "$sys$program" |
      awk '$3 ~ /^\// {print $3}' | while read -r library; do copy "$sys" "$root" "${library#"$sys"}"; done
  done
}

# copy_loader FOLDER: the dynamic loader, also under the name that is written into every program; prints its path.
copy_loader() {
  local sys loader name
  sys=$(sysroot)
  loader=$(cd "$sys" && echo usr/lib/*-linux-gnu/ld-linux-*.so.*)
  copy "$sys" "$1" "/$loader"
  case $loader in
    *x86-64*) name=usr/lib64/${loader##*/} ;;
    *) name=usr/lib/${loader##*/} ;;
  esac
  [ -e "$1/$name" ] || ln -s "/$loader" "$1/$name"
  echo "/$loader"
}

libraries() { printf '%s:' "$1"/usr/lib/*-linux-gnu "$1"/usr/lib; }

copy() {
  [ -e "$2$3" ] && return
  mkdir -p "$2${3%/*}"
  cp -L "$1$3" "$2$3"
}

# The folders and the users that programs expect.
skeleton() {
  local root=$1 name
  [ -d "$root/usr/lib" ] && return
  mkdir -p "$root"/{etc,tmp,run,var/run,root,home,proc,sys,dev,data} "$root/usr/"{bin,sbin,lib,lib64}
  for name in bin sbin lib lib64; do ln -s "usr/$name" "$root/$name"; done
  chmod 1777 "$root/tmp"
  printf '%s\n' root:x:0:0:root:/root:/bin/sh www-data:x:33:33::/var/www:/bin/false \
    mosquitto:x:101:101::/data:/bin/false nobody:x:65534:65534::/:/bin/false >"$root/etc/passwd"
  printf '%s\n' root:x:0: www-data:x:33: mosquitto:x:101: nogroup:x:65534: >"$root/etc/group"
  echo 'hosts: files dns' >"$root/etc/nsswitch.conf"
}

# Busybox with a link for each of its programs that is not there already.
pick_busybox() {
  local root=$1 applet
  skeleton "$root"
  copy "$(sysroot)" "$root" /usr/bin/busybox
  "$root/usr/bin/busybox" --list | while read -r applet; do
    [ -e "$root/usr/bin/$applet" ] || [ -e "$root/usr/sbin/$applet" ] || ln -s busybox "$root/usr/bin/$applet"
  done
}

# nginx with its stream module, as Debian lays it out: `include /etc/nginx/modules-enabled/*.conf;` finds the module.
pick_nginx() {
  local root=$1 sys
  sys=$(sysroot)
  pick "$root" /usr/sbin/nginx
  mkdir -p "$root"/{etc/nginx/modules-enabled,etc/nginx/conf.d,var/log/nginx,var/lib/nginx,usr/share/nginx,usr/lib/nginx/modules}
  cp "$sys/usr/lib/nginx/modules/ngx_stream_module.so" "$root/usr/lib/nginx/modules/"
  ln -s ../../lib/nginx/modules "$root/usr/share/nginx/modules"
  cp "$sys/etc/nginx/mime.types" "$root/etc/nginx/"
  echo 'load_module modules/ngx_stream_module.so;' >"$root/etc/nginx/modules-enabled/50-mod-stream.conf"
}
