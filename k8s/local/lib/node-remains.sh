# shellcheck shell=bash
# Sourced by k8s/local/node and its first process: what the node changes outside of its namespaces, and how it goes away.

# Folders whose names are built into containerd, the CNI library, mount and the kubelet.
FIXED_FOLDERS=(/run/containerd /run/netns /run/mount /var/lib/kubelet /var/lib/cni /var/log/pods /var/log/containers)

# Kernel settings of the whole machine that the kubelet writes.
TUNED=(vm/overcommit_memory vm/panic_on_oom kernel/panic kernel/panic_on_oops kernel/keys/root_maxkeys kernel/keys/root_maxbytes)

# Makes the fixed folders that are missing and notes them, and the settings as they are.
save_settings() {
  local folder name
  for folder in "${FIXED_FOLDERS[@]}"; do
    [ -d "$folder" ] || { mkdir -p "$folder" && echo "$folder" >>"$AT/made-folders"; }
  done
  for name in "${TUNED[@]}"; do
    [ ! -r "/proc/sys/$name" ] || echo "$name $(cat "/proc/sys/$name")"
  done >"$AT/settings"
}

# The root of every cgroup hierarchy that the kubelet looks at (version 1: several, version 2: one).
cgroup_roots() {
  local controller
  if [ -e /sys/fs/cgroup/cgroup.controllers ]; then
    echo /sys/fs/cgroup
  else
    for controller in /sys/fs/cgroup/*/; do
      if [ -e "${controller}cgroup.procs" ] && ! [ -L "${controller%/}" ] && ! [ -e "${controller}cgroup.controllers" ]; then
        echo "${controller%/}"
      fi
    done
  fi
}

make_cgroups() {
  local root file
  for root in $(cgroup_roots); do
    mkdir -p "$root/$CGROUP"
    for file in cpuset.cpus cpuset.mems; do
      if [ -e "$root/$file" ]; then cat "$root/$file" >"$root/$CGROUP/$file"; fi
    done
    if [ -e "$root/cgroup.controllers" ]; then
      sed 's/[^ ]*/+&/g' "$root/cgroup.controllers" >"$root/cgroup.subtree_control"
      sed 's/[^ ]*/+&/g' "$root/$CGROUP/cgroup.controllers" >"$root/$CGROUP/cgroup.subtree_control"
    fi
  done
}

# Also those that runc makes by itself, in hierarchies that the kubelet does not look at.
remove_cgroups() {
  local folder left=0
  for folder in /sys/fs/cgroup/"$CGROUP" /sys/fs/cgroup/*/"$CGROUP"; do
    [ -d "$folder" ] && ! [ -L "${folder%/*}" ] || continue
    find "$folder" -depth -type d -exec rmdir {} + 2>/dev/null || true
    [ ! -d "$folder" ] || left=1
  done
  return $left
}

# After the last process: everything that the kernel does not take back by itself. Fails if something stays.
remove_remains() {
  local name value folder
  wait_for 20 "the cgroups to be empty" remove_cgroups
  while read -r name value; do
    [ "$(cat "/proc/sys/$name")" = "$value" ] || echo "$value" >"/proc/sys/$name" || true
  done < <(cat "$AT/settings" 2>/dev/null)
  while read -r folder; do
    rmdir "$folder" 2>/dev/null || true
  done < <(cat "$AT/made-folders" 2>/dev/null)
  ! grep -F " $AT/" /proc/self/mountinfo >&2 || fail "these mounts of the node are still there"
  rm -rf "$AT"
}
