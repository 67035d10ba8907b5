// Copies hands text and bytes over the boundary in every way that copies, each a number of times that the tests know.
package main

/*
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

static size_t length(const char *text) { return strlen(text); }
static size_t both(const char *a, const char *b) { return strlen(a) + strlen(b); }
static int failing(const char *text) { errno = 7; return (int)strlen(text); }
static const char *answer(void) { return "answered"; }
static void *bytes(int n) { void *p = malloc(n); memset(p, 'b', n); return p; }
static void release(void *p) { free(p); }
static int plain(int n) { return n + 1; }

extern char *goShout(char *text);
extern int goCount(char *text);
static int shout(int times) {
	int i, n = 0;
	for (i = 0; i < times; i++) { char *s = goShout("quiet"); n += (int)strlen(s); free(s); }
	return n;
}
static void *shoutThrice(void *sum) { __sync_fetch_and_add((int *)sum, shout(3)); return 0; }
static int shoutFromThreads(int count) {
	pthread_t made[16];
	int i, sum = 0;
	for (i = 0; i < count; i++) pthread_create(&made[i], 0, shoutThrice, &sum);
	for (i = 0; i < count; i++) pthread_join(made[i], 0);
	return sum;
}
static int count(char *text) { return goCount(text); }
static int countTwice(char *text) { return goCount(text) + goCount(text); }
*/
import "C"

import (
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"unsafe"
)

func main() {
	number := 0
	if len(os.Args) > 2 {
		number, _ = strconv.Atoi(os.Args[2])
	}
	switch os.Args[1] {
	case "served":
		served()
	case "callbacks":
		fmt.Println("callbacks:", C.shout(3), counted())
	case "unserved":
		unserved()
	case "together":
		together(number)
	case "alone":
		alone(number)
	case "foreign":
		text := C.CString("mine")
		fmt.Println("foreign:", C.shoutFromThreads(8), C.GoString(text), C.length(text))
		C.free(unsafe.Pointer(text))
	case "pins":
		pins()
	case "large":
		large(number)
	}
	fmt.Fprintln(os.Stderr, "NumCgoCall", runtime.NumCgoCall())
	os.Exit(0)
}

func served() {
	a := C.CString("seven c") // 7 bytes for length, which also takes the next 5
	b := C.CString("five ")   // both served length: nothing was called between
	n := C.length(a)          // 12 bytes, 2 copies
	n += C.both(a, b)         // none: they were copied for another call
	c, err := C.failing(a)    // none
	d := C.CBytes(make([]byte, 100))
	room := C.malloc(10)               // passed over
	C.free(room)                       // passed over
	e, err2 := C.failing((*C.char)(d)) // 100 bytes, 1 copy, in the errno form
	text := C.GoString(C.answer())     // 8 bytes out of answer
	p := C.bytes(50)
	block := C.GoBytes(p, 50)             // 50 out of bytes
	part := C.GoStringN((*C.char)(p), 20) // 20 more out of bytes
	C.free(d)                             // passed over
	again := C.GoBytes(p, 1)              // and 1 more out of bytes
	C.release(p)
	empty := C.CBytes(nil)  // a copy of nothing, for plain
	zero := C.GoString(nil) // out of release, which gave nothing
	fmt.Println("served:", n, c, err, e, err2, text, len(block), part, len(again), C.plain(1), empty != nil, zero == "")
	for _, pointer := range []unsafe.Pointer{unsafe.Pointer(a), unsafe.Pointer(b), empty} {
		C.free(pointer)
	}
}

//export goShout
func goShout(text *C.char) *C.char {
	// 5 bytes handed to the callback, 6 handed back by it.
	return C.CString(strings.ToUpper(C.GoString(text)) + "!")
}

//export goCount
func goCount(text *C.char) C.int {
	seen := C.GoString(text)       // handed to the callback
	inner := C.CString(seen + "+") // for length, which is called inside
	defer C.free(unsafe.Pointer(inner))
	n := C.length(inner)
	return C.int(n) + C.int(len(C.GoString(inner))) // out of length
}

func counted() C.int {
	text := C.CString("four")
	defer C.free(unsafe.Pointer(text))
	sum := C.count(text)                                           // 4 bytes in
	return sum + C.countTwice(text) + C.int(len(C.GoString(text))) // 4 bytes out of countTwice, not of what ran inside
}

// unserved copies that no call follows.
func unserved() {
	text := C.CString("nobody")
	fmt.Println("unserved:", C.GoString(text))
	C.free(unsafe.Pointer(text))
}

// together: each goroutine copies for its own calls, whatever the others do between, and wherever it goes on.
func together(each int) {
	const goroutines = 24
	var wait sync.WaitGroup
	sums := make([]int, goroutines)
	for i := range sums {
		wait.Add(1)
		go func(i int) {
			defer wait.Done()
			text := strings.Repeat("x", i)
			for n := 0; n < each; n++ {
				copied := C.CString(text)
				runtime.Gosched() // often goes on on another thread
				if i%2 == 0 {
					sums[i] += int(C.length(copied))
				} else {
					m, _ := C.failing(copied)
					sums[i] += int(m)
				}
				C.free(unsafe.Pointer(copied))
				runtime.Gosched()
				sums[i] += len(C.GoString(C.answer()))
				p := C.bytes(3)
				runtime.Gosched()
				sums[i] += len(C.GoBytes(p, 3))
				C.release(p)
			}
		}(i)
	}
	wait.Wait()
	sum := 0
	for _, one := range sums {
		sum += one
	}
	fmt.Println("together:", sum)
}

// alone: nothing but copies into Go, after a single call.
func alone(times int) {
	text := C.answer()
	sum := 0
	for n := 0; n < times; n++ {
		sum += len(C.GoString(text))
	}
	fmt.Println("alone:", sum)
}

// large: more copies for one call than its record can count.
func large(bytes int) {
	block := make([]byte, bytes)
	for n := 0; n < 300; n++ {
		C.free(C.CBytes(block))
	}
	fmt.Println("large:", C.plain(2))
}
