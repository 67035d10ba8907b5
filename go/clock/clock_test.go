package main

import "testing"

func TestEveryClockAdvancesAndCostsSomething(t *testing.T) {
	found := measure()
	clocks := map[string]clockFacts{"os": found.OS}
	if found.TSC != nil {
		clocks["tsc"] = found.TSC.clockFacts
		if found.TSC.TicksPerSecond < 1e8 || found.TSC.TicksPerSecond > 1e10 {
			t.Errorf("tsc: %g ticks a second is no rate of a processor", found.TSC.TicksPerSecond)
		}
	}
	for name, clock := range clocks {
		if clock.ReadNS <= 0 || clock.ReadNS > 1e5 {
			t.Errorf("%s: a reading costs %g ns", name, clock.ReadNS)
		}
		if clock.QuantumNS <= 0 || clock.QuantumNS > 1e7 {
			t.Errorf("%s: its quantum is %g ns", name, clock.QuantumNS)
		}
	}
}

func TestSpinningChangesItsState(t *testing.T) {
	spin(1000)
	first := sink
	spin(1000)
	if sink == first {
		t.Error("spin did nothing: the compiler may have dropped it")
	}
}
