// Package crossing calls C.
package crossing

// static int next(int n) { return n + 1; }
import "C"

// Next adds one, on the other side.
func Next(n int) int { return int(C.next(C.int(n))) }
