package main

/*
#include <errno.h>
#include <stdint.h>

typedef struct { int a; double b; char c[3]; } pair;

static int calls;
static int counted(void) { return calls; }
static void nothing(void) { calls++; }
static int add(int a, int b) { return a + b; }
static int seven(void) { return 7; }
static pair makePair(int a) { pair p = {a, a / 2.0, {'x', 'y', 'z'}}; return p; }
static pair onePair(void) { return makePair(3); }
static uint64_t wide(unsigned char a, float b, void *c, uint64_t d) { return a + (uint64_t)b + (c != 0) + d; }
static int setErrno(int value) { errno = value; return -1; }
static void setErrnoOnly(int value) { errno = value; }
static pair pairAndErrno(int value) { errno = value; return makePair(value); }
static int noErrno(void) { return 4; }
*/
import "C"

import "fmt"

func plain() {
	for i := 0; i < 3; i++ {
		C.nothing()
	}
	sum := C.int(0)
	for i := 0; i < 5; i++ {
		sum = C.add(sum, C.int(i))
	}
	pair := C.makePair(9)
	one := C.onePair()
	fmt.Println("plain:", C.counted(), sum, C.seven(), pair.a, pair.b, pair.c, one.a, C.wide(1, 2.5, nil, 1<<40))
}

// Six crossings with the errno form, four of them failing; two of noErrno and setErrno in the plain form.
func failing() {
	a, err1 := C.setErrno(2)
	_, err2 := C.setErrnoOnly(4)
	b, err3 := C.pairAndErrno(5)
	c, err4 := C.noErrno()
	_, err5 := C.nothing()
	_, err6 := C.setErrno(13)
	fmt.Println("failing:", a, err1, err2, b.a, err3, c, err4, err5, err6, C.noErrno(), C.setErrno(1))
}
