package main

/*
#include <stdlib.h>
static int base(void) { return 40; }
// Only the C compiler knows its value: to Go it is a function that crosses, each time it is named.
#define COMPUTED (base() + 2)
#define NOTHING ((void *)0)

typedef union { int i; double d; } either;
typedef struct { char room[100000]; } large;
typedef int (*function)(int);
enum colour { RED, GREEN };

static either turn(either e) { e.i++; return e; }
static large fillLarge(char with) { large l; int i; for (i = 0; i < 100000; i++) l.room[i] = with; return l; }
static char lastOf(large l) { return l.room[99999]; }
static int twice(int a) { return 2 * a; }
static function pick(void) { return twice; }
// Cgo hands a function over as a pointer to data, which strict C forbids: allowed in this file alone.
#pragma GCC diagnostic ignored "-Wpedantic"
static int callPicked(function f, int a) { return f(a); }
static enum colour next(enum colour c) { return c + 1; }
static _Bool invert(_Bool b) { return !b; }
// Names that the stubs of cgo use themselves.
static int errno_(int p0, int r1, int _r) { return p0 + r1 + _r; }
*/
import "C"

import "fmt"

// Thirteen crossings: cgo's own malloc, called by its name, is one.
func unusual() {
	l := C.fillLarge('x')
	fmt.Println("unusual:", C.COMPUTED, C.COMPUTED, C.NOTHING, C.turn(C.either{1}), C.lastOf(l), C.callPicked(C.pick(), 21),
		C.next(C.RED), C.invert(true), C.errno_(1, 2, 3))
	room := _cgo_cmalloc(8)
	fmt.Println("own malloc:", room != nil)
	C.free(room)
}
