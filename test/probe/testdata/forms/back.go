package main

/*
#include <pthread.h>
#include <time.h>
#include <unistd.h>

extern int goBack(int);
extern void goPanic(void);
extern int goNest(int);
extern long goGrow(int);

static int callBack(int times) { int i, s = 0; for (i = 0; i < times; i++) s += goBack(i); return s; }
static void callPanic(void) { goPanic(); }
static int callNest(int depth) { return goNest(depth); }
static long callGrow(int size) { return goGrow(size); }
static int after(int n) { return n + 1; }
static volatile int asleep;
static void sleepLong(void) { for (asleep = 1;;) pause(); }
static int isAsleep(void) { return asleep; }

static void *callOften(void *times) { int i; for (i = 0; i < *(int *)times; i++) goBack(1); return 0; }
static void threads(int count, int times) {
	pthread_t made[16];
	int i;
	for (i = 0; i < count; i++) pthread_create(&made[i], 0, callOften, &times);
	for (i = 0; i < count; i++) pthread_join(made[i], 0);
}

static long long now(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec * 1000000000ll + t.tv_nsec; }
// Ticks of the processor's counter in a microsecond, over twenty milliseconds.
static double ticksPerMicrosecond(void) {
	long long began = now(), ended;
	unsigned long long first = __builtin_ia32_rdtsc(), last;
	do { ended = now(); last = __builtin_ia32_rdtsc(); } while (ended - began < 20000000);
	return (double)(last - first) * 1000 / (double)(ended - began);
}
// Works for so many ticks and answers how many it really were.
static long long work(long long ticks) {
	unsigned long long began = __builtin_ia32_rdtsc(), end;
	do end = __builtin_ia32_rdtsc(); while ((long long)(end - began) < ticks);
	return (long long)(end - began);
}
*/
import "C"

import (
	"fmt"
	"runtime"
	"sort"
	"sync"
	"sync/atomic"
	"time"
)

var backs atomic.Int64

//export goBack
func goBack(n C.int) C.int {
	backs.Add(1)
	return n * 2
}

//export goPanic
func goPanic() { panic("through C") }

//export goNest
func goNest(depth C.int) C.int {
	if depth == 0 {
		return C.after(0)
	}
	return C.callNest(depth-1) + 1
}

//export goGrow
func goGrow(size C.int) C.long { return C.long(consume(int(size))) }

// consume needs a stack much larger than it finds: it moves while C is below it.
func consume(depth int) int {
	var room [1024]byte
	if depth == 0 {
		return int(room[0])
	}
	room[depth%1024] = byte(depth)
	return consume(depth-1) + int(room[depth%1024])%2
}

func callbacks() {
	fmt.Println("callbacks:", C.callBack(7), backs.Load(), nest(3), quick(41))
}

func nest(depth int) int { return int(C.callNest(C.int(depth))) }

func growStacks() {
	var wait sync.WaitGroup
	sums := make([]int, 8)
	for i := range sums {
		wait.Add(1)
		go func(i int) {
			defer wait.Done()
			for size := 10; size < 3000; size += 500 {
				sums[i] += int(C.callGrow(C.int(size))) + int(C.after(0))
			}
		}(i)
	}
	wait.Wait()
	fmt.Println("grow:", sums)
}

func unwind() {
	try := func() (seen any) {
		defer func() { seen = recover() }()
		C.callPanic()
		return nil
	}
	fmt.Println("panic:", try(), try(), C.after(1), C.callBack(2), backs.Load())
}

func crossTogether(goroutines, each int) {
	var wait sync.WaitGroup
	var sum atomic.Int64
	for i := 0; i < goroutines; i++ {
		wait.Add(1)
		go func() {
			defer wait.Done()
			own := int64(0)
			for n := 0; n < each; n++ {
				own += int64(C.after(0))
			}
			sum.Add(own)
		}()
	}
	wait.Wait()
	fmt.Println("threads:", sum.Load())
}

// spin prints what C itself saw of calls of some microseconds each, in ticks: the median. As many calls do nothing.
func spin(microseconds int) {
	times := make([]int, max(200, 20000/microseconds))
	ticks := C.longlong(C.ticksPerMicrosecond() * C.double(microseconds))
	for i := range times {
		times[i] = int(C.work(ticks))
		C.after(0)
	}
	sort.Ints(times)
	fmt.Println(times[len(times)/2])
}

func callFromForeignThreads(times int) {
	C.threads(8, C.int(times))
	fmt.Println("foreign:", backs.Load())
}

// hang stays inside C until it is killed, and goes on crossing beside it.
func hang() {
	go C.sleepLong()
	for i := 0; i < 1000; i++ {
		C.after(0)
	}
	for C.isAsleep() == 0 {
		runtime.Gosched()
	}
	fmt.Println("ready")
	time.Sleep(time.Hour)
}
