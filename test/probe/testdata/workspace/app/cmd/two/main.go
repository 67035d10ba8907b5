// Two calls Rust in a shared library, and C of its own.
package main

// static int own(int n) { return n - 1; }
import "C"

import (
	"fmt"
	"os"
	"runtime"

	"example.com/app/inner"
	"example.com/lib/shared"
)

func main() {
	fmt.Println("two:", shared.Next(1), C.own(9), inner.Tagged, inner.Square(3))
	fmt.Fprintln(os.Stderr, "NumCgoCall", runtime.NumCgoCall())
}
