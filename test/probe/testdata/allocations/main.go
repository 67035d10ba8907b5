// Allocations calls C functions, and Rust ones, that allocate numbers and sizes known to the tests, and prints what the
// foreign side itself says of them.
package main

/*
#define _GNU_SOURCE
#include <errno.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

extern void goInside(int);

// Nothing of it is left out: the compiler may not know that these blocks are only blocks. Each thread frees its own.
static __thread void *volatile kept;
static long taken; // bytes set aside, by the allocator's own word

static void take(void **to, int count, int bytes) { int i; for (i = 0; i < count; i++) to[i] = malloc(bytes); }
static void give(void **from, int count) { int i; for (i = 0; i < count; i++) free(from[i]); }
static void nothing(void) {}
static void freeNothing(void) { free(0); free(0); }

static long leak(int bytes) { kept = malloc(bytes); return malloc_usable_size(kept); }

// An arena grows now and then and keeps what it has: a hundred calls that use it, one that makes it.
static char *arena; static size_t arenaSize;
static long useArena(size_t bytes) {
	long grown = 0;
	if (bytes > arenaSize) { free(arena); arena = malloc(bytes); arenaSize = bytes; grown = malloc_usable_size(arena); }
	memset(arena, 1, bytes);
	return grown;
}

// Every member of the family once: 11 allocations of 4,676 bytes, 10 blocks given back, one kept.
static long everyMember(void) {
	void *a, *b = 0, *moved;
	kept = malloc(100); free(kept);                           // 1: 100
	kept = calloc(10, 20); free(kept);                        // 2: 200
	a = realloc(0, 64); kept = a;                             // 3: 64
	a = realloc(kept, 1000); kept = a; free(kept);            // 4: 1000, and the old one back
	if (posix_memalign(&b, 256, 300)) return -1; kept = b; free(kept); // 5: 300
	kept = aligned_alloc(128, 512); free(kept);               // 6: 512
	kept = memalign(64, 200); free(kept);                     // 7: 200
	kept = valloc(1000); free(kept);                          // 8: 1000
	kept = pvalloc(1000); free(kept);                         // 9: 1000
	kept = strdup("1234567890123456789"); free(kept);         // 10: 20
	moved = reallocarray(0, 7, 40); kept = moved;             // 11: 280
	return malloc_usable_size(kept);
}

static int failing(int bytes) { kept = malloc(bytes); free(kept); errno = ENOENT; return -1; }

// Two blocks of its own around a callback, in which Go calls C again.
static void around(int depth) { void *a = malloc(100), *b; kept = a; goInside(depth); b = malloc(50); kept = b; free(a); free(b); }

static void pair(int times) { int i; for (i = 0; i < times; i++) { kept = malloc(32); free(kept); } }

static void many(int times) { pair(times); }
*/
import "C"

import (
	"fmt"
	"os"
	"runtime"
	"strconv"
	"sync"
	"unsafe"
)

func main() {
	number := 0
	if len(os.Args) > 2 {
		number, _ = strconv.Atoi(os.Args[2])
	}
	switch os.Args[1] {
	case "all":
		blocks := (*unsafe.Pointer)(C.calloc(1000, 8))
		C.take(blocks, 1000, 100)
		C.give(blocks, 400)
		C.give((*unsafe.Pointer)(unsafe.Add(unsafe.Pointer(blocks), 400*8)), 600)
		C.free(unsafe.Pointer(blocks))
		C.nothing()
		C.freeNothing()
		fmt.Println("everyMember", C.everyMember())
		_, err := C.failing(77)
		fmt.Println("failing", err)
		C.free(unsafe.Pointer(C.CString("0123456789")))
	case "leak":
		leaked, grown := 0, 0
		for i := 0; i < number; i++ {
			leaked += int(C.leak(1000))
			grown += int(C.useArena(64 << 10))
		}
		fmt.Println("leaked", leaked)
		fmt.Println("grown", grown)
	case "around":
		C.around(C.int(number))
	case "panic":
		func() {
			defer func() { fmt.Println("recovered", recover()) }()
			C.around(-1)
		}()
		C.around(0)
	case "threads":
		var wait sync.WaitGroup
		for i := 0; i < 8; i++ {
			wait.Add(1)
			go func(own C.int) {
				runtime.LockOSThread()
				defer wait.Done()
				for n := 0; n < number; n++ {
					C.pair(own)
				}
			}(C.int(i + 1))
		}
		wait.Wait()
	case "saturate":
		C.many(C.int(number))
	case "quieten": // on one thread
		runtime.LockOSThread()
		for i := 0; i < 64; i++ {
			C.many(3)
		}
		for i := 0; i < number; i++ {
			C.nothing()
		}
	default:
		foreign(os.Args[1], number)
	}
	os.Exit(0)
}

//export goInside
func goInside(depth C.int) {
	if depth < 0 {
		panic("through C")
	}
	C.pair(3)
	if depth > 0 {
		C.around(depth - 1)
	}
}
