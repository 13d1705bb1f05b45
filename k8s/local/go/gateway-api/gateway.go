// Package gateway exists for the line below: it keeps the Gateway API's module in go.mod, of which only files are used.
package gateway

import _ "sigs.k8s.io/gateway-api/pkg/consts"
