// Package shared calls Rust in a shared library that the program finds beside the package.
package shared

/*
#cgo LDFLAGS: -L${SRCDIR} -lshared -Wl,-rpath,${SRCDIR}
extern int core_next(int);
*/
import "C"

// Next crosses once.
func Next(n int) int { return int(C.core_next(C.int(n))) }
