//! A subject that behaves as badly as it is asked to.

use seamark::harness::{self, Error, Operation, Parameter, Treatment, Workload};
use std::process::{Command, ExitCode};
use std::thread::sleep;
use std::time::Duration;

struct Work {
    mood: String,
    done: usize,
    output: [u8; 1],
}

const CYCLE: usize = 4;
const HOUR: Duration = Duration::from_secs(3600);

impl Operation for Work {
    fn cycle(&self) -> usize {
        CYCLE
    }

    fn run(&mut self, i: usize) -> Result<&[u8], Error> {
        self.done += 1;
        if self.done > CYCLE {
            match self.mood.as_str() {
                "hangs" => sleep(HOUR),
                "exits" => {
                    eprintln!("I have had enough");
                    std::process::exit(7);
                }
                "panics" => panic!("out of cheese"),
                "aborts" => std::process::abort(),
                "fails" => return Err("the third one is broken".into()),
                "forks" if self.done == CYCLE + 1 => {
                    Command::new("sleep").arg("86397").spawn()?;
                    Command::new("setsid").args(["sleep", "86396"]).spawn()?;
                    sleep(Duration::from_millis(50));
                }
                _ => {}
            }
        }
        if self.mood == "prints" {
            println!("a line on standard output");
        }
        self.output[0] = i as u8;
        Ok(&self.output)
    }
}

fn prepare(treatment: &Treatment) -> Result<Box<dyn Operation>, Error> {
    let mood = treatment.text("mood", "calm").to_owned();
    if mood == "refuses" {
        return Err("not today".into());
    }
    Ok(Box::new(Work {
        mood,
        done: 0,
        output: [0],
    }))
}

fn main() -> ExitCode {
    harness::main(&[Workload {
        name: "awkward",
        paths: &["rust"],
        parameters: &[Parameter {
            name: "mood",
            levels: &["calm"],
        }],
        prepare,
    }])
}
