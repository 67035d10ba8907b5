//! An asynchronous runtime tells Seamark's probe about itself, so that its workers and tasks stand beside Go's goroutines.
//!
//! The probe of a Go program that this library is linked into asks at each of its samples (`seamark probe`, docs/boundary.md).
//! Without a probe nothing is ever asked. The crate has no dependency on any runtime: hand in what reads its metrics.
//!
//! ```text
//! let handle = tokio::runtime::Handle::current();
//! seamark::runtime::publish(move || {
//!     let metrics = handle.metrics();
//!     let workers = metrics.num_workers();
//!     seamark::runtime::Gauges {
//!         workers: Some(workers as u64),
//!         tasks: Some(metrics.num_alive_tasks() as u64),
//!         queue: Some(metrics.global_queue_depth() as u64),
//!         busy_ns: Some((0..workers).map(|at| metrics.worker_total_busy_duration(at).as_nanos() as u64).sum()),
//!         ..Default::default() // steals: only with tokio_unstable
//!     }
//! });
//! ```

use std::panic::{catch_unwind, AssertUnwindSafe};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::OnceLock;

/// What a runtime knows of itself at one moment; `None` where it does not know it.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Gauges {
    /// Worker threads.
    pub workers: Option<u64>,
    /// Tasks alive.
    pub tasks: Option<u64>,
    /// Tasks that wait in the global queue.
    pub queue: Option<u64>,
    /// Time its workers were busy so far, summed, in nanoseconds.
    pub busy_ns: Option<u64>,
    /// Tasks that a worker took from another so far.
    pub steals: Option<u64>,
}

type Reader = Box<dyn Fn() -> Gauges + Send + Sync>;

static READER: OnceLock<Reader> = OnceLock::new();

/// The reader panicked: it is not asked again, or the panic hook would print at each sample.
static PANICKED: AtomicBool = AtomicBool::new(false);

/// From now on the probe asks `read`, on a thread of its own, some hundred times a second. It should take microseconds and
/// must not wait. The first one counts: false when there was one already.
///
/// Once it has panicked it is not asked again. Built with `panic = "abort"`, such a panic ends the program, as any does.
pub fn publish(read: impl Fn() -> Gauges + Send + Sync + 'static) -> bool {
    // Named here, so that whoever links `publish` links what the probe looks for.
    std::hint::black_box(seamark_tokio_gauges as unsafe extern "C" fn(*mut u64, u32) -> u32);
    READER.set(Box::new(read)).is_ok()
}

/// What the probe calls: fills up to `room` values in the order of [`Gauges`] and answers which are known, a bit each.
///
/// # Safety
/// `values` has room for `room` numbers.
#[no_mangle]
pub unsafe extern "C" fn seamark_tokio_gauges(values: *mut u64, room: u32) -> u32 {
    let Some(read) = READER.get() else { return 0 };
    if PANICKED.load(Ordering::Relaxed) {
        return 0;
    }
    // A panic must not reach C: then nothing is known.
    let Ok(told) = catch_unwind(AssertUnwindSafe(read)) else {
        PANICKED.store(true, Ordering::Relaxed);
        return 0;
    };
    let all = [
        told.workers,
        told.tasks,
        told.queue,
        told.busy_ns,
        told.steals,
    ];
    let mut known = 0;
    for (at, value) in all.iter().enumerate().take(room as usize) {
        if let Some(value) = value {
            // SAFETY: `at` is below `room`.
            unsafe { *values.add(at) = *value };
            known |= 1 << at;
        }
    }
    known
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One test: the reader is the process's.
    #[test]
    fn the_probe_learns_what_is_known_and_nothing_else() {
        let mut values = [7_u64; 5];
        let mut ask = |room| {
            // SAFETY: five numbers, and no more are asked for.
            let known = unsafe { seamark_tokio_gauges(values.as_mut_ptr(), room) };
            (known, values)
        };
        assert_eq!(ask(5), (0, [7; 5]), "nobody published yet");
        static CALLS: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(0);
        assert!(publish(|| {
            assert!(CALLS.fetch_add(1, Ordering::Relaxed) < 2);
            Gauges {
                workers: Some(4),
                busy_ns: Some(1_000),
                ..Gauges::default()
            }
        }));
        assert!(!publish(Gauges::default), "the first one counts");
        assert_eq!(
            ask(1),
            (0b1, [4, 7, 7, 7, 7]),
            "no more than there is room for"
        );
        assert_eq!(ask(5), (0b1001, [4, 7, 7, 1_000, 7]));
        assert_eq!(ask(5).0, 0, "a reader that panics knows nothing");
        assert_eq!(ask(5).0, 0);
        assert_eq!(CALLS.load(Ordering::Relaxed), 3, "and is not asked again");
    }
}
