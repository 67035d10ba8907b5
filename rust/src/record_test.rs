//! The shared vectors: read to their JSON, written back byte for byte, or refused with their code.

use super::*;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

fn vectors(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../format/vectors")
        .join(folder);
    let entries = std::fs::read_dir(&folder).expect("the vectors are there");
    let mut files: Vec<_> = entries
        .map(|entry| entry.expect("an entry").path())
        .collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "rec"));
    assert!(!files.is_empty(), "no vectors in {}", folder.display());
    files
}

fn json_of(file: &Path) -> String {
    compact(&std::fs::read_to_string(file.with_extension("json")).expect("its JSON is there"))
}

#[test]
fn every_vector_reads_to_its_json_and_is_written_back_byte_for_byte() {
    for path in vectors("") {
        let bytes = std::fs::read(&path).expect("readable");
        let file = RecordFile::open(&bytes)
            .unwrap_or_else(|refusal| panic!("{}: {refusal}", path.display()));
        assert_eq!(describe(&file), json_of(&path), "{}", path.display());
        assert!(
            file.data().write() == bytes,
            "{} is written back with other bytes",
            path.display()
        );
    }
}

#[test]
fn every_broken_vector_is_refused_with_its_code() {
    for path in vectors("broken") {
        let bytes = std::fs::read(&path).expect("readable");
        let (level, refusal) = first_refusal(&bytes).expect("a refusal");
        let seen = format!("{{\"level\":\"{level}\",\"refused\":\"{}\"}}", refusal.code);
        assert_eq!(seen, json_of(&path), "{}", path.display());
        assert!(!refusal.reason().is_empty());
    }
}

#[test]
fn whatever_byte_is_changed_a_file_opens_or_is_refused() {
    for path in vectors("") {
        let good = std::fs::read(&path).expect("readable");
        for at in (0..good.len()).filter(|at| *at < 256 || at % 7 == 0) {
            for change in [0x01, 0x80, 0xff] {
                let mut bytes = good.clone();
                bytes[at] ^= change;
                first_refusal(&bytes);
            }
            first_refusal(&good[..at]);
        }
    }
}

fn first_refusal(bytes: &[u8]) -> Option<(&'static str, Refusal)> {
    let file = match RecordFile::open(bytes) {
        Ok(file) => file,
        Err(refusal) => return Some(("file", refusal)),
    };
    let records = file
        .lanes
        .iter()
        .flat_map(|lane| (0..lane.used_slots).map(move |slot| lane.check(slot)));
    records
        .filter_map(Result::err)
        .next()
        .map(|refusal| ("record", refusal))
}

fn describe(file: &RecordFile) -> String {
    let mut refused = [
        ("open-record", 0),
        ("torn-record", 0),
        ("unknown-site", 0),
        ("disordered-record", 0),
    ];
    for lane in &file.lanes {
        for refusal in (0..lane.used_slots).filter_map(|slot| lane.check(slot).err()) {
            refused
                .iter_mut()
                .find(|(code, _)| *code == refusal.code)
                .expect("a code of records")
                .1 += 1;
        }
    }
    let data = file.data();
    let lanes = data.lanes.iter().map(|lane| {
        let totals = lane
            .totals
            .iter()
            .map(|(site, total)| object(Some(("site", *site)), &total.fields()));
        let records = lane
            .records
            .iter()
            .map(|(slot, record)| object(Some(("slot", *slot)), &record.fields()));
        let head = object(None, &lane.head.fields());
        format!(
            "{{\"lane\":{head},\"totals\":{},\"records\":{}}}",
            list(totals),
            list(records)
        )
    });
    let counts: Vec<_> = refused
        .iter()
        .map(|(code, count)| format!("\"{code}\":{count}"))
        .collect();
    format!(
        "{{\"finished\":{},\"refused\":{{{}}},\"header\":{},\"sites\":{},\"lanes\":{}}}",
        file.finished(),
        counts.join(","),
        object(None, &data.header.fields()),
        list(data.sites.iter().map(|site| object(None, &site.fields()))),
        list(lanes),
    )
}

fn object(key: Option<(&str, usize)>, fields: &[(&str, Value)]) -> String {
    let mut parts: Vec<_> = key
        .iter()
        .map(|(name, number)| format!("\"{name}\":{number}"))
        .collect();
    parts.extend(
        fields
            .iter()
            .map(|(name, value)| format!("\"{name}\":{}", json(value))),
    );
    format!("{{{}}}", parts.join(","))
}

fn json(value: &Value) -> String {
    match value {
        Value::Number(number) => number.to_string(),
        Value::Wide(number) => format!("\"{number}\""),
        // The vectors' texts hold nothing that JSON escapes.
        Value::Text(text) => format!("\"{text}\""),
        Value::Bytes(bytes) => {
            let mut hexadecimal = String::new();
            for byte in bytes {
                write!(hexadecimal, "{byte:02x}").expect("strings take everything");
            }
            format!("\"{hexadecimal}\"")
        }
        Value::List(items) => list(items.iter().map(|item| object(None, item))),
    }
}

fn list(items: impl Iterator<Item = String>) -> String {
    format!("[{}]", items.collect::<Vec<_>>().join(","))
}

/// JSON without the space between its words.
fn compact(json: &str) -> String {
    let mut quoted = false;
    json.chars()
        .filter(|character| {
            quoted ^= *character == '"';
            quoted || !character.is_whitespace()
        })
        .collect()
}
