// Package inner has C of its own, a test beside it and one outside.
package inner

/*
static int square(int n) { return n * n; }
static int cube(int n) { return n * n * n; }
*/
import "C"

// Square crosses once.
func Square(n int) int { return int(C.square(C.int(n))) }

func cube(n int) int { return int(C.cube(C.int(n))) }
