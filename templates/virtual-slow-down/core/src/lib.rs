//! A piece of work that takes about ten microseconds: a chain that no processor can shorten.
#![deny(missing_docs)]

/// The last of so many steps of Knuth's congruential generator.
#[no_mangle]
pub extern "C" fn decode(seed: u64, steps: u32) -> u64 {
    (0..steps).fold(seed, |state, _| {
        std::hint::black_box(
            state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407),
        )
    })
}
