//! The Rust callee of allocations: built as a static and as a dynamic library, with the lab's own counting allocator in it,
//! whose word is set against what the probe counted.

#[path = "allocations.rs"]
mod allocations;

use std::hint::black_box;

#[global_allocator]
static ALLOCATOR: allocations::CountingAllocator = allocations::CountingAllocator::system();

#[no_mangle]
pub extern "C" fn grow_vector(length: u64) {
    let mut grown = Vec::new();
    for value in 0..length {
        grown.push(black_box(value));
    }
    black_box(grown);
}

#[no_mangle]
pub extern "C" fn grow_text(length: u64) {
    let mut text = String::new();
    for _ in 0..length {
        text.push_str(black_box("crossing "));
    }
    black_box(text);
}

#[no_mangle]
pub extern "C" fn begin() {
    black_box(Box::new(1u8));
}

#[no_mangle]
pub extern "C" fn keep_box() {
    black_box(Box::leak(Box::new([7u8; 1000])));
}

#[no_mangle]
pub extern "C" fn zeroed(length: u64) {
    black_box(vec![0u8; length as usize]);
    black_box(AlignedTo64([0; 256]).boxed());
}

#[repr(align(64))]
struct AlignedTo64([u8; 256]);

impl AlignedTo64 {
    fn boxed(self) -> Box<Self> {
        Box::new(self)
    }
}

/// # Safety
/// Both point at a number each.
#[no_mangle]
pub unsafe extern "C" fn own_totals(calls: *mut u64, bytes: *mut u64) {
    let totals = allocations::totals();
    *calls = totals.calls;
    *bytes = totals.bytes;
}
