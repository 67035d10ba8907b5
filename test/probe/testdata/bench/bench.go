// Package bench crosses in its tests and benchmarks.
package bench

// static int add(int a, int b) { return a + b; }
import "C"

// Add crosses once.
func Add(a, b int) int { return int(C.add(C.int(a), C.int(b))) }
