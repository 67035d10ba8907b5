//! A Rust program with Go inside. `host THREADS TIMES`: the first thread and others made here call Go that often each, both
//! plainly and through Go back into Rust and into Go once more.
use std::thread;

extern "C" {
    fn GoDouble(n: i32) -> i32;
    fn GoThrough(f: extern "C" fn(i32) -> i32, n: i32) -> i32;
    fn GoCalls() -> i64;
}

extern "C" fn again(n: i32) -> i32 {
    // SAFETY: an exported Go function of numbers alone.
    unsafe { GoDouble(n) }
}

fn work(times: i32) -> i64 {
    // SAFETY: as above; `again` is an extern "C" function and does not unwind.
    (0..times).map(|n| unsafe { i64::from(GoDouble(n)) + i64::from(GoThrough(again, n)) }).sum()
}

fn main() {
    let numbers: Vec<i32> = std::env::args().skip(1).map(|word| word.parse().expect("a number")).collect();
    let (threads, times) = (numbers[0], numbers[1]);
    // SAFETY: as above.
    let before = unsafe { GoCalls() };
    let others: Vec<_> = (0..threads).map(|_| thread::spawn(move || work(times))).collect();
    let own = work(times);
    let sum: i64 = others.into_iter().map(|other| other.join().expect("a thread")).sum();
    // SAFETY: as above.
    println!("{} {}", own + sum, unsafe { GoCalls() } - before);
}
