//go:build rust

package main

/*
#include <stdint.h>
extern void grow_vector(uint64_t length);
extern void grow_text(uint64_t length);
extern void begin(void);
extern void keep_box(void);
extern void zeroed(uint64_t length);
extern void own_totals(uint64_t *calls, uint64_t *bytes);
*/
import "C"

import "fmt"

// foreign prints what Rust's own counting allocator says of the calls: calls and bytes by function.
func foreign(mode string, number int) {
	calls := []struct {
		name string
		call func()
	}{
		{"grow_vector", func() { C.grow_vector(C.uint64_t(number)) }},
		{"grow_text", func() { C.grow_text(C.uint64_t(number)) }},
		{"keep_box", func() { C.keep_box() }},
		{"zeroed", func() { C.zeroed(C.uint64_t(number)) }},
	}
	C.begin() // Rust's own block for its counts is made now
	for _, one := range calls {
		var before, after [2]C.uint64_t
		C.own_totals(&before[0], &before[1])
		for i := 0; i < 100; i++ {
			one.call()
		}
		C.own_totals(&after[0], &after[1])
		fmt.Println(one.name, after[0]-before[0], after[1]-before[1])
	}
}
