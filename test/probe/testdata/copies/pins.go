package main

/*
static int peek(const char *text) { return text[0]; }
static int peekBoth(const char **texts) { return texts[0][0] + texts[1][0]; }
*/
import "C"

import (
	"fmt"
	"runtime"
	"unsafe"
)

type keeper struct {
	runtime.Pinner
	other runtime.Pinner
}

func (k *keeper) hold(b []byte) unsafe.Pointer {
	k.Pin(&b[0])
	return unsafe.Pointer(&b[0])
}

func pins() {
	var k keeper
	b, c := []byte("bc"), []byte("cd")
	k.hold(b)
	k.other.Pin(&c[0])
	texts := [2]*C.char{(*C.char)(unsafe.Pointer(&b[0])), (*C.char)(unsafe.Pointer(&c[0]))}
	sum := C.peekBoth(&texts[0]) // 2 pins
	many := make([]runtime.Pinner, 3)
	for i := range many {
		many[i].Pin(&b[0])
	}
	sum += C.peek(texts[0]) // 3
	sum += C.peek(texts[1]) // none
	pinElsewhere(&k.other, &c[1])
	sum += C.peek(texts[1])
	fmt.Println("pins:", sum)
	for i := range many {
		many[i].Unpin()
	}
	k.Unpin()
	k.other.Unpin()
}
