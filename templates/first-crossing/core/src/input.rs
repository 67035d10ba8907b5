//! The inputs of the lab: payloads filled with records that are drawn from a population. `records/input.go` makes the same.

use crate::{check, CHECK, HEAD};
use seamark::harness::{Distribution, Random};

const PLACES: [&str; 16] = [
    "Åland",
    "Bergen",
    "Cádiz",
    "Dover",
    "Évora",
    "Fårö",
    "Gdańsk",
    "Hull",
    "Île-de-Ré",
    "Kyōto",
    "Lübeck",
    "Oporto",
    "Reykjavík",
    "Skagen",
    "Turku",
    "Ulsan",
];

/// As many payloads of `size` bytes as make 256 KiB, at least 8 and at most 256.
pub fn payloads(size: usize, seed: u64, records: &Distribution) -> Vec<Vec<u8>> {
    let mut draws = records.draws(seed);
    (0..((256 << 10) / size.max(1)).clamp(8, 256))
        .map(|_| {
            let mut payload = Vec::with_capacity(size);
            loop {
                let room = size - payload.len();
                if room < 2 + HEAD + CHECK {
                    break;
                }
                let whole = add_record(&mut payload, room, seed, draws.next());
                if !whole {
                    break;
                }
            }
            payload.resize(size, 0);
            payload
        })
        .collect()
}

/// Appends the record of a rank; its text is cut when it does not fit, and then the answer is false.
fn add_record(payload: &mut Vec<u8>, room: usize, seed: u64, rank: u32) -> bool {
    let mut random =
        Random::new(seed.wrapping_add(u64::from(rank).wrapping_mul(0xd1b5_4a32_d192_ed03)));
    let amount = random.below(2_000_001) as i32 - 1_000_000;
    let kind = random.below(8) as u8;
    let mut text = String::new();
    for word in 0..1 + random.below(12) {
        if word > 0 {
            text.push(' ');
        }
        text.push_str(PLACES[random.below(16) as usize]);
    }
    let fits = room - 2 - HEAD - CHECK;
    let whole = text.len() <= fits;
    let mut cut = text.len().min(fits);
    while !text.is_char_boundary(cut) {
        cut -= 1;
    }
    payload.extend_from_slice(&((HEAD + cut + CHECK) as u16).to_le_bytes());
    let begin = payload.len();
    payload.extend_from_slice(&rank.to_le_bytes());
    payload.extend_from_slice(&amount.to_le_bytes());
    payload.push(kind);
    payload.extend_from_slice(&text.as_bytes()[..cut]);
    let sum = check(&payload[begin..]);
    payload.extend_from_slice(&sum.to_le_bytes());
    whole
}
