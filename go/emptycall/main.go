// Emptycall crosses into a C function that does nothing, again and again: built bare and with the probe, it is what the
// probe's own cost is measured on. It prints JSON and nothing else:
//
//	{"ns": [nanoseconds a call of each batch], "mallocs": Go allocations in all batches}
package main

/*
static void empty(void) {}
*/
import "C"

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"runtime"
	"time"
)

func main() {
	calls := flag.Int("calls", 20000, "calls a batch")
	batches := flag.Int("batches", 30, "batches")
	flag.Parse()
	// On one thread: it gets its lane in the warm-up, and no batch pays for another's.
	runtime.LockOSThread()
	cross(*calls)
	times := make([]float64, *batches)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for i := range times {
		times[i] = cross(*calls)
	}
	runtime.ReadMemStats(&after)
	answer := struct {
		NS      []float64 `json:"ns"`
		Mallocs uint64    `json:"mallocs"`
	}{times, after.Mallocs - before.Mallocs}
	if err := json.NewEncoder(os.Stdout).Encode(answer); err != nil {
		fmt.Fprintln(os.Stderr, "emptycall:", err)
		os.Exit(1)
	}
}

func cross(calls int) float64 {
	began := time.Now()
	for i := 0; i < calls; i++ {
		C.empty()
	}
	return float64(time.Since(began).Nanoseconds()) / float64(calls)
}
