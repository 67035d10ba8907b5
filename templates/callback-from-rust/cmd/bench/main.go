// Command bench crosses between Go and Rust a hundred times an operation: by calls, by callbacks on the calling thread, or
// by callbacks from a thread that Rust made.
package main

/*
#include <stdint.h>
extern uint32_t cr_empty(uint32_t);
extern uint32_t cr_call_back(uint32_t);
extern uint32_t cr_call_back_from_thread(uint32_t);
*/
import "C"

import (
	"encoding/binary"
	"fmt"

	"seamark.dev/go/harness"
)

const times = 100

//export goAnswer
func goAnswer(n C.uint32_t) C.uint32_t { return n + 1 }

var crossings = map[string]func() C.uint32_t{
	"call": func() C.uint32_t {
		n := C.uint32_t(0)
		for i := 0; i < times; i++ {
			n = C.cr_empty(n)
		}
		return n
	},
	"callback":           func() C.uint32_t { return C.cr_call_back(times) },
	"callback-of-thread": func() C.uint32_t { return C.cr_call_back_from_thread(times) },
}

func main() {
	harness.Main(harness.Workload{
		Name:       "cross",
		Paths:      []string{"go->rust"},
		Parameters: []harness.Parameter{{Name: "crossing", Levels: []string{"call", "callback", "callback-of-thread"}}},
		Prepare:    prepare,
	})
}

func prepare(treatment harness.Treatment) (harness.Operation, error) {
	name := treatment.Text("crossing", "call")
	cross, ok := crossings[name]
	if !ok {
		return nil, fmt.Errorf("no crossing is called %q", name)
	}
	return &operation{cross: cross}, nil
}

type operation struct {
	cross  func() C.uint32_t
	output [4]byte
}

func (o *operation) Cycle() int { return 1 }

func (o *operation) Run(int) ([]byte, error) {
	binary.LittleEndian.PutUint32(o.output[:], uint32(o.cross()))
	return o.output[:], nil
}
