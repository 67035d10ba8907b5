// Package plain has its C in the comment.
package plain

// static int twice(int n) { return 2 * n; }
import "C"

// Twice crosses once.
func Twice(n int) int { return int(C.twice(C.int(n))) }
