//go:build named

package main

// Calls of an allocator that is linked under names of its own, as jemalloc is in some Go modules.

/*
#include <stddef.h>
extern void *je_malloc(size_t), *je_calloc(size_t, size_t), *je_realloc(void *, size_t);
extern void je_free(void *);
extern size_t je_malloc_usable_size(void *);

// Four allocations of 700 bytes, three blocks given back; answers the bytes of the one that stays.
static long useNamed(void) {
	void *a = je_malloc(100), *b = je_calloc(10, 20);
	je_free(0);
	je_free(b);
	b = je_realloc(a, 300);
	je_free(b);
	return je_malloc_usable_size(je_malloc(100));
}
*/
import "C"

import "fmt"

func foreign(mode string, number int) {
	stays := 0
	for i := 0; i < number; i++ {
		stays += int(C.useNamed())
	}
	fmt.Println("stays", stays)
}
