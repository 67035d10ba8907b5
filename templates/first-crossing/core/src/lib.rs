//! The work of the lab, in Rust: decodes a payload of records, checks them, and encodes them anew.
//!
//! A payload is a sequence of records, little-endian; what is left behind the last is zeros:
//!
//! | field | bytes |
//! | --- | --- |
//! | length of what follows | 2 |
//! | key, below 2^24 | 4 |
//! | amount in hundredths, at most 10^9 either way | 4 |
//! | kind, 0 to 7 | 1 |
//! | text, UTF-8 | the rest |
//! | check: [`check`] of key, amount, kind and text | 4 |
//!
//! The output has the same records with the amount converted by the rate of its kind (8 bytes) and the text's ASCII
//! letters in capitals, and after them a record of length 0, the number of records (4) and the sum of amounts (8).
//! `records/transform.go` does the same, byte for byte.
#![deny(missing_docs)]

pub mod ffi;
pub mod input;

use seamark::allocations::CountingAllocator;
use std::fmt;

#[global_allocator]
static ALLOCATOR: CountingAllocator = CountingAllocator::system();

/// Why a payload is refused. The numbers cross the boundary.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(i32)]
pub enum Refusal {
    /// It ends inside a record.
    Cut = 1,
    /// A check is not that of its record.
    Check = 2,
    /// A key, amount or kind is out of range.
    Range = 3,
    /// A text is not UTF-8.
    Text = 4,
    /// The output buffer is too small: see [`max_output`].
    Room = 5,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Cut => "the payload ends inside a record",
            Self::Check => "a record's check differs",
            Self::Range => "a record is out of range",
            Self::Text => "a text is not UTF-8",
            Self::Room => "the output buffer is too small",
        })
    }
}

impl std::error::Error for Refusal {}

/// Key, amount and kind.
pub(crate) const HEAD: usize = 9;
pub(crate) const CHECK: usize = 4;
pub(crate) const MAX_KEY: u32 = 1 << 24;
const MAX_AMOUNT: i32 = 1_000_000_000;

/// What one unit of each kind is worth, in ten-thousandths.
const RATES: [i64; 8] = [10_000, 10_871, 8_532, 1_163, 149, 67, 12_045, 2_347];

/// Bytes that the output of an input of so many bytes can need.
pub const fn max_output(input: usize) -> usize {
    input + input / 3 + 16
}

/// Writes the output and returns its length.
pub fn transform(input: &[u8], output: &mut [u8]) -> Result<usize, Refusal> {
    let mut rest = input;
    let mut at = 0;
    let mut records = 0u32;
    let mut total = 0i64;
    while rest.len() >= 2 {
        let (length, after) = rest.split_at(2);
        let length = usize::from(u16::from_le_bytes([length[0], length[1]]));
        if length == 0 {
            break;
        }
        if length < HEAD + CHECK || length > after.len() {
            return Err(Refusal::Cut);
        }
        let (record, others) = after.split_at(length);
        let converted = transform_record(record, output, &mut at)?;
        total = total.wrapping_add(converted);
        records += 1;
        rest = others;
    }
    if matches!(rest, [byte] if *byte != 0) {
        return Err(Refusal::Cut);
    }
    put(output, &mut at, &0u16.to_le_bytes())?;
    put(output, &mut at, &records.to_le_bytes())?;
    put(output, &mut at, &total.to_le_bytes())?;
    Ok(at)
}

fn transform_record(record: &[u8], output: &mut [u8], at: &mut usize) -> Result<i64, Refusal> {
    let (body, sum) = record.split_at(record.len() - CHECK);
    if check(body).to_le_bytes() != *sum {
        return Err(Refusal::Check);
    }
    let (head, text) = body.split_at(HEAD);
    let key = u32::from_le_bytes([head[0], head[1], head[2], head[3]]);
    let amount = i32::from_le_bytes([head[4], head[5], head[6], head[7]]);
    let kind = head[8];
    if key >= MAX_KEY || !(-MAX_AMOUNT..=MAX_AMOUNT).contains(&amount) || kind > 7 {
        return Err(Refusal::Range);
    }
    std::str::from_utf8(text).map_err(|_| Refusal::Text)?;
    let converted = i64::from(amount) * RATES[usize::from(kind)] / 10_000;

    let length = record.len() + 4;
    put(output, at, &(length as u16).to_le_bytes())?;
    let begin = *at;
    put(output, at, &key.to_le_bytes())?;
    put(output, at, &converted.to_le_bytes())?;
    put(output, at, &[kind])?;
    let text_begin = *at;
    put(output, at, text)?;
    output[text_begin..*at].make_ascii_uppercase();
    let sum = check(&output[begin..*at]);
    put(output, at, &sum.to_le_bytes())?;
    Ok(converted)
}

#[inline]
fn put(output: &mut [u8], at: &mut usize, bytes: &[u8]) -> Result<(), Refusal> {
    let end = *at + bytes.len();
    output
        .get_mut(*at..end)
        .ok_or(Refusal::Room)?
        .copy_from_slice(bytes);
    *at = end;
    Ok(())
}

/// FNV-1a taken by words of eight bytes, the last filled up with zeros, folded to 32 bits.
pub fn check(bytes: &[u8]) -> u32 {
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    let mut hash = 0xcbf2_9ce4_8422_2325u64;
    let mut words = bytes.chunks_exact(8);
    for word in &mut words {
        let word = u64::from_le_bytes([
            word[0], word[1], word[2], word[3], word[4], word[5], word[6], word[7],
        ]);
        hash = (hash ^ word).wrapping_mul(PRIME);
    }
    let mut last = [0; 8];
    last[..words.remainder().len()].copy_from_slice(words.remainder());
    hash = (hash ^ u64::from_le_bytes(last)).wrapping_mul(PRIME);
    (hash ^ (hash >> 32)) as u32
}
