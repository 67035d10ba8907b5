// Command bench offers one piece of foreign work in two forms: in line with Go's own, and beside it in another goroutine.
package main

/*
#include <stdint.h>

uint64_t decode(uint64_t seed, uint32_t steps);
*/
import "C"

import (
	"encoding/binary"
	"fmt"

	"seamark.dev/go/harness"
)

const (
	foreignSteps = 8_000
	goSteps      = 300_000 // so that what runs beside it has ended long before
	cycle        = 16
)

func main() {
	harness.Main(harness.Workload{
		Name:       "decode",
		Paths:      []string{"go->rust"},
		Parameters: []harness.Parameter{{Name: "form", Levels: []string{"in-line", "beside"}}},
		Prepare:    prepare,
	})
}

func prepare(treatment harness.Treatment) (harness.Operation, error) {
	switch form := treatment.Text("form", "in-line"); form {
	case "in-line":
		return &inLine{}, nil
	case "beside":
		return newBeside(), nil
	default:
		return nil, fmt.Errorf("no form is called %q", form)
	}
}

type inLine struct{ output [16]byte }

func (o *inLine) Cycle() int { return cycle }

func (o *inLine) Run(i int) ([]byte, error) {
	foreign := uint64(C.decode(C.uint64_t(i), foreignSteps))
	return answer(&o.output, foreign, inGo(uint64(i))), nil
}

// beside has the foreign work done by a goroutine of its own while Go does its part.
type beside struct {
	output [16]byte
	wanted chan uint64
	done   chan uint64
}

func newBeside() *beside {
	o := &beside{wanted: make(chan uint64), done: make(chan uint64, 1)}
	go func() {
		for seed := range o.wanted {
			o.done <- uint64(C.decode(C.uint64_t(seed), foreignSteps))
		}
	}()
	return o
}

func (o *beside) Cycle() int { return cycle }

func (o *beside) Run(i int) ([]byte, error) {
	o.wanted <- uint64(i)
	own := inGo(uint64(i))
	return answer(&o.output, <-o.done, own), nil
}

func inGo(seed uint64) uint64 {
	for i := 0; i < goSteps; i++ {
		seed = seed*6364136223846793005 + 1442695040888963407
	}
	return seed
}

func answer(output *[16]byte, foreign, own uint64) []byte {
	binary.LittleEndian.PutUint64(output[:8], foreign)
	binary.LittleEndian.PutUint64(output[8:], own)
	return output[:]
}
