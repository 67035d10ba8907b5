// Emptycall crosses into a C function that does nothing, again and again: built bare and with the probe, it is what the
// probe's own cost is measured on. It prints JSON and nothing else:
//
//	{"ns": [nanoseconds a call of each batch], "mallocs": Go allocations in all batches,
//	 "tick_ns": what one reading of the processor's counter costs in C, the least of several rounds; with -ticks}
//
// With -pairs it times malloc and free in C instead, a pair for each call; with -goroutines N that many goroutines cross at
// once, `calls` times `batches` each, and "ns" is the time of all by the clock, over the calls of all.
package main

/*
#include <stdlib.h>

static void empty(void) {}

// The compiler may not know that nothing happens between the two.
static void pairs(int times) {
	int i;
	for (i = 0; i < times; i++) {
		void *block = malloc(32);
		__asm__ __volatile__("" : : "r"(block) : "memory");
		free(block);
	}
}

static unsigned long long readTicks(int times) {
	unsigned long long sum = 0;
#if defined(__x86_64__)
	int i;
	for (i = 0; i < times; i++) {
		unsigned low, high;
		__asm__ __volatile__("rdtsc" : "=a"(low), "=d"(high));
		sum += (unsigned long long)high << 32 | low;
	}
#endif
	return sum;
}
*/
import "C"

import (
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"os"
	"runtime"
	"sync"
	"time"
)

func main() {
	calls := flag.Int("calls", 20000, "calls a batch")
	batches := flag.Int("batches", 30, "batches")
	pairs := flag.Bool("pairs", false, "time a malloc and a free in C, not calls")
	goroutines := flag.Int("goroutines", 1, "cross from so many at once")
	ticks := flag.Bool("ticks", false, "time a reading of the processor's counter as well")
	flag.Parse()
	if *goroutines > 1 {
		print(answer{NS: []float64{crossTogether(*goroutines, *calls**batches)}})
		return
	}
	once := cross
	if *pairs {
		once = allocate
	}
	// On one thread: it gets its lane in the warm-up, and no batch pays for another's.
	runtime.LockOSThread()
	once(*calls)
	times := make([]float64, *batches)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	for i := range times {
		times[i] = once(*calls)
	}
	runtime.ReadMemStats(&after)
	measured := answer{NS: times, Mallocs: after.Mallocs - before.Mallocs}
	if *ticks {
		measured.TickNS = timeTicks()
	}
	print(measured)
}

type answer struct {
	NS      []float64 `json:"ns"`
	Mallocs uint64    `json:"mallocs"`
	TickNS  float64   `json:"tick_ns,omitempty"`
}

func print(measured answer) {
	if err := json.NewEncoder(os.Stdout).Encode(measured); err != nil {
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

func crossTogether(goroutines, each int) float64 {
	var wait sync.WaitGroup
	began := time.Now()
	for i := 0; i < goroutines; i++ {
		wait.Add(1)
		go func() {
			defer wait.Done()
			cross(each)
		}()
	}
	wait.Wait()
	return float64(time.Since(began).Nanoseconds()) / float64(goroutines*each)
}

func allocate(calls int) float64 {
	began := time.Now()
	C.pairs(C.int(calls))
	return float64(time.Since(began).Nanoseconds()) / float64(calls)
}

func timeTicks() float64 {
	const times = 100000
	least := math.Inf(1)
	for round := 0; round < 20; round++ {
		began := time.Now()
		C.readTicks(times)
		least = math.Min(least, float64(time.Since(began).Nanoseconds())/times)
	}
	return least
}
