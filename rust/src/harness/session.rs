use super::{Boundary, Error, Operation, Treatment, Workload};
use crate::allocations;
use std::hint::black_box;
use std::time::Instant;

/// One prepared treatment: what both the driver and the command line do with it.
pub(super) struct Session {
    operation: Box<dyn Operation>,
    cycle: usize,
    next: usize,
    times: Vec<u64>,
}

/// Totals over a counted batch, in the order they are answered.
pub(super) type Counts = Vec<(&'static str, u64)>;

// FNV-1a, 64 bit (Fowler, Noll, Vo).
const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const FNV_PRIME: u64 = 0x0000_0100_0000_01b3;

/// Makes the operation and runs one input cycle, of which it returns the checksum: the outputs in order, each followed
/// by its length as eight little-endian bytes.
pub(super) fn prepare(workload: &Workload, treatment: &Treatment) -> Result<(Session, u64), Error> {
    workload.check(treatment)?;
    let mut operation = (workload.prepare)(treatment)?;
    let cycle = operation.cycle();
    if cycle < 1 {
        return Err("the cycle of an operation is at least 1, not 0".into());
    }
    let mut checksum = FNV_OFFSET;
    for i in 0..cycle {
        let output = operation
            .run(i)
            .map_err(|error| format!("iteration {i}: {error}"))?;
        checksum = add(checksum, output);
        checksum = add(checksum, &(output.len() as u64).to_le_bytes());
    }
    Ok((
        Session {
            operation,
            cycle,
            next: 0,
            times: Vec::new(),
        },
        checksum,
    ))
}

fn add(hash: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(hash, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(FNV_PRIME)
    })
}

impl Session {
    pub(super) fn cycle(&self) -> usize {
        self.cycle
    }

    /// Times n iterations together, in nanoseconds. Nothing but the operation happens inside the window.
    pub(super) fn run(&mut self, n: u64) -> Result<u64, Error> {
        let start = Instant::now();
        for _ in 0..n {
            self.step()?;
        }
        Ok(start.elapsed().as_nanos() as u64)
    }

    /// Times n iterations one by one, by one reading of the clock between two of them.
    pub(super) fn run_each(&mut self, n: u64) -> Result<(u64, &[u64]), Error> {
        self.times.clear();
        self.times.reserve(n as usize);
        let start = Instant::now();
        let mut last = 0;
        for _ in 0..n {
            self.step()?;
            let now = start.elapsed().as_nanos() as u64;
            self.times.push(now - last);
            last = now;
        }
        Ok((last, &self.times))
    }

    /// Runs n iterations and returns what they allocated and handed over. Whole cycles are counted one by one, and the least
    /// of each count is what is answered, with the number of passes: what a runtime allocates for itself at a moment that
    /// chance picks only ever adds. There is no Go here: its counts are 0.
    pub(super) fn count(&mut self, n: u64) -> Result<(Counts, u64), Error> {
        let cycle = self.cycle as u64;
        let passes = if n % cycle == 0 { n / cycle } else { 1 };
        let mut least = self.count_pass(n / passes)?;
        for _ in 1..passes {
            for (known, (_, total)) in least.iter_mut().zip(self.count_pass(n / passes)?) {
                known.1 = known.1.min(total);
            }
        }
        Ok((least, passes))
    }

    fn count_pass(&mut self, n: u64) -> Result<Counts, Error> {
        let boundary = self.operation.boundary();
        let before = allocations::totals();
        for _ in 0..n {
            self.step()?;
        }
        let after = allocations::totals();
        let Boundary {
            copies,
            bytes_in,
            bytes_out,
        } = self.operation.boundary();
        let mut counts = vec![
            ("go.allocs", 0),
            ("go.bytes", 0),
            ("copies", copies - boundary.copies),
            ("bytes.in", bytes_in - boundary.bytes_in),
            ("bytes.out", bytes_out - boundary.bytes_out),
        ];
        // Without a counting allocator nothing is known, which is not the same as none.
        if allocations::is_counting() {
            counts.push(("rust.allocs", after.calls - before.calls));
            counts.push(("rust.bytes", after.bytes - before.bytes));
        }
        Ok(counts)
    }

    #[inline]
    fn step(&mut self) -> Result<(), Error> {
        let i = self.next;
        black_box(self.operation.run(i)).map_err(|error| format!("iteration {i}: {error}"))?;
        self.next = if i + 1 == self.cycle { 0 } else { i + 1 };
        Ok(())
    }
}
