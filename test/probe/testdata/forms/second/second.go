// Package second crosses as well, by a function whose name the first package has too, from two files.
package second

// static int add(int a, int b) { return a + b; }
import "C"

// Twice crosses once.
func Twice(n int) int { return int(C.add(C.int(n), C.int(n))) }
