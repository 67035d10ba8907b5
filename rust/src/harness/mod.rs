//! Lets a program offer named workloads that Seamark measures: driven in lock-step over the standard streams
//! (docs/protocol.md), or run by hand from the command line.
//!
//! ```no_run
//! use seamark::harness::{main, Error, Operation, Parameter, Treatment, Workload};
//!
//! struct Fill(Vec<u8>);
//!
//! impl Operation for Fill {
//!     fn cycle(&self) -> usize {
//!         1
//!     }
//!     fn run(&mut self, _: usize) -> Result<&[u8], Error> {
//!         self.0.fill(7);
//!         Ok(&self.0)
//!     }
//! }
//!
//! fn prepare(treatment: &Treatment) -> Result<Box<dyn Operation>, Error> {
//!     Ok(Box::new(Fill(vec![0; treatment.int("payload", 64)?])))
//! }
//!
//! fn demo() -> std::process::ExitCode {
//!     main(&[Workload {
//!         name: "fill",
//!         paths: &["rust"],
//!         parameters: &[Parameter { name: "payload", levels: &["64 B", "4 KiB"] }],
//!         prepare,
//!     }])
//! }
//! ```

mod by_hand;
mod distribution;
mod driven;
mod session;
mod streams;
mod treatment;

use std::process::ExitCode;

pub use distribution::{Distribution, Draws, Random};
pub use driven::PROTOCOL_VERSION;
pub use treatment::{Treatment, Value};

/// Why a workload can't do what it was asked; told to the user as it is.
pub type Error = Box<dyn std::error::Error>;

/// Something a program can be asked to do.
#[derive(Debug, Clone, Copy)]
pub struct Workload {
    /// What it is called in a spec.
    pub name: &'static str,
    /// In which languages it can be done: `go`, `rust`, `go->rust`. Empty: the program knows no paths.
    pub paths: &'static [&'static str],
    /// Parameters it understands, with levels worth trying.
    pub parameters: &'static [Parameter],
    /// Makes the inputs of one treatment. An error ends the run.
    pub prepare: fn(&Treatment) -> Result<Box<dyn Operation>, Error>,
}

/// A name and the levels a workload is usually run at.
#[derive(Debug, Clone, Copy)]
pub struct Parameter {
    /// What a factor of the spec is called.
    pub name: &'static str,
    /// As a spec writes them: `4 KiB`.
    pub levels: &'static [&'static str],
}

/// Prepared work.
pub trait Operation {
    /// How many iterations visit every input once; at least 1.
    fn cycle(&self) -> usize;

    /// Does iteration `i`, `0 <= i < cycle`, and returns its output, which the next may overwrite.
    /// It is called in a timed loop: what need not be done every time belongs into `prepare`.
    fn run(&mut self, i: usize) -> Result<&[u8], Error>;

    /// What was handed over at the boundary since `prepare`; nothing, unless an operation says otherwise.
    fn boundary(&self) -> Boundary {
        Boundary::default()
    }
}

/// Counts what was handed over.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Boundary {
    /// Copies of the payload made only to hand it over.
    pub copies: u64,
    /// From Go to Rust.
    pub bytes_in: u64,
    /// From Rust to Go.
    pub bytes_out: u64,
}

/// Offers the workloads. With command line arguments, or when standard input is a terminal or the null device, the
/// program runs by hand and prints a table (`-help` says how); otherwise it is driven.
pub fn main(workloads: &[Workload]) -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = if arguments.is_empty() && streams::is_driven() {
        streams::keep_stdout()
            .map_err(Error::from)
            .and_then(|answers| driven::drive(std::io::stdin().lock(), answers, workloads))
    } else {
        by_hand::run(&arguments, workloads)
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("harness: {error}");
            ExitCode::from(2)
        }
    }
}

fn find<'a>(workloads: &'a [Workload], name: &str) -> Result<&'a Workload, Error> {
    match workloads {
        [only] if name.is_empty() => Ok(only),
        _ => workloads
            .iter()
            .find(|workload| workload.name == name)
            .ok_or_else(|| {
                let offered: Vec<_> = workloads.iter().map(|workload| workload.name).collect();
                format!("no workload {name:?}; offered: {}", offered.join(" ")).into()
            }),
    }
}

impl Workload {
    fn check(&self, treatment: &Treatment) -> Result<(), Error> {
        let path = treatment.path();
        if !(self.paths.contains(&path) || path.is_empty() && self.paths.is_empty()) {
            return Err(format!(
                "{} has no path {path:?} ({})",
                self.name,
                self.paths.join(", ")
            )
            .into());
        }
        // A misspelt factor that nobody reads would compare like with like.
        for name in treatment.names() {
            if !self
                .parameters
                .iter()
                .any(|parameter| parameter.name == name)
            {
                return Err(format!("{} has no parameter {name:?}", self.name).into());
            }
        }
        treatment.records().check()
    }
}
