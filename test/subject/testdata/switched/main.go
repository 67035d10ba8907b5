// Command switched is a host whose library another build can stand in for.
package main

/*
#cgo CFLAGS: -I${SRCDIR}/core
#cgo LDFLAGS: -lcore
#include "core.h"
*/
import "C"

import (
	"errors"
	"fmt"
	"os"

	"seamark.dev/go/harness"
)

func main() {
	harness.Main(harness.Workload{
		Name:       "switched",
		Paths:      []string{"go->rust"},
		Parameters: []harness.Parameter{{Name: "mood", Levels: []string{"calm", "crash"}}},
		Prepare: func(treatment harness.Treatment) (harness.Operation, error) {
			core := C.core_new()
			if core == nil {
				return nil, errors.New("no memory")
			}
			return &work{core, treatment.Text("mood", "calm"), 0}, nil
		},
	})
}

type work struct {
	core *C.struct_core
	mood string
	done int
}

func (w *work) Cycle() int { return 4 }

func (w *work) Run(int) ([]byte, error) {
	w.done++
	if w.mood == "crash" && w.done > 4 {
		C.core_crash()
	}
	number := C.core_use(w.core)
	if number < 0 {
		return nil, errors.New("another library made this")
	}
	return []byte(fmt.Sprint(number, version())), nil
}

// Close gives the thing back to the library that made it.
func (w *work) Close() error {
	if C.core_free(w.core) < 0 {
		fmt.Fprintln(os.Stderr, "another library made what this one frees")
	}
	return nil
}
