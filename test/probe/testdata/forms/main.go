// Forms calls C in every way that cgo knows, each a number of times that the tests know, and prints what came back.
package main

import (
	"fmt"
	"os"
	"runtime"
	"strconv"

	"example.com/forms/second"
)

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: forms MODE [NUMBER]")
		os.Exit(2)
	}
	number := 0
	if len(os.Args) > 2 {
		number, _ = strconv.Atoi(os.Args[2])
	}
	switch os.Args[1] {
	case "all":
		plain()
		failing()
		pointers()
		helpers()
		unusual()
		callbacks()
		fmt.Println("second:", second.Twice(21), second.Same(5))
	case "threads":
		crossTogether(32, number)
	case "spin":
		spin(number)
	case "panic":
		unwind()
	case "foreign":
		callFromForeignThreads(number)
	case "hang":
		hang()
	case "deep":
		fmt.Println("deep:", nest(number))
	case "grow":
		growStacks()
	case "none":
		fmt.Println("nothing crossed")
	}
	if os.Args[1] != "hang" {
		fmt.Fprintln(os.Stderr, "NumCgoCall", runtime.NumCgoCall())
	}
	os.Exit(0) // as most programs end: nothing of C is run on the way
}
