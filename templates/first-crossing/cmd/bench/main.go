// Command bench offers the lab's work in Go, and in Rust called from Go.
package main

import (
	"fmt"

	"example.com/first-crossing/crossing"
	"example.com/first-crossing/records"
	"seamark.dev/go/harness"
)

func main() {
	harness.Main(harness.Workload{
		Name:  "transform",
		Paths: []string{"go", "go->rust"},
		Parameters: []harness.Parameter{
			{Name: "payload", Levels: []string{"64 B", "4 KiB", "64 KiB"}},
			{Name: "handover", Levels: []string{"borrow", "copy-in", "copy-out"}},
		},
		Prepare:    prepare,
		RustCounts: crossing.RustCounts,
	})
}

func prepare(treatment harness.Treatment) (harness.Operation, error) {
	size, err := treatment.Int("payload", 4096)
	if err != nil {
		return nil, err
	}
	if size < 1 || size > 1<<30 {
		return nil, fmt.Errorf("payload must be from 1 B to 1 GiB, not %d B", size)
	}
	payloads := records.Payloads(size, treatment.Seed, treatment.Records)
	buffer := make([]byte, records.MaxOutput(size))
	if treatment.Path == "go" {
		return &inGo{payloads, buffer}, nil
	}
	name := treatment.Text("handover", "borrow")
	handOver, ok := crossing.HandOvers[name]
	if !ok {
		return nil, fmt.Errorf("no hand-over is called %q", name)
	}
	return &across{payloads: payloads, buffer: buffer, handOver: handOver, copies: copies[name]}, nil
}

// inGo is the Go baseline.
type inGo struct {
	payloads [][]byte
	buffer   []byte
}

func (o *inGo) Cycle() int { return len(o.payloads) }

func (o *inGo) Run(i int) ([]byte, error) {
	length, err := records.Transform(o.payloads[i], o.buffer)
	return o.buffer[:length], err
}

// across does the work in Rust and counts what crosses.
type across struct {
	payloads [][]byte
	buffer   []byte
	handOver crossing.HandOver
	copies   uint64
	boundary harness.Boundary
}

// Copies that each hand-over makes, as crossing.go has them.
var copies = map[string]uint64{"borrow": 0, "copy-in": 1, "copy-out": 1}

func (o *across) Cycle() int { return len(o.payloads) }

func (o *across) Run(i int) ([]byte, error) {
	input := o.payloads[i]
	output, err := o.handOver(input, o.buffer)
	o.boundary.Copies += o.copies
	o.boundary.BytesIn += uint64(len(input))
	o.boundary.BytesOut += uint64(len(output))
	return output, err
}

func (o *across) Boundary() harness.Boundary { return o.boundary }
