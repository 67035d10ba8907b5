//! Counts allocations: how many calls, how many bytes were asked for.
//!
//! Every thread counts for itself, without locked instructions, into a block that stays readable when the thread is
//! gone; a reader adds the blocks up. The sums are exact when nobody allocates meanwhile.
//!
//! ```
//! use seamark::allocations::{totals, CountingAllocator};
//!
//! #[global_allocator]
//! static ALLOCATOR: CountingAllocator = CountingAllocator::system();
//!
//! let before = totals();
//! let made = Vec::<u8>::with_capacity(100);
//! let after = totals();
//! assert_eq!((after.calls - before.calls, after.bytes - before.bytes), (1, 100));
//! # drop(made);
//! ```
//!
//! A Go host reads the blocks as plain memory, so that reading is no crossing: `seamark_counts` is the head of a list of
//! `struct seamark_counts { struct seamark_counts *next; uint64_t calls, bytes; }` (docs/protocol.md has the Go side).

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::ptr::{self, NonNull};
use std::sync::atomic::{AtomicPtr, AtomicU64, Ordering};

/// Wraps another allocator and counts what is asked of it: `alloc`, `alloc_zeroed` and `realloc` are a call each.
#[derive(Debug, Default, Clone, Copy)]
pub struct CountingAllocator<A = System>(A);

impl CountingAllocator {
    /// Counts in front of the system's allocator.
    pub const fn system() -> Self {
        Self(System)
    }
}

impl<A> CountingAllocator<A> {
    /// Counts in front of `inner`.
    pub const fn new(inner: A) -> Self {
        Self(inner)
    }
}

// SAFETY: every method hands its arguments to the inner allocator unchanged and returns what that returns; counting
// touches only this module's own memory and neither allocates through `self` nor unwinds.
unsafe impl<A: GlobalAlloc> GlobalAlloc for CountingAllocator<A> {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size());
        // SAFETY: the caller keeps the contract of `alloc`, which is the same.
        unsafe { self.0.alloc(layout) }
    }

    #[inline]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count(layout.size());
        // SAFETY: as in `alloc`.
        unsafe { self.0.alloc_zeroed(layout) }
    }

    #[inline]
    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count(size);
        // SAFETY: `pointer` came from the inner allocator, as everything this one hands out does.
        unsafe { self.0.realloc(pointer, layout, size) }
    }

    #[inline]
    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: as in `realloc`.
        unsafe { self.0.dealloc(pointer, layout) }
    }
}

/// Calls and bytes since the process began.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Totals {
    /// Allocations, reallocations included.
    pub calls: u64,
    /// Bytes asked for.
    pub bytes: u64,
}

/// Adds up all threads, ended ones included. Zero as long as no [`CountingAllocator`] is in use.
pub fn totals() -> Totals {
    let mut sum = Totals::default();
    let mut next = SEAMARK_COUNTS.load(Ordering::Acquire);
    while let Some(block) = NonNull::new(next) {
        // SAFETY: blocks on the list are initialised before they are linked and never freed.
        let block = unsafe { block.as_ref() };
        sum.calls += block.calls.load(Ordering::Relaxed);
        sum.bytes += block.bytes.load(Ordering::Relaxed);
        next = block.next;
    }
    sum
}

/// Whether a [`CountingAllocator`] has counted anything in this process.
pub fn is_counting() -> bool {
    !SEAMARK_COUNTS.load(Ordering::Acquire).is_null()
}

/// The counts of one thread, as C sees them. Written by that thread alone.
#[repr(C)]
struct Block {
    next: *mut Block,
    calls: AtomicU64,
    bytes: AtomicU64,
}

/// Head of the list of all blocks; an atomic pointer has the layout of a pointer, so C and Go read it as one.
#[export_name = "seamark_counts"]
static SEAMARK_COUNTS: AtomicPtr<Block> = AtomicPtr::new(ptr::null_mut());

thread_local! {
    // Constant and without a destructor: reading it neither allocates nor registers anything.
    static OWN: Cell<*const Block> = const { Cell::new(ptr::null()) };
}

#[inline]
fn count(bytes: usize) {
    let mut block = OWN.get();
    if block.is_null() {
        block = join();
    }
    // SAFETY: `block` is null or was linked by `join`; such blocks are never freed.
    let Some(block) = (unsafe { block.as_ref() }) else {
        return;
    };
    // Only this thread writes: a load and a store do, where `fetch_add` would lock the bus.
    block
        .calls
        .store(block.calls.load(Ordering::Relaxed) + 1, Ordering::Relaxed);
    block.bytes.store(
        block.bytes.load(Ordering::Relaxed) + bytes as u64,
        Ordering::Relaxed,
    );
}

/// Links a block for this thread; null when the system has no memory left, then this allocation goes uncounted.
#[cold]
fn join() -> *const Block {
    // SAFETY: the layout of `Block` is not of size zero. The system's allocator is asked, never the counting one.
    let block = unsafe { System.alloc_zeroed(Layout::new::<Block>()) }.cast::<Block>();
    if block.is_null() {
        return block;
    }
    let mut head = SEAMARK_COUNTS.load(Ordering::Acquire);
    loop {
        // SAFETY: `block` is ours until it is linked, and all-zero bytes are a valid `Block`.
        unsafe { (*block).next = head };
        match SEAMARK_COUNTS.compare_exchange_weak(head, block, Ordering::AcqRel, Ordering::Acquire)
        {
            Ok(_) => break,
            Err(now) => head = now,
        }
    }
    OWN.set(block);
    block
}
