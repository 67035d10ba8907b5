//! Seamark's Rust side.
//!
//! * [`allocations`]: a counting allocator that costs next to nothing, read from a Go host without crossing over.
//! * `harness` (feature `harness`): offers named workloads that Seamark measures, driven in lock-step over the standard
//!   streams or run by hand. The Go package `seamark.dev/go/harness` has the same verbs in the same order.
//! * [`histogram`]: counts times in buckets that Go and TypeScript cut alike.
//! * `runtime` (feature `runtime`): an asynchronous runtime such as tokio tells the probe about itself.
//! * [`record`]: reads and writes the probe's record file.
#![deny(missing_docs)]

pub mod allocations;
#[cfg(feature = "harness")]
pub mod harness;
pub mod histogram;
pub mod record;
#[cfg(feature = "runtime")]
pub mod runtime;
