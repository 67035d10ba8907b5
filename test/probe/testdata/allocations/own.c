//go:build own

// An allocator of the program's own, and as a shared library one that is preloaded: blocks follow each other in one piece of
// memory, each behind a word with its size, rounded up to 48 bytes, and are never used again.
#define _GNU_SOURCE
#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>

static char *room;
static size_t used;
#define ROOM (1ul << 30)

static void *take(size_t alignment, size_t bytes) {
	size_t rounded = bytes < 48 ? 48 : (bytes + 47) / 48 * 48, from, to;
	if (!room) room = mmap(0, ROOM, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	do {
		from = __atomic_load_n(&used, __ATOMIC_RELAXED);
		to = (from + 16 + alignment - 1) / alignment * alignment + rounded;
		if (to > ROOM) { errno = ENOMEM; return 0; }
	} while (!__sync_bool_compare_and_swap(&used, from, to));
	((size_t *)(room + to - rounded))[-1] = rounded;
	return room + to - rounded;
}

static size_t size_of(void *block) { return block ? ((size_t *)block)[-1] : 0; }
#ifndef UNSIZED
size_t malloc_usable_size(void *block) { return size_of(block); }
#endif
#ifdef MARK
int MARK(void) { return 1; }
#endif
void *malloc(size_t bytes) { return take(16, bytes); }
void *calloc(size_t count, size_t bytes) { return take(16, count * bytes); }
void free(void *block) { (void)block; }
void *memalign(size_t alignment, size_t bytes) { return take(alignment, bytes); }
void *aligned_alloc(size_t alignment, size_t bytes) { return take(alignment, bytes); }
void *valloc(size_t bytes) { return take(4096, bytes); }
void *pvalloc(size_t bytes) { return take(4096, (bytes + 4095) & ~4095ul); }
int posix_memalign(void **block, size_t alignment, size_t bytes) { *block = take(alignment, bytes); return *block ? 0 : ENOMEM; }

void *realloc(void *block, size_t bytes) {
	size_t old = size_of(block);
	void *moved = take(16, bytes);
	if (moved && block) memcpy(moved, block, old < bytes ? old : bytes);
	return moved;
}
