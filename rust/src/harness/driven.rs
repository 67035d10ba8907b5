use super::session::{prepare, Session};
use super::{find, Distribution, Error, Treatment, Value, Workload};
use crate::allocations;
use serde_json::{json, Value as Json};
use std::io::{BufRead, Write};

/// What this crate speaks: docs/protocol.md.
pub const PROTOCOL_VERSION: u32 = 1;

/// Serves until stop or the end of the requests. Errors of a workload are answered, not returned.
pub(super) fn drive(
    mut requests: impl BufRead,
    mut answers: impl Write,
    workloads: &[Workload],
) -> Result<(), Error> {
    let mut session = None;
    let mut line = String::new();
    loop {
        line.clear();
        if requests.read_line(&mut line)? == 0 {
            return Ok(()); // the driver is gone
        }
        let asked: Json = serde_json::from_str(&line).unwrap_or(Json::Null);
        let mut answer = match answer(&asked, &mut session, workloads) {
            Ok(answer) => answer,
            Err(error) => json!({"error": error.to_string()}),
        };
        answer["id"] = asked["id"].clone();
        let mut text = answer.to_string();
        text.push('\n');
        answers.write_all(text.as_bytes())?;
        answers.flush()?;
        if asked["verb"] == "stop" {
            return Ok(());
        }
    }
}

fn answer(
    asked: &Json,
    session: &mut Option<Session>,
    workloads: &[Workload],
) -> Result<Json, Error> {
    match (text(asked, "verb"), session) {
        ("", _) => Err("this is no request".into()),
        ("hello", _) => Ok(hello(workloads)),
        ("prepare", Some(_)) => Err("prepare a second time: a process serves one treatment".into()),
        ("prepare", empty) => {
            let workload = find(workloads, text(asked, "workload"))?;
            let (made, checksum) = prepare(workload, &read_treatment(asked)?)
                .map_err(|error| format!("prepare {}: {error}", workload.name))?;
            let cycle = made.cycle();
            *empty = Some(made);
            Ok(json!({"checksum": format!("{checksum:016x}"), "cycle": cycle, "operations": cycle}))
        }
        ("snapshot", _) => Ok(snapshot()),
        ("stop", _) => Ok(json!({"stopped": true})),
        (verb @ ("run" | "count"), None) => Err(format!("{verb} before prepare").into()),
        ("run", Some(session)) => run(asked, session),
        ("count", Some(session)) => {
            let n = iterations(asked)?;
            let (counts, passes) = session.count(n)?;
            let totals: serde_json::Map<_, _> = counts
                .into_iter()
                .map(|(name, total)| (name.to_owned(), total.into()))
                .collect();
            Ok(json!({"n": n, "passes": passes, "totals": totals}))
        }
        (verb, _) => Err(format!("unknown verb {verb:?}").into()),
    }
}

fn hello(workloads: &[Workload]) -> Json {
    let offered: Vec<Json> = workloads
        .iter()
        .map(|workload| {
            let parameters: Vec<Json> = workload
                .parameters
                .iter()
                .map(|one| json!({"name": one.name, "levels": one.levels}))
                .collect();
            json!({"name": workload.name, "paths": workload.paths, "parameters": parameters})
        })
        .collect();
    json!({"protocol": PROTOCOL_VERSION, "language": "rust", "workloads": offered})
}

fn run(asked: &Json, session: &mut Session) -> Result<Json, Error> {
    let n = iterations(asked)?;
    if asked["each"] == true {
        let (total, each) = session.run_each(n)?;
        return Ok(json!({"n": n, "total_ns": total, "each_ns": each, "gc_cycles": 0}));
    }
    Ok(json!({"n": n, "total_ns": session.run(n)?, "gc_cycles": 0}))
}

fn snapshot() -> Json {
    let totals = allocations::totals();
    json!({"counters": {"rust.allocs": totals.calls, "rust.bytes": totals.bytes}})
}

fn read_treatment(asked: &Json) -> Result<Treatment, Error> {
    let seed = asked["seed"].as_u64().unwrap_or(0);
    let mut treatment = Treatment::new(
        text(asked, "path"),
        seed,
        read_distribution(&asked["records"])?,
    );
    if let Some(parameters) = asked["parameters"].as_object() {
        for (name, given) in parameters {
            treatment.set(
                name,
                Value {
                    text: text(given, "text").to_owned(),
                    number: given["value"].as_f64(),
                },
            );
        }
    }
    Ok(treatment)
}

fn read_distribution(given: &Json) -> Result<Distribution, Error> {
    let whole = |name: &str| given[name].as_u64().unwrap_or(0).min(u64::from(u32::MAX)) as u32;
    Ok(match text(given, "distribution") {
        "" | "constant" => Distribution::Constant { at: whole("at") },
        "uniform" => Distribution::Uniform { of: whole("of") },
        "zipf" => Distribution::Zipf {
            of: whole("of"),
            s: given["s"].as_f64().unwrap_or(0.0),
        },
        other => {
            return Err(format!(
                "records: unknown distribution {other:?} (uniform, zipf, constant)"
            )
            .into())
        }
    })
}

fn iterations(asked: &Json) -> Result<u64, Error> {
    match asked["n"].as_u64() {
        Some(n) if n >= 1 => Ok(n),
        _ => Err(format!("{} needs n of at least 1", text(asked, "verb")).into()),
    }
}

fn text<'a>(object: &'a Json, name: &str) -> &'a str {
    object[name].as_str().unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::harness::{Boundary, Operation, Parameter};

    /// Returns its index as one byte, and fails when it is asked to.
    struct Add {
        fail: bool,
        output: [u8; 1],
        copies: u64,
    }

    impl Operation for Add {
        fn cycle(&self) -> usize {
            3
        }

        fn run(&mut self, i: usize) -> Result<&[u8], Error> {
            if self.fail {
                return Err("no".into());
            }
            self.copies += 1;
            self.output[0] = i as u8;
            Ok(&self.output)
        }

        fn boundary(&self) -> Boundary {
            Boundary {
                copies: self.copies,
                ..Boundary::default()
            }
        }
    }

    const ADD: Workload = Workload {
        name: "add",
        paths: &["rust"],
        parameters: &[Parameter {
            name: "payload",
            levels: &["1 B"],
        }],
        prepare: |treatment| {
            Ok(Box::new(Add {
                fail: treatment.int("payload", 1)? == 0,
                output: [0],
                copies: 0,
            }))
        },
    };

    fn converse(lines: &[&str]) -> Vec<Json> {
        let mut answers = Vec::new();
        drive(lines.join("\n").as_bytes(), &mut answers, &[ADD]).unwrap();
        let text = String::from_utf8(answers).unwrap();
        text.lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }

    const PREPARE: &str = r#"{"id":2,"verb":"prepare","workload":"add","path":"rust","parameters":{"payload":{"text":"1 B","value":1}},"seed":7}"#;

    #[test]
    fn a_conversation_answers_every_verb_under_its_id() {
        let answers = converse(&[
            r#"{"id":1,"verb":"hello","protocol":1}"#,
            PREPARE,
            r#"{"id":3,"verb":"run","n":6}"#,
            r#"{"id":4,"verb":"run","n":4,"each":true}"#,
            r#"{"id":5,"verb":"count","n":12}"#,
            r#"{"id":6,"verb":"snapshot"}"#,
            r#"{"id":7,"verb":"stop"}"#,
            r#"{"id":8,"verb":"hello"}"#,
        ]);
        assert_eq!(answers.len(), 7, "nothing is answered after stop");
        for (i, answer) in answers.iter().enumerate() {
            assert_eq!(answer["id"], i + 1, "{answer}");
            assert_eq!(answer["error"], Json::Null, "{answer}");
        }
        // The Go package's test has the same outputs and the same checksum.
        assert_eq!(answers[1]["checksum"], "1afa703b2592530b");
        assert_eq!(answers[3]["each_ns"].as_array().unwrap().len(), 4);
        assert_eq!(answers[4]["passes"], 4);
        assert_eq!(answers[4]["totals"]["copies"], 3);
        assert_eq!(answers[4]["totals"]["go.allocs"], 0);
        assert_eq!(
            answers[4]["totals"]["rust.allocs"],
            Json::Null,
            "nothing counts here"
        );
    }

    #[test]
    fn a_refusal_names_its_reason_and_the_conversation_goes_on() {
        for (line, reason) in [
            (r#"{"id":9,"verb":"dance"}"#, "unknown verb"),
            (r#"{"id":9,"verb":"run","n":1}"#, "run before prepare"),
            (
                r#"{"id":9,"verb":"prepare","workload":"other"}"#,
                "no workload",
            ),
            (r#"{"id":9,"verb":"prepare","path":"go"}"#, "no path"),
            (
                r#"{"id":9,"verb":"prepare","path":"rust","parameters":{"size":{"text":"1"}}}"#,
                "no parameter",
            ),
            (
                r#"{"id":9,"verb":"prepare","path":"rust","records":{"distribution":"zipf","of":0}}"#,
                "1 <= of",
            ),
            (
                r#"{"id":9,"verb":"prepare","path":"rust","parameters":{"payload":{"text":"0","value":0}}}"#,
                "iteration 0: no",
            ),
            ("not json", "this is no request"),
        ] {
            let answers = converse(&[line, r#"{"id":10,"verb":"hello"}"#]);
            let said = answers[0]["error"].as_str().unwrap();
            assert!(said.contains(reason), "{line}: {said}");
            assert_eq!(answers[1]["protocol"], 1);
        }
    }
}
