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
	// QuantumNS is the smallest step seen between two successive readings.
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
	smallest, last := int64(0), monotonic()
	for i := 0; i < rounds*reads; i++ {
		now := monotonic()
		if step := now - last; step > 0 && (smallest == 0 || step < smallest) {
			smallest = step
		}
		last = now
	}
	return clockFacts{ReadNS: cost, QuantumNS: float64(smallest)}
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
	smallest, last := uint64(0), readTSC()
	for i := 0; i < rounds*reads; i++ {
		now := readTSC()
		if step := now - last; int64(step) > 0 && (smallest == 0 || step < smallest) {
			smallest = step
		}
		last = now
	}
	return tscFacts{
		clockFacts:     clockFacts{ReadNS: cost, QuantumNS: float64(smallest) / rate * 1e9},
		TicksPerSecond: rate,
		QuantumTicks:   smallest,
		Drift:          (rates[spans-1] - rates[0]) / rate,
	}
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
