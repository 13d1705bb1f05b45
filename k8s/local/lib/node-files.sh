# shellcheck shell=bash
# Sourced by k8s/local/node: the configuration of the node's programs.

# write_files DNS: DNS is the ClusterIP of the Service kube-dns.
write_files() {
  local dns=$1
  mkdir -p "$AT/cni"
  cat >"$AT/containerd.toml" <<TOML
version = 2
root = "$AT/containerd"
state = "/run/containerd"
disabled_plugins = ["io.containerd.internal.v1.opt", "io.containerd.tracing.processor.v1.otlp", "io.containerd.snapshotter.v1.btrfs", "io.containerd.snapshotter.v1.zfs", "io.containerd.snapshotter.v1.devmapper", "io.containerd.snapshotter.v1.aufs"]
[grpc]
address = "/run/containerd/containerd.sock"
[plugins."io.containerd.grpc.v1.cri"]
sandbox_image = "localhost/hakube/pause:1"
# Profiles would stay in the kernel after the node's end.
disable_apparmor = true
# Without CAP_SYS_RESOURCE no process may lower its score, and every sandbox would fail.
restrict_oom_score_adj = true
[plugins."io.containerd.grpc.v1.cri".containerd]
default_runtime_name = "runc"
[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
runtime_type = "io.containerd.runc.v2"
[plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
SystemdCgroup = false
[plugins."io.containerd.grpc.v1.cri".cni]
bin_dir = "$(cni_folder)"
conf_dir = "$AT/cni"
TOML
  # Every pod has a pair of its own and all packets are routed: no bridge, so no bridge filter that the kernel might lack.
  cat >"$AT/cni/10-hakube.conflist" <<JSON
{"cniVersion": "0.4.0", "name": "hakube", "plugins": [
  {"type": "ptp", "ipMasq": false, "mtu": 1500,
   "ipam": {"type": "host-local", "dataDir": "/var/lib/cni/networks", "ranges": [[{"subnet": "$PODS"}]], "routes": [{"dst": "0.0.0.0/0"}]}}
]}
JSON
  cat >"$AT/kubelet.yaml" <<YAML
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
containerRuntimeEndpoint: unix:///run/containerd/containerd.sock
cgroupDriver: cgroupfs
cgroupRoot: /$CGROUP
failCgroupV1: false
failSwapOn: false
enforceNodeAllocatable: []
clusterDNS: [$dns]
clusterDomain: cluster.local
resolvConf: $AT/resolv.conf
address: $NODE_ADDRESS
healthzPort: 0
oomScoreAdj: 0
maxPods: 200
registerWithTaints: []
registryPullQPS: 0
eventRecordQPS: 0
serializeImagePulls: false
syncFrequency: 10s
# A nearly full disk of the user must not drive out pods or images.
evictionHard: {imagefs.available: 0%, nodefs.available: 0%, nodefs.inodesFree: 0%, imagefs.inodesFree: 0%, memory.available: 1Mi}
imageGCHighThresholdPercent: 100
authentication:
  anonymous: {enabled: false}
  webhook: {enabled: true}
  x509: {clientCAFile: $STATE/pki/ca.crt}
authorization: {mode: Webhook}
YAML
  : >"$AT/resolv.conf"
  cat >"$AT/kube-proxy.yaml" <<YAML
apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
mode: nftables
clusterCIDR: $PODS
hostnameOverride: $NODE
clientConnection: {kubeconfig: $STATE/kube-proxy.kubeconfig}
oomScoreAdj: 0
healthzBindAddress: 127.0.0.1:10256
metricsBindAddress: 127.0.0.1:10249
nodePortAddresses: [127.0.0.0/8]
conntrack: {maxPerCore: 0, tcpEstablishedTimeout: 0s, tcpCloseWaitTimeout: 0s}
nftables: {minSyncPeriod: 0s, syncPeriod: 30s}
YAML
  # Names outside of the cluster do not exist here: an answer at once instead of a long wait.
  cat >"$AT/Corefile" <<CONF
cluster.local 10.in-addr.arpa {
  bind $NODE_ADDRESS
  errors
  kubernetes {
    kubeconfig $STATE/admin.kubeconfig
    ttl 1
  }
}
. {
  bind $NODE_ADDRESS
  template ANY ANY {
    rcode NXDOMAIN
  }
}
CONF
  cat >"$AT/objects.yaml" <<YAML
apiVersion: v1
kind: Service
metadata: {name: kube-dns, namespace: kube-system, labels: {k8s-app: kube-dns}}
spec:
  clusterIP: $dns
  ports:
    - {name: dns, port: 53, protocol: UDP}
    - {name: dns-tcp, port: 53, protocol: TCP}
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: kube-dns-node, namespace: kube-system, labels: {kubernetes.io/service-name: kube-dns}}
addressType: IPv4
endpoints: [{addresses: [$NODE_ADDRESS], conditions: {ready: true}}]
ports:
  - {name: dns, port: 53, protocol: UDP}
  - {name: dns-tcp, port: 53, protocol: TCP}
YAML
  # The first is for the claim of k8s/local/overlay, so that its folder is known beforehand.
  write_volume home-assistant 'claimRef: {namespace: home-assistant, name: ha-shared-rwx}'
  write_volume other-1 ''
  write_volume other-2 ''
  write_volume other-3 ''
}

# write_volume NAME MORE: a ReadWriteMany volume in the folder shared/NAME.
write_volume() {
  mkdir -p "$AT/shared/$1"
  cat >>"$AT/objects.yaml" <<YAML
---
apiVersion: v1
kind: PersistentVolume
metadata: {name: hakube-$1}
spec:
  storageClassName: hakube-local
  accessModes: [ReadWriteMany]
  capacity: {storage: 100Gi}
  persistentVolumeReclaimPolicy: Retain
  hostPath: {path: $AT/shared/$1, type: Directory}
  $2
YAML
}
