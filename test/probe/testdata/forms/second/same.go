package second

// static int add2(int a) { return a; }
import "C"

// Same crosses once.
func Same(n int) int { return int(C.add2(C.int(n))) }
