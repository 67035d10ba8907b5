// One calls Rust in an archive, and C.
package main

import (
	"fmt"
	"os"
	"runtime"

	"example.com/lib/plain"
	"example.com/lib/static"
)

func main() {
	fmt.Println("one:", static.Next(1), static.Sum(1, 2, 3), static.Next(2), plain.Twice(4))
	fmt.Fprintln(os.Stderr, "NumCgoCall", runtime.NumCgoCall())
}
