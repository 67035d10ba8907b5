//go:build named

package main

// Calls of an allocator that is linked under names of its own, as jemalloc is in some Go modules.

/*
#include <stddef.h>
extern void *je_malloc(size_t), *je_calloc(size_t, size_t), *je_realloc(void *, size_t);
extern void je_free(void *);

// Four allocations of 700 bytes, three blocks given back; one stays.
static void useNamed(void) {
	void *a = je_malloc(100), *b = je_calloc(10, 20);
	je_free(0);
	je_free(b);
	b = je_realloc(a, 300);
	je_free(b);
	je_malloc(100);
}
*/
import "C"

import "fmt"

func foreign(mode string, number int) {
	for i := 0; i < number; i++ {
		C.useNamed()
	}
	fmt.Println("done")
}
