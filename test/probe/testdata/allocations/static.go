//go:build static

package main

// A package that asks for a static executable itself: nobody sees it before the linker.

// #cgo LDFLAGS: -static
import "C"
