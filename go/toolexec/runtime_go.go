package main

import (
	_ "embed"
	"strings"
)

// What is added to the end of each package's stubs. @HASH@ is cgo's own name for the package.
//
//go:embed probe/go.txt
var probeGo string

func runtimeGo(hash string, withFaults bool) string {
	text := strings.ReplaceAll(probeGo, "@HASH@", hash)
	if withFaults {
		return strings.Replace(text, faultMark, faultCall, 1) + faultGo
	}
	return strings.Replace(text, faultMark, "", 1)
}
