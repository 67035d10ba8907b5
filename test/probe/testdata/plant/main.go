// Plant crosses a known number of times and prints, as JSON, what became of the process meanwhile: the ground on which faults
// are planted. It has a site for them (step), one beside it (other), and one that is called back (goStep).
package main

/*
#include <malloc.h>

extern int goStep(int);

static int step(int n) { return n + 1; }
static int other(int n) { return n + 2; }
static int callBack(int n) { return goStep(n); }
static long held(void) { struct mallinfo2 now = mallinfo2(); return (long)(now.uordblks + now.hblkhd); }
*/
import "C"

import (
	"encoding/json"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

//export goStep
func goStep(n C.int) C.int { return n + 3 }

func main() {
	goroutines, each := number(1), number(2)
	cross(1)
	var before, after runtime.MemStats
	heldBefore := int64(C.held())
	runtime.ReadMemStats(&before)
	sleptBefore := sleeps()
	began := time.Now()
	var wait sync.WaitGroup
	for i := 0; i < goroutines; i++ {
		wait.Add(1)
		go func() {
			defer wait.Done()
			runtime.LockOSThread()
			cross(each)
		}()
	}
	wait.Wait()
	took := time.Since(began)
	runtime.ReadMemStats(&after)
	json.NewEncoder(os.Stdout).Encode(map[string]int64{
		"ns":       took.Nanoseconds(),
		"mallocs":  int64(after.Mallocs - before.Mallocs),
		"bytes":    int64(after.TotalAlloc - before.TotalAlloc),
		"gc":       int64(after.NumGC - before.NumGC),
		"held":     int64(C.held()) - heldBefore,
		"resident": status("VmRSS:"),
		"threads":  status("Threads:"),
		"sleeps":   sleeps() - sleptBefore,
		"cores":    int64(runtime.NumCPU()),
		"sum":      sum,
	})
}

var (
	mutex sync.Mutex
	sum   int64
)

func cross(times int) {
	own := int64(0)
	for i := 0; i < times; i++ {
		own += int64(C.step(1)) + int64(C.other(1)) + int64(C.callBack(1))
	}
	mutex.Lock()
	sum += own
	mutex.Unlock()
}

func number(index int) int {
	if index < len(os.Args) {
		if value, err := strconv.Atoi(os.Args[index]); err == nil {
			return value
		}
	}
	fmt.Fprintln(os.Stderr, "usage: plant GOROUTINES CROSSINGS")
	os.Exit(2)
	return 0
}

// sleeps counts how often a thread of this process let go of its processor by itself.
func sleeps() int64 {
	var usage syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
	return int64(usage.Nvcsw)
}

// status is a number of /proc/self/status: kilobytes, or threads.
func status(name string) int64 {
	text, _ := os.ReadFile("/proc/self/status")
	for _, line := range strings.Split(string(text), "\n") {
		if fields := strings.Fields(line); len(fields) > 1 && fields[0] == name {
			value, _ := strconv.ParseInt(fields[1], 10, 64)
			return value
		}
	}
	return -1
}
