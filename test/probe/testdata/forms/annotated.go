//go:build go1.24

package main

/*
#cgo noescape quick
#cgo nocallback quick
static int quick(int *value) { return *value + 1; }
*/
import "C"

func quick(value int32) int32 {
	plain := C.int(value)
	return int32(C.quick(&plain))
}
