// Locks the release of the Gateway API whose resource definitions (config/crd/standard) the local cluster installs.
module hakube/k8s/local/go/gateway-api

go 1.24.0

require sigs.k8s.io/gateway-api v1.4.0
