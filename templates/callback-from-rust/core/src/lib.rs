//! The Rust side: nothing to do but to be called, and to call back, from the calling thread or from one made here.
#![deny(missing_docs)]

use std::sync::mpsc::{channel, Receiver, Sender};
use std::sync::{Mutex, OnceLock};
use std::thread;

extern "C" {
    /// Exported by Go: answers one more than it is given.
    fn goAnswer(n: u32) -> u32;
}

/// Nothing but the way there and back.
#[no_mangle]
pub extern "C" fn cr_empty(n: u32) -> u32 {
    n + 1
}

/// Calls Go so many times from the thread that called Rust.
#[no_mangle]
pub extern "C" fn cr_call_back(times: u32) -> u32 {
    // SAFETY: an exported Go function of plain numbers.
    (0..times).fold(0, |sum, _| unsafe { goAnswer(sum) })
}

/// Calls Go so many times from a thread that Rust made, and waits for it.
#[no_mangle]
pub extern "C" fn cr_call_back_from_thread(times: u32) -> u32 {
    let worker = worker()
        .lock()
        .expect("no thread panics while it has the worker");
    worker
        .0
        .send(times)
        .expect("the worker lives as long as the program");
    worker.1.recv().expect("the worker answers every request")
}

type Worker = Mutex<(Sender<u32>, Receiver<u32>)>;

/// Made once, with the first request.
fn worker() -> &'static Worker {
    static WORKER: OnceLock<Worker> = OnceLock::new();
    WORKER.get_or_init(|| {
        let (ask, asked) = channel();
        let (answer, answered) = channel();
        thread::spawn(move || {
            for times in asked {
                if answer.send(cr_call_back(times)).is_err() {
                    return;
                }
            }
        });
        Mutex::new((ask, answered))
    })
}
