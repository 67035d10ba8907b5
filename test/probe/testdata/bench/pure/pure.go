// Command pure uses no C.
package main

import (
	"fmt"
	"os"
)

func main() {
	fmt.Println("pure", len(os.Args))
	os.Exit(7)
}
