// Package harness lets a program offer named workloads that Seamark measures: driven in lock-step over the standard
// streams (docs/protocol.md), or run by hand from the command line.
//
//	func main() {
//		harness.Main(harness.Workload{
//			Name:       "transform",
//			Paths:      []string{"go", "go->rust"},
//			Parameters: []harness.Parameter{{Name: "payload", Levels: []string{"64 B", "4 KiB"}}},
//			Prepare:    prepare,
//		})
//	}
//
// Prepare makes the inputs of one treatment, once; the Operation that it returns does the work, many times. What the
// operation returns is hashed over one input cycle, so that paths and builds that do different work are never compared.
// The Rust crate `seamark` offers the same verbs in the same order.
package harness

// Workload is something a program can be asked to do.
type Workload struct {
	Name string
	// Paths says in which languages it can be done: "go", "rust", "go->rust". Empty: the program knows no paths.
	Paths []string
	// Parameters it understands, with levels worth trying.
	Parameters []Parameter
	// Prepare makes the inputs of one treatment. An error ends the run and is told to the user.
	Prepare func(Treatment) (Operation, error)
	// RustCounts reads allocations and bytes that the Rust side made so far; nil when it does not count.
	// It must not cross the boundary, or the crossing would be counted too: see docs/protocol.md.
	RustCounts func() (calls, bytes uint64)
}

// Parameter is a name and the levels a workload is usually run at.
type Parameter struct {
	Name   string
	Levels []string
}

// Operation is prepared work. It may also be a [Counter] and an [io.Closer].
type Operation interface {
	// Cycle is how many iterations visit every input once; at least 1.
	Cycle() int
	// Run does iteration i, 0 <= i < Cycle, and returns its output, which the next Run may overwrite.
	// It is called in a timed loop: what it need not do every time belongs into Prepare.
	Run(i int) ([]byte, error)
}

// Counter is an operation that counts its hand-overs at the boundary. Without it they are unknown, but on the path "go",
// where there is nothing to hand over.
type Counter interface {
	// Boundary returns the totals since Prepare.
	Boundary() Boundary
}

// Boundary counts what was handed over.
type Boundary struct {
	Copies   uint64 // copies of the payload made only to hand it over
	BytesIn  uint64 // from Go to Rust
	BytesOut uint64 // from Rust to Go
}
