//! The Rust baseline: the same work without Go and without a boundary.

use first_crossing::{input, max_output, transform};
use seamark::harness::{self, Error, Operation, Parameter, Treatment, Workload};
use std::process::ExitCode;

struct Transform {
    payloads: Vec<Vec<u8>>,
    output: Vec<u8>,
}

impl Operation for Transform {
    fn cycle(&self) -> usize {
        self.payloads.len()
    }

    fn run(&mut self, i: usize) -> Result<&[u8], Error> {
        let length = transform(&self.payloads[i], &mut self.output)?;
        Ok(&self.output[..length])
    }
}

fn prepare(treatment: &Treatment) -> Result<Box<dyn Operation>, Error> {
    let size = treatment.int("payload", 4096)?;
    let payloads = input::payloads(size, treatment.seed(), treatment.records());
    Ok(Box::new(Transform {
        payloads,
        output: vec![0; max_output(size)],
    }))
}

fn main() -> ExitCode {
    harness::main(&[Workload {
        name: "transform",
        paths: &["rust"],
        parameters: &[Parameter {
            name: "payload",
            levels: &["64 B", "4 KiB", "64 KiB"],
        }],
        prepare,
    }])
}
