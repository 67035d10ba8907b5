// Parts calls C functions whose time goes where each says, and prints the nanoseconds that went there by C's own clocks.
package main

/*
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

static long now(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return t.tv_sec * 1000000000l + t.tv_nsec;
}

static void spin(long ns)
{
    long end = now(CLOCK_THREAD_CPUTIME_ID) + ns;
    while (now(CLOCK_THREAD_CPUTIME_ID) < end) {}
}

static long spins(long ns)
{
    long began = now(CLOCK_THREAD_CPUTIME_ID);
    spin(ns);
    return now(CLOCK_THREAD_CPUTIME_ID) - began;
}

// Answers what it spent outside of the allocator.
static long allocates(long blocks, long spun)
{
    void *volatile block;
    long index;
    for (index = 0; index < blocks; index++) {
        block = calloc(1, 32768 + index % 64);
        free(block);
    }
    return spins(spun);
}

static long sleeps(long ns)
{
    long began = now(CLOCK_MONOTONIC);
    struct timespec t = {0, ns};
    nanosleep(&t, 0);
    return now(CLOCK_MONOTONIC) - began;
}

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_barrier_t held;

static void *hold(void *ns)
{
    struct timespec t = {0, (long)ns};
    pthread_mutex_lock(&lock);
    pthread_barrier_wait(&held);
    nanosleep(&t, 0);
    pthread_mutex_unlock(&lock);
    return 0;
}

// Another thread holds the lock; whoever calls next waits for it.
static pthread_t hold_by_another(long ns)
{
    pthread_t thread;
    pthread_barrier_init(&held, 0, 2);
    pthread_create(&thread, 0, hold, (void *)ns);
    pthread_barrier_wait(&held);
    return thread;
}

static long locks(void)
{
    long began = now(CLOCK_MONOTONIC);
    pthread_mutex_lock(&lock);
    began = now(CLOCK_MONOTONIC) - began;
    pthread_mutex_unlock(&lock);
    return began;
}

static void joins(pthread_t thread) { pthread_join(thread, 0); }

static volatile int ended = 0;
static void *disturb(void *nothing)
{
    while (!ended) {}
    return nothing;
}

static void disturbed(int on)
{
    static pthread_t thread;
    ended = !on;
    if (on) pthread_create(&thread, 0, disturb, 0);
    else pthread_join(thread, 0);
}

// Answers how long it stood ready without a processor: with another thread on its only core, and never waiting.
static long preempted(long ns)
{
    long began = now(CLOCK_MONOTONIC), ran = now(CLOCK_THREAD_CPUTIME_ID);
    spin(ns);
    ran = now(CLOCK_THREAD_CPUTIME_ID) - ran;
    return now(CLOCK_MONOTONIC) - began - ran;
}

extern void goSleeps(long);
static void callsBack(long ns) { goSleeps(ns); }
*/
import "C"

import (
	"encoding/json"
	"os"
	"time"
)

//export goSleeps
func goSleeps(ns C.long) { time.Sleep(time.Duration(ns)) }

func main() {
	truth := map[string]int64{}
	for i := 0; i < 40; i++ {
		truth["spins"] += int64(C.spins(200_000))
		truth["allocates"] += int64(C.allocates(100, 50_000))
		truth["sleeps"] += int64(C.sleeps(1_000_000))
		holder := C.hold_by_another(1_000_000)
		truth["locks"] += int64(C.locks())
		C.joins(holder)
		C.callsBack(1_000_000)
	}
	if len(os.Args) > 1 {
		C.disturbed(1)
		for i := 0; i < 4; i++ {
			truth["preempted"] += int64(C.preempted(20_000_000))
		}
		C.disturbed(0)
	}
	json.NewEncoder(os.Stdout).Encode(truth)
}
