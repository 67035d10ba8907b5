/* What the Rust side offers; core/src/ffi.rs says what each call promises. */
#ifndef FIRST_CROSSING_H
#define FIRST_CROSSING_H

#include <stddef.h>
#include <stdint.h>

int64_t fc_transform(const uint8_t *input, size_t length, uint8_t *output, size_t room);

struct fc_buffer {
  uint8_t *data;
  int64_t length;
  size_t capacity;
};

struct fc_buffer fc_transform_owned(const uint8_t *input, size_t length);
void fc_free(struct fc_buffer buffer);

/* Allocations of the Rust side, one block a thread; written by the crate `seamark`, only read here. */
struct seamark_counts {
  struct seamark_counts *next;
  uint64_t calls;
  uint64_t bytes;
};
extern struct seamark_counts *seamark_counts;

#endif
