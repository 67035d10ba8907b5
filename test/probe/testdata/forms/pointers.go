package main

/*
#include <stdlib.h>
#include <string.h>

static long sum(const long *values, int n) { long s = 0; int i; for (i = 0; i < n; i++) s += values[i]; return s; }
static void fill(char *to, int n) { memset(to, 'q', n); }
*/
import "C"

import (
	"fmt"
	"unsafe"
)

func pointers() {
	values := []C.long{1, 2, 3, 4}
	buffer := make([]byte, 6)
	C.fill((*C.char)(unsafe.Pointer(&buffer[0])), 6)
	fmt.Println("pointers:", C.sum(&values[0], 4), string(buffer))
}

// C.CString, C.CBytes and C.malloc cross, into malloc; C.GoString and C.GoBytes only copy.
func helpers() {
	text := C.CString("hello")
	bytes := C.CBytes([]byte("abc"))
	room := C.malloc(10)
	again := C.CString("again")
	fmt.Println("helpers:", C.GoString(text), C.GoStringN(again, 2), C.GoBytes(bytes, 2), C.strlen(text), room != nil)
	for _, pointer := range []unsafe.Pointer{unsafe.Pointer(text), bytes, room, unsafe.Pointer(again)} {
		C.free(pointer)
	}
}
