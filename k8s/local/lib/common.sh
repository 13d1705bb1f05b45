# shellcheck shell=bash
# Sourced by the scripts of k8s/local: words to the user, and the folder that is kept between runs.

HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck disable=SC2034  # for those that source this
CHECKOUT=$(cd "$HERE/../.." && pwd)
CACHE=${HAKUBE_CACHE:-${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/hakube}
mkdir -p "$CACHE"

# Seconds since the first script of this run started; the scripts that it calls count on.
export HAKUBE_STARTED="${HAKUBE_STARTED:-$(date +%s)}"

# Words to the user go to standard error, so that a script's standard output stays its answer.
say() { printf '[%4d s] %s\n' "$(($(date +%s) - HAKUBE_STARTED))" "$*" >&2; }

fail() {
  say "error: $*"
  exit 1
}

# wait_until SECONDS WHAT COMMAND…: asks COMMAND each 0.1 s (after 3 s each 0.5 s, since asking costs) until it succeeds,
# says every 10 s what it waits for, and returns 1 when SECONDS are over.
wait_until() {
  local seconds=$1 what=$2 begin now told=0 pause=0.1
  shift 2
  begin=$(date +%s)
  until "$@"; do
    now=$(date +%s)
    ((now - begin < seconds)) || return 1
    if ((now - begin >= told + 10)); then
      told=$((now - begin))
      say "waiting for $what"
    fi
    ((now - begin < 3)) || pause=0.5
    sleep "$pause"
  done
}

# digest: the first 16 digits of the SHA-256 of what comes in.
digest() { sha256sum | cut -c1-16; }

# need PROGRAM…: the Debian package of a missing program is installed as root on Debian, else named.
need() {
  local program missing=()
  for program; do
    command -v "$program" >/dev/null || [ -x "/usr/sbin/$program" ] || missing+=("$(package_of "$program")")
  done
  [ ${#missing[@]} = 0 ] || install_packages "${missing[@]}"
}

install_packages() {
  local command="apt-get install -y --no-install-recommends $*"
  if [ "$(id -u)" = 0 ] && [ -e /etc/debian_version ] && command -v apt-get >/dev/null; then
    say "installing $*"
    # A download that was cut off is tried again; an old list is made new.
    DEBIAN_FRONTEND=noninteractive $command -qq >/dev/null 2>&1 </dev/null ||
      { apt-get update -qq >/dev/null && DEBIAN_FRONTEND=noninteractive $command -qq >/dev/null </dev/null; } ||
      fail "could not install $*; run as root: $command"
  else
    fail "missing: $*; run as root: $command"
  fi
}

package_of() {
  case $1 in
    go) echo golang-go ;;
    mvn) echo maven ;;
    nft) echo nftables ;;
    ip) echo iproute2 ;;
    nsenter | unshare) echo util-linux ;;
    ctr) echo containerd ;;
    dpkg-deb) echo dpkg ;;
    *) echo "$1" ;;
  esac
}

# Prints the home of a JDK 25: JAVA_HOME, the `java` of the path, or where distributions and tools put it.
jdk25() {
  local home
  for home in "${JAVA_HOME:-}" "$(dirname "$(dirname "$(realpath "$(command -v java || echo /none/bin/java)")")")" \
    /usr/lib/jvm/*25* "${HOME:-/root}"/.sdkman/candidates/java/25* "${HOME:-/root}"/.jdks/*25* /opt/*25*; do
    if [ -x "$home/bin/jlink" ] && grep -q '^JAVA_VERSION="25' "$home/release" 2>/dev/null; then
      echo "$home"
      return
    fi
  done
  fail "no JDK 25 found: set JAVA_HOME to one, or run as root: apt-get install openjdk-25-jdk"
}
