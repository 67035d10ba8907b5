package main

import (
	"runtime"
	"sort"
	"time"
)

// clockFacts is one clock as it was found on this machine, just now.
type clockFacts struct {
	// ReadNS is what one reading costs, the least of several rounds.
	ReadNS float64 `json:"read_ns"`
	// QuantumNS is the step by which it advances; for the system's clock, the smallest seen between two readings.
	QuantumNS float64 `json:"quantum_ns"`
}

type tscFacts struct {
	clockFacts
	TicksPerSecond float64 `json:"ticks_per_s"`
	QuantumTicks   uint64  `json:"quantum_ticks"`
	// Drift is the largest difference between calibrations, as a fraction.
	Drift float64 `json:"drift"`
}

type facts struct {
	OS  clockFacts `json:"os"`
	TSC *tscFacts  `json:"tsc,omitempty"`
}

const (
	reads  = 20000
	rounds = 15
	spans  = 3
	span   = 40 * time.Millisecond
)

var base = time.Now()

// monotonic is nanoseconds on the system's monotonic clock.
func monotonic() int64 { return int64(time.Since(base)) }

func measure() facts {
	runtime.LockOSThread()
	found := facts{OS: measureOS()}
	if hasTSC {
		tsc := measureTSC()
		found.TSC = &tsc
	}
	return found
}

func measureOS() clockFacts {
	cost := leastPerRead(func() {
		for i := 0; i < reads; i++ {
			monotonic()
		}
	})
	quantum := uint64(0)
	for step := range commonSteps(func() uint64 { return uint64(monotonic()) }) {
		if quantum == 0 || step < quantum {
			quantum = step
		}
	}
	return clockFacts{ReadNS: cost, QuantumNS: float64(quantum)}
}

func measureTSC() tscFacts {
	rates := make([]float64, spans)
	for i := range rates {
		rates[i] = calibrate()
	}
	sort.Float64s(rates)
	rate := rates[spans/2]
	cost := leastPerRead(func() {
		for i := 0; i < reads; i++ {
			readTSC()
		}
	})
	// The counter may advance by many ticks at once: what divides all its common steps is what it really resolves.
	quantum := uint64(0)
	for step := range commonSteps(readTSC) {
		quantum = greatestDivisor(quantum, step)
	}
	return tscFacts{
		clockFacts:     clockFacts{ReadNS: cost, QuantumNS: float64(quantum) / rate * 1e9},
		TicksPerSecond: rate,
		QuantumTicks:   quantum,
		Drift:          (rates[spans-1] - rates[0]) / rate,
	}
}

// commonSteps is how far apart successive readings are, without the rare steps that a move to another core makes.
func commonSteps(read func() uint64) map[uint64]int {
	seen := make(map[uint64]int)
	for last, i := read(), 0; i < rounds*reads; i++ {
		now := read()
		if now > last {
			seen[now-last]++
		}
		last = now
	}
	for step, times := range seen {
		if times < rounds*reads/10000 {
			delete(seen, step)
		}
	}
	return seen
}

func greatestDivisor(a, b uint64) uint64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// calibrate is ticks a second over one span, each end bracketed by the system's clock.
func calibrate() float64 {
	beganNS, beganTicks := bracket()
	time.Sleep(span)
	endedNS, endedTicks := bracket()
	return float64(endedTicks-beganTicks) / float64(endedNS-beganNS) * 1e9
}

// bracket reads the TSC between two readings of the system's clock and keeps the tightest of several tries.
func bracket() (int64, uint64) {
	var middle, tightest int64
	var ticks uint64
	for try := 0; try < 50; try++ {
		before := monotonic()
		read := readTSC()
		after := monotonic()
		if width := after - before; try == 0 || width < tightest {
			tightest, middle, ticks = width, before+width/2, read
		}
	}
	return middle, ticks
}

func leastPerRead(work func()) float64 {
	least := int64(0)
	for round := 0; round < rounds; round++ {
		began := monotonic()
		work()
		if took := monotonic() - began; round == 0 || took < least {
			least = took
		}
	}
	return float64(least) / reads
}
