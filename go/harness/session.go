package harness

import (
	"errors"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
	"time"
)

// session is one prepared treatment: what both the driver and the command line do with it.
type session struct {
	workload  Workload
	treatment Treatment
	operation Operation
	cycle     int
	next      int // input of the next iteration
	output    []byte
	times     []int64
	cycles    []metrics.Sample
}

// FNV-1a, 64 bit (Fowler, Noll, Vo).
const (
	fnvOffset = 0xcbf29ce484222325
	fnvPrime  = 0x100000001b3
)

// prepare makes the operation and runs one input cycle, of which it returns the checksum: the outputs in order, each
// followed by its length as eight little-endian bytes.
func prepare(workload Workload, treatment Treatment) (*session, uint64, error) {
	operation, err := workload.Prepare(treatment)
	if err != nil {
		return nil, 0, err
	}
	if operation == nil {
		return nil, 0, errors.New("Prepare returned no operation")
	}
	s := &session{
		workload: workload, treatment: treatment, operation: operation, cycle: operation.Cycle(),
		cycles: []metrics.Sample{{Name: "/gc/cycles/total:gc-cycles"}},
	}
	if s.cycle < 1 {
		return nil, 0, fmt.Errorf("the cycle of an operation is at least 1, not %d", s.cycle)
	}
	checksum := uint64(fnvOffset)
	for i := 0; i < s.cycle; i++ {
		output, err := operation.Run(i)
		if err != nil {
			return nil, 0, fmt.Errorf("iteration %d: %w", i, err)
		}
		checksum = addLength(addBytes(checksum, output), len(output))
	}
	return s, checksum, nil
}

func addBytes(hash uint64, bytes []byte) uint64 {
	for _, b := range bytes {
		hash = (hash ^ uint64(b)) * fnvPrime
	}
	return hash
}

func addLength(hash uint64, length int) uint64 {
	for shift := 0; shift < 64; shift += 8 {
		hash = (hash ^ uint64(length)>>shift&0xff) * fnvPrime
	}
	return hash
}

type batch struct {
	total    time.Duration
	each     []int64 // ns of each iteration, one reading of the clock included; valid until the next run
	gcCycles uint64
}

// run times n iterations together. Nothing but the operation happens inside the window.
func (s *session) run(n int) (batch, error) {
	before := s.gcCycles()
	operation, next, cycle := s.operation, s.next, s.cycle
	var output []byte
	var err error
	start := time.Now()
	for k := 0; k < n; k++ {
		output, err = operation.Run(next)
		if err != nil {
			break
		}
		if next++; next == cycle {
			next = 0
		}
	}
	total := time.Since(start)
	s.output, s.next = output, next
	if err != nil {
		return batch{}, fmt.Errorf("iteration %d: %w", next, err)
	}
	return batch{total: total, gcCycles: s.gcCycles() - before}, nil
}

// runEach times n iterations one by one, by one reading of the clock between two of them.
func (s *session) runEach(n int) (batch, error) {
	if cap(s.times) < n {
		s.times = make([]int64, n)
	}
	times := s.times[:n]
	before := s.gcCycles()
	start := time.Now()
	last := time.Duration(0)
	for k := range times {
		output, err := s.operation.Run(s.next)
		now := time.Since(start)
		if err != nil {
			return batch{}, fmt.Errorf("iteration %d: %w", s.next, err)
		}
		s.output = output
		times[k] = int64(now - last)
		last = now
		if s.next++; s.next == s.cycle {
			s.next = 0
		}
	}
	return batch{total: last, each: times, gcCycles: s.gcCycles() - before}, nil
}

// count runs n iterations and returns what they allocated and handed over. Whole cycles are counted one by one, and the
// least of each count is what is answered, with the number of passes: the runtime allocates for itself at moments that
// chance picks (a thread, a timer), which only ever adds. The collector rests meanwhile: a collection empties pools.
func (s *session) count(n int) (totals map[string]uint64, passes int, err error) {
	percent := debug.SetGCPercent(-1)
	defer debug.SetGCPercent(percent)
	passes = 1
	if n%s.cycle == 0 {
		passes = n / s.cycle
	}
	for pass := 0; pass < passes; pass++ {
		found, err := s.countPass(n / passes)
		if err != nil {
			return nil, 0, err
		}
		if totals == nil {
			totals = found
		}
		for name, total := range found {
			totals[name] = min(totals[name], total)
		}
	}
	return totals, passes, nil
}

func (s *session) countPass(n int) (map[string]uint64, error) {
	var before, after runtime.MemStats
	var calls, bytes uint64
	counter, counts := s.operation.(Counter)
	var boundary Boundary
	if counts {
		boundary = counter.Boundary()
	}
	if s.workload.RustCounts != nil {
		calls, bytes = s.workload.RustCounts()
	}
	runtime.ReadMemStats(&before)
	err := s.runUntimed(n)
	runtime.ReadMemStats(&after)
	if err != nil {
		return nil, err
	}
	found := map[string]uint64{
		"go.allocs": after.Mallocs - before.Mallocs,
		"go.bytes":  after.TotalAlloc - before.TotalAlloc,
	}
	if s.workload.RustCounts != nil {
		callsNow, bytesNow := s.workload.RustCounts()
		found["rust.allocs"], found["rust.bytes"] = callsNow-calls, bytesNow-bytes
	}
	if counts || s.treatment.Path == "go" { // which has no boundary, and so hands nothing over
		now := boundary
		if counts {
			now = counter.Boundary()
		}
		found["copies"] = now.Copies - boundary.Copies
		found["bytes.in"] = now.BytesIn - boundary.BytesIn
		found["bytes.out"] = now.BytesOut - boundary.BytesOut
	}
	return found, nil
}

func (s *session) runUntimed(n int) error {
	for k := 0; k < n; k++ {
		output, err := s.operation.Run(s.next)
		if err != nil {
			return fmt.Errorf("iteration %d: %w", s.next, err)
		}
		s.output = output
		if s.next++; s.next == s.cycle {
			s.next = 0
		}
	}
	return nil
}

func (s *session) gcCycles() uint64 {
	metrics.Read(s.cycles)
	return s.cycles[0].Value.Uint64()
}

func (s *session) close() error {
	if closer, ok := s.operation.(io.Closer); ok {
		return closer.Close()
	}
	return nil
}
