// Code generated from format/gauges.json by scripts/generate.ts. DO NOT EDIT.

package main

// Places of gauges in a sample.
const gaugesC = `
#define SEAMARK_GAUGE_GO_RELEASE 0u
#define SEAMARK_GAUGE_CPU_USER 1u
#define SEAMARK_GAUGE_CPU_SYSTEM 2u
#define SEAMARK_GAUGE_FAULTS_MINOR 3u
#define SEAMARK_GAUGE_FAULTS_MAJOR 4u
#define SEAMARK_GAUGE_SWITCHES_VOLUNTARY 5u
#define SEAMARK_GAUGE_SWITCHES_FORCED 6u
#define SEAMARK_GAUGE_RSS 7u
#define SEAMARK_GAUGE_RSS_SHARED 8u
#define SEAMARK_GAUGE_THREADS 9u
#define SEAMARK_GAUGE_QUEUE_WAIT 10u
#define SEAMARK_GAUGE_LIBC_INUSE 11u
#define SEAMARK_GAUGE_LIBC_ARENA 12u
#define SEAMARK_GAUGE_LIBC_MAPPED 13u
#define SEAMARK_GAUGE_LIBC_FREE 14u
#define SEAMARK_GAUGE_JEMALLOC_ALLOCATED 15u
#define SEAMARK_GAUGE_JEMALLOC_ACTIVE 16u
#define SEAMARK_GAUGE_JEMALLOC_RESIDENT 17u
#define SEAMARK_GAUGE_JEMALLOC_MAPPED 18u
#define SEAMARK_GAUGE_MIMALLOC_COMMITTED 19u
#define SEAMARK_GAUGE_TOKIO_WORKERS 20u
#define SEAMARK_GAUGE_TOKIO_TASKS 21u
#define SEAMARK_GAUGE_TOKIO_QUEUE 22u
#define SEAMARK_GAUGE_TOKIO_BUSY 23u
#define SEAMARK_GAUGE_TOKIO_STEALS 24u
#define SEAMARK_GAUGE_GO_HEAP 25u
#define SEAMARK_GAUGE_GO_HEAP_LIVE 26u
#define SEAMARK_GAUGE_GO_HEAP_GOAL 27u
#define SEAMARK_GAUGE_GO_OBJECTS 28u
#define SEAMARK_GAUGE_GO_MEMORY 29u
#define SEAMARK_GAUGE_GO_RELEASED 30u
#define SEAMARK_GAUGE_GO_STACKS 31u
#define SEAMARK_GAUGE_GO_ALLOCS_BYTES 32u
#define SEAMARK_GAUGE_GO_ALLOCS 33u
#define SEAMARK_GAUGE_GO_GC_CYCLES 34u
#define SEAMARK_GAUGE_GO_GC_CPU 35u
#define SEAMARK_GAUGE_GO_GC_ASSIST 36u
#define SEAMARK_GAUGE_GO_GC_IDLE 37u
#define SEAMARK_GAUGE_GO_GC_PAUSE 38u
#define SEAMARK_GAUGE_GO_PAUSES 39u
#define SEAMARK_GAUGE_GO_PAUSES_OVER100US 40u
#define SEAMARK_GAUGE_GO_PAUSES_OVER1MS 41u
#define SEAMARK_GAUGE_GO_WAITS 42u
#define SEAMARK_GAUGE_GO_WAITS_OVER100US 43u
#define SEAMARK_GAUGE_GO_WAITS_OVER1MS 44u
#define SEAMARK_GAUGE_GO_WAITS_OVER10MS 45u
#define SEAMARK_GAUGE_GO_GOROUTINES 46u
#define SEAMARK_GAUGE_GO_GOROUTINES_OUTSIDE 47u
#define SEAMARK_GAUGE_GO_GOROUTINES_RUNNABLE 48u
#define SEAMARK_GAUGE_GO_THREADS 49u
#define SEAMARK_GAUGE_GO_GOMAXPROCS 50u
#define SEAMARK_GAUGE_GO_MUTEX_WAIT 51u
#define SEAMARK_GAUGE_GO_CGO_CALLS 52u
`

// What the Go runtime is asked: the layout is that of a []metrics.Sample.
const gaugesGo = `
var _seamark_metrics = [...]struct {
	name   string
	kind   int
	scalar uint64
	held   unsafe.Pointer
}{
	{name: "/memory/classes/heap/objects:bytes"},
	{name: "/gc/heap/live:bytes"},
	{name: "/gc/heap/goal:bytes"},
	{name: "/gc/heap/objects:objects"},
	{name: "/memory/classes/total:bytes"},
	{name: "/memory/classes/heap/released:bytes"},
	{name: "/memory/classes/heap/stacks:bytes"},
	{name: "/gc/heap/allocs:bytes"},
	{name: "/gc/heap/allocs:objects"},
	{name: "/gc/cycles/total:gc-cycles"},
	{name: "/cpu/classes/gc/total:cpu-seconds"},
	{name: "/cpu/classes/gc/mark/assist:cpu-seconds"},
	{name: "/cpu/classes/gc/mark/idle:cpu-seconds"},
	{name: "/cpu/classes/gc/pause:cpu-seconds"},
	{name: "/gc/pauses:seconds"},
	{name: "/sched/latencies:seconds"},
	{name: "/sched/goroutines:goroutines"},
	{name: "/sched/goroutines/not-in-go:goroutines"},
	{name: "/sched/goroutines/runnable:goroutines"},
	{name: "/sched/threads/total:threads"},
	{name: "/sched/gomaxprocs:threads"},
	{name: "/sync/mutex/wait/total:seconds"},
	{name: "/cgo/go-to-c-calls:calls"},
}

// Which metric goes to which place; of a histogram, the values in buckets that begin at above or later.
var _seamark_takes = [...]struct {
	metric, place uint8
	above         float64
}{
	{0, 25, -1},
	{1, 26, -1},
	{2, 27, -1},
	{3, 28, -1},
	{4, 29, -1},
	{5, 30, -1},
	{6, 31, -1},
	{7, 32, -1},
	{8, 33, -1},
	{9, 34, -1},
	{10, 35, -1},
	{11, 36, -1},
	{12, 37, -1},
	{13, 38, -1},
	{14, 39, 0},
	{14, 40, 0.0001},
	{14, 41, 0.001},
	{15, 42, 0},
	{15, 43, 0.0001},
	{15, 44, 0.001},
	{15, 45, 0.01},
	{16, 46, -1},
	{17, 47, -1},
	{18, 48, -1},
	{19, 49, -1},
	{20, 50, -1},
	{21, 51, -1},
	{22, 52, -1},
}
`
