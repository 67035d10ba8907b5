package main

import (
	_ "embed"
	"strings"
)

// What is added to the end of each package's stubs. @HASH@ is cgo's own name for the package.
//
//go:embed probe.go.txt
var probeGo string

func runtimeGo(hash string) string {
	return strings.ReplaceAll(probeGo, "@HASH@", hash)
}
