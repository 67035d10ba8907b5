//! The same buckets as in Go and TypeScript, and merging that loses nothing.

use super::*;

/// A whole number of the vector's JSON, by name.
fn field(json: &str, name: &str) -> u32 {
    let (_, rest) = json
        .split_once(&format!("\"{name}\": "))
        .expect("the field is there");
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().expect("a number of 32 bits")
}

/// The stream of hard cases that `scripts/layout/buckets.ts` describes.
fn draw(seed: u32, values: u32, mut visit: impl FnMut(f64)) {
    let mut state = seed;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        u64::from(state)
    };
    for _ in 0..values {
        let (a, b) = (next(), next());
        let step = ((a >> 8) % 3).wrapping_sub(1);
        visit(match a % 4 {
            0 => (b + 1) as f64,
            1 => f64::from_bits(((b % 2046 + 1) << MANTISSA_BITS).wrapping_add(step)),
            2 => f64::from_bits(
                ((((b >> 6) % 2046 + 1) << MANTISSA_BITS) + BOUNDS[(b % 63) as usize])
                    .wrapping_add(step),
            ),
            _ => f64::from_bits(
                (((a >> 8) % 2047) << MANTISSA_BITS) | ((b & 0xf_ffff) << 32) | next(),
            ),
        });
    }
}

#[test]
fn every_value_of_the_shared_stream_has_the_bucket_that_exact_arithmetic_gives() {
    let json = include_str!("../../format/vectors/buckets/stream.json");
    let mut hash = 0x811c_9dc5_u32;
    let mut drawn = 0;
    draw(field(json, "seed"), field(json, "values"), |value| {
        for byte in bucket(value).to_le_bytes() {
            hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
        }
        drawn += 1;
    });
    assert_eq!(drawn, 100_000);
    assert_eq!(hash, field(json, "checksum"));
}

#[test]
fn buckets_are_those_of_opentelemetry() {
    for (value, index) in [
        (1.0, -1),
        (2.0, 63),
        (4.0, 127),
        (3.0, 101),
        (2_147_483_648.0, 1983),
        (0.5, -65),
        (5e-324, -68737),
    ] {
        assert_eq!(bucket(value), index, "of {value}");
    }
}

#[test]
fn merging_is_as_if_all_had_been_counted_in_one() {
    let mut whole = Histogram::default();
    let mut pieces = vec![Histogram::default(); 7];
    for i in 0..5000 {
        let value = (f64::from(i * 7919 % 5000) / 500.0 - 5.0).exp();
        whole.add(value);
        pieces[i as usize % 7].add(value);
    }
    whole.add(0.0);
    pieces[3].add(0.0);
    let mut merged = Histogram::default();
    for order in [4, 1, 6, 0, 3, 2, 5] {
        merged.merge(&pieces[order]);
    }
    assert_eq!(merged, whole);
    assert_eq!(merged.count(), 5001);
}

#[test]
fn what_has_no_bucket_is_counted_apart() {
    let mut histogram = Histogram::default();
    for value in [0.0, -0.0, -1.0, f64::INFINITY, f64::NAN, 1.0] {
        histogram.add(value);
    }
    assert_eq!(
        (histogram.zeros, histogram.refused, histogram.count()),
        (2, 3, 3)
    );
}
