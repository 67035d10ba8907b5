// Embedded is Go inside a program of Rust: built as an archive or as a shared library, it is called by Rust's threads and
// calls Rust itself.
package main

/*
typedef int (*rust_function)(int);
static int callRust(rust_function f, int n) { return f(n); }
*/
import "C"

import "runtime"

//export GoDouble
func GoDouble(n C.int) C.int { return 2 * n }

// GoThrough goes from Rust through Go to Rust, which may enter Go once more.
//
//export GoThrough
func GoThrough(f C.rust_function, n C.int) C.int { return C.callRust(f, n) + 1 }

// GoCalls tells how often Go has called C, by the runtime's own count.
//
//export GoCalls
func GoCalls() C.longlong { return C.longlong(runtime.NumCgoCall()) }

func main() {}
