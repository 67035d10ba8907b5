// Runtimes does one thing each to what the samples of a process tell, and prints what the process sees of itself.
package main

/*
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void nothing(void) {}

static void *keep(size_t bytes) { return memset(malloc(bytes), 1, bytes); }

static void fork_child(void) {
	pid_t child = fork();
	if (child == 0) {
		for (int i = 0; i < 5; i++) usleep(2000);
		_exit(0);
	}
	waitpid(child, NULL, 0);
}
*/
import "C"

import (
	"fmt"
	"os"
	"runtime"
	"time"
)

var held [][]byte

func main() {
	switch os.Args[1] {
	case "grow": // 32 MiB on each side, a MiB every 4 ms
		for step := 0; step < 32; step++ {
			C.keep(1 << 20)
			held = append(held, make([]byte, 1<<20))
			cross(4 * time.Millisecond)
		}
		runtime.GC()
		cross(30 * time.Millisecond)
	case "hold": // five objects of 3 MiB before the first crossing
		for range [5]int{} {
			held = append(held, make([]byte, 3<<20))
		}
		cross(60 * time.Millisecond)
		fmt.Println("held:", len(held))
	case "allocations":
		cross(20 * time.Millisecond)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		cross(100 * time.Millisecond)
		runtime.ReadMemStats(&after)
		fmt.Println("allocations:", after.Mallocs-before.Mallocs)
	case "itself":
		cross(30 * time.Millisecond)
		files, err := os.ReadDir("/proc/self/fd")
		fmt.Println("goroutines:", runtime.NumGoroutine(), "files:", len(files), err)
	case "fork":
		for range [8]int{} {
			cross(5 * time.Millisecond)
			C.fork_child()
		}
		fmt.Println("forked")
	case "deadlock":
		C.nothing()
		time.Sleep(5 * time.Millisecond)
		select {}
	}
}

func cross(least time.Duration) {
	for until := time.Now().Add(least); time.Now().Before(until); {
		for range [100]int{} {
			C.nothing()
		}
	}
}
