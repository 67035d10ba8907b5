//! Stands in for an asynchronous runtime: it has workers and tasks, and runs nothing.
#![allow(dead_code)]

// The file of Seamark's crate, put here by the test.
#[path = "runtime.rs"]
mod runtime;

use std::sync::atomic::{AtomicU64, Ordering};

static TASKS: AtomicU64 = AtomicU64::new(0);

#[no_mangle]
pub extern "C" fn begin() {
    runtime::publish(|| runtime::Gauges {
        workers: Some(3),
        tasks: Some(TASKS.load(Ordering::Relaxed)),
        busy_ns: Some(2_000_000_000),
        ..runtime::Gauges::default()
    });
}

#[no_mangle]
pub extern "C" fn start_tasks(count: u32) {
    TASKS.fetch_add(u64::from(count), Ordering::Relaxed);
}
