// Package crossing calls the Rust side of the lab through cgo, handing the payload over in three ways.
package crossing

/*
#cgo CFLAGS: -I${SRCDIR}/../core/include
#include <stdlib.h>
#include "first_crossing.h"
*/
import "C"

import (
	"errors"
	"fmt"
	"unsafe"

	"example.com/first-crossing/records"
)

// HandOver takes an input to Rust and brings its output back.
type HandOver func(input, buffer []byte) ([]byte, error)

// HandOvers by name.
var HandOvers = map[string]HandOver{"borrow": Borrow, "copy-in": CopyIn, "copy-out": CopyOut}

var errEmpty = errors.New("the payload is empty")

// Borrow lets Rust read Go's memory in place and write into a buffer of Go's: one crossing, nothing copied.
func Borrow(input, buffer []byte) ([]byte, error) {
	if len(input) == 0 || len(buffer) == 0 {
		return nil, errEmpty
	}
	length := C.fc_transform((*C.uint8_t)(&input[0]), C.size_t(len(input)), (*C.uint8_t)(&buffer[0]), C.size_t(len(buffer)))
	if length < 0 {
		return nil, refusal(length)
	}
	return buffer[:length], nil
}

// CopyIn hands over a copy of the input in C's memory, as one does when Rust is to keep it: three crossings (malloc,
// the call, free) and a copy.
func CopyIn(input, buffer []byte) ([]byte, error) {
	if len(input) == 0 || len(buffer) == 0 {
		return nil, errEmpty
	}
	copied := C.CBytes(input)
	defer C.free(copied)
	length := C.fc_transform((*C.uint8_t)(copied), C.size_t(len(input)), (*C.uint8_t)(&buffer[0]), C.size_t(len(buffer)))
	if length < 0 {
		return nil, refusal(length)
	}
	return buffer[:length], nil
}

// CopyOut lets Rust allocate the output, copies it into a new Go slice and gives Rust's memory back: two crossings, an
// allocation on either side and a copy.
func CopyOut(input, _ []byte) ([]byte, error) {
	if len(input) == 0 {
		return nil, errEmpty
	}
	owned := C.fc_transform_owned((*C.uint8_t)(&input[0]), C.size_t(len(input)))
	if owned.length < 0 {
		return nil, refusal(owned.length)
	}
	output := C.GoBytes(unsafe.Pointer(owned.data), C.int(owned.length))
	C.fc_free(owned)
	return output, nil
}

var refusals = map[C.int64_t]error{
	-1: records.ErrCut, -2: records.ErrCheck, -3: records.ErrRange, -4: records.ErrText, -5: records.ErrRoom,
}

func refusal(number C.int64_t) error {
	if known, ok := refusals[number]; ok {
		return known
	}
	return fmt.Errorf("the Rust side answered %d", number)
}

// RustCounts adds up what the Rust side allocated. It reads plain memory: no crossing is made, so none is counted.
func RustCounts() (calls, bytes uint64) {
	for block := C.seamark_counts; block != nil; block = block.next {
		calls += uint64(block.calls)
		bytes += uint64(block.bytes)
	}
	return calls, bytes
}
