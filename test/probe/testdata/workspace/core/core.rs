//! The Rust behind package static, as an archive, and behind package shared, as a shared library.

/// Adds one.
#[no_mangle]
pub extern "C" fn core_next(n: i32) -> i32 {
    n + 1
}

/// The sum of so many numbers, over an allocation of its own.
///
/// # Safety
/// `values` points at `length` numbers.
#[no_mangle]
pub unsafe extern "C" fn core_sum(values: *const i64, length: usize) -> i64 {
    // SAFETY: promised by the caller.
    let copied = unsafe { std::slice::from_raw_parts(values, length) }.to_vec();
    copied.iter().sum()
}
