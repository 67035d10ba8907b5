package main

import (
	_ "embed"
	"strings"
)

// What is added to the end of each package's stubs. @HASH@ is cgo's own name for the package.
//
//go:embed probe/go.txt
var probeGo string

// What asks the Go runtime for its part of a sample.
//
//go:embed probe/sample.go.txt
var sampleGo string

func runtimeGo(hash string, withFaults bool) string {
	text := strings.ReplaceAll(probeGo, "@HASH@", hash) + sampleGo + gaugesGo
	if withFaults {
		return strings.Replace(text, faultMark, faultCall, 1) + faultGo
	}
	return strings.Replace(text, faultMark, "", 1)
}
