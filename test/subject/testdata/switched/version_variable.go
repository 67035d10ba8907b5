//go:build variable

package main

// #cgo CFLAGS: -I${SRCDIR}/core
// #include "core.h"
import "C"

func version() int { return int(C.core_version) }
