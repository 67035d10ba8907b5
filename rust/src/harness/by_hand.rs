use super::session::prepare;
use super::{find, Distribution, Error, Treatment, Value, Workload};
use std::time::Duration;

const HELP: &str = "\
-workload name    which; needed when several are offered
-path path        which; the first offered when not said
-set name=level   set a parameter, as in payload=4KiB; may be repeated
-records kind     uniform,of=100 or zipf,s=1.1,of=4096 or constant,at=3
-seed seed        seed of the inputs (1)
-n iterations     of a batch, a multiple of the input cycle is best (about 10 ms)
-batches many     how many batches (10)
-list             print what is offered";

/// The command line: one treatment, a few batches, a table. For a look, not for a verdict: that takes many processes in a
/// fixed order, which is what Seamark does.
pub(super) fn run(arguments: &[String], workloads: &[Workload]) -> Result<(), Error> {
    let mut asked = Asked {
        seed: 1,
        batches: 10,
        ..Asked::default()
    };
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        let flag = word.trim_start_matches('-');
        match flag {
            "help" | "h" => {
                println!("{HELP}");
                return Ok(());
            }
            "list" => {
                print_offer(workloads);
                return Ok(());
            }
            _ => asked.take(
                flag,
                words
                    .next()
                    .ok_or_else(|| format!("{word} needs a value, or is unknown (-help)"))?,
            )?,
        }
    }
    let workload = find(workloads, &asked.workload)?;
    if asked.path.is_empty() {
        asked.path = workload
            .paths
            .first()
            .map_or(String::new(), |path| (*path).to_owned());
    }
    let mut treatment = Treatment::new(&asked.path, asked.seed, asked.records);
    for (name, level) in &asked.levels {
        treatment.set(name, Value::read(level));
    }
    print_batches(workload, &treatment, &asked)
}

#[derive(Default)]
struct Asked {
    workload: String,
    path: String,
    levels: Vec<(String, String)>,
    records: Distribution,
    seed: u64,
    n: u64,
    batches: usize,
}

impl Asked {
    fn take(&mut self, flag: &str, value: &str) -> Result<(), Error> {
        match flag {
            "workload" => self.workload = value.to_owned(),
            "path" => self.path = value.to_owned(),
            "seed" => self.seed = value.parse()?,
            "n" => self.n = value.parse()?,
            "batches" => self.batches = value.parse()?,
            "records" => self.records = read_distribution(value)?,
            "set" => {
                let (name, level) = value.split_once('=').ok_or("write -set name=level")?;
                self.levels.push((name.to_owned(), level.to_owned()));
            }
            _ => return Err(format!("unknown option -{flag} (-help)").into()),
        }
        Ok(())
    }
}

fn read_distribution(text: &str) -> Result<Distribution, Error> {
    let (kind, rest) = text.split_once(',').unwrap_or((text, ""));
    let mut numbers = [("of", 0.0), ("s", 0.0), ("at", 0.0)];
    for word in rest.split(',').filter(|word| !word.is_empty()) {
        let (name, number) = word.split_once('=').unwrap_or((word, ""));
        let known = numbers.iter_mut().find(|(known, _)| *known == name);
        known
            .ok_or_else(|| format!("-records: unknown {name:?} (of, s, at)"))?
            .1 = number.parse()?;
    }
    let [(_, of), (_, s), (_, at)] = numbers;
    match kind {
        "constant" => Ok(Distribution::Constant { at: at as u32 }),
        "uniform" => Ok(Distribution::Uniform { of: of as u32 }),
        "zipf" => Ok(Distribution::Zipf { of: of as u32, s }),
        _ => {
            Err(format!("-records: unknown distribution {kind:?} (uniform, zipf, constant)").into())
        }
    }
}

fn print_batches(workload: &Workload, treatment: &Treatment, asked: &Asked) -> Result<(), Error> {
    let (mut session, checksum) = prepare(workload, treatment)?;
    let cycle = session.cycle() as u64;
    let mut n = asked.n;
    if n == 0 {
        let first = session.run(cycle)?;
        let wanted = Duration::from_millis(10).as_nanos() as u64 / (first + 1);
        n = cycle * wanted.clamp(1, 1_000_000);
    }
    let mut per_operation = Vec::new();
    for _ in 0..asked.batches {
        per_operation.push(session.run(n)? as f64 / n as f64);
    }
    let (counts, _) = session.count(4 * cycle)?;
    per_operation.sort_by(f64::total_cmp);
    let row = |name: &str, text: String| println!("{name:<12}{text}");
    row("workload", workload.name.to_owned());
    row("path", treatment.path().to_owned());
    for name in treatment.names() {
        row(name, treatment.text(name, "").to_owned());
    }
    row(
        "checksum",
        format!("{checksum:016x} over a cycle of {cycle}"),
    );
    if let (Some(least), Some(most)) = (per_operation.first(), per_operation.last()) {
        let middle = per_operation[per_operation.len() / 2];
        let batches = per_operation.len();
        row("time", format!("{middle:.1} ns/op, median of {batches} batches of {n}, from {least:.1} to {most:.1}"));
    }
    for (name, total) in counts {
        row(name, format!("{} /op", total as f64 / cycle as f64));
    }
    Ok(())
}

fn print_offer(workloads: &[Workload]) {
    for workload in workloads {
        println!("{}", workload.name);
        if !workload.paths.is_empty() {
            println!("  path: {}", workload.paths.join(", "));
        }
        for parameter in workload.parameters {
            println!("  {}: {}", parameter.name, parameter.levels.join(", "));
        }
    }
}
