//! What Go calls, declared for C in `include/first_crossing.h`.

use crate::{max_output, transform};
use std::mem::ManuallyDrop;
use std::slice;

/// Reads the input in place and writes into the caller's buffer. Returns the length of the output, or minus the number of
/// a [`crate::Refusal`].
///
/// # Safety
/// `input` must point to `length` readable bytes and `output` to `room` writable ones that do not overlap them, for the
/// whole call.
#[no_mangle]
pub unsafe extern "C" fn fc_transform(
    input: *const u8,
    length: usize,
    output: *mut u8,
    room: usize,
) -> i64 {
    // SAFETY: the caller promises both ranges.
    let (input, output) = unsafe {
        (
            slice::from_raw_parts(input, length),
            slice::from_raw_parts_mut(output, room),
        )
    };
    match transform(input, output) {
        Ok(length) => length as i64,
        Err(refusal) => -(refusal as i64),
    }
}

/// Bytes that Rust allocated and Go must give back by [`fc_free`].
#[repr(C)]
pub struct Buffer {
    data: *mut u8,
    /// Of the output, or minus the number of a [`crate::Refusal`]; then there are no data.
    length: i64,
    capacity: usize,
}

/// Reads the input in place and allocates the output.
///
/// # Safety
/// `input` must point to `length` readable bytes for the whole call.
#[no_mangle]
pub unsafe extern "C" fn fc_transform_owned(input: *const u8, length: usize) -> Buffer {
    // SAFETY: the caller promises the range.
    let input = unsafe { slice::from_raw_parts(input, length) };
    let mut output = vec![0; max_output(length)];
    match transform(input, &mut output) {
        Ok(length) => {
            let mut output = ManuallyDrop::new(output);
            Buffer {
                data: output.as_mut_ptr(),
                length: length as i64,
                capacity: output.len(),
            }
        }
        Err(refusal) => Buffer {
            data: std::ptr::null_mut(),
            length: -(refusal as i64),
            capacity: 0,
        },
    }
}

/// Takes back what [`fc_transform_owned`] allocated.
///
/// # Safety
/// `buffer` must be the answer of one call of `fc_transform_owned`, given back once.
#[no_mangle]
pub unsafe extern "C" fn fc_free(buffer: Buffer) {
    if !buffer.data.is_null() {
        // SAFETY: data and capacity are those of the vector that was taken apart there: length and capacity were the same.
        drop(unsafe { Vec::from_raw_parts(buffer.data, buffer.capacity, buffer.capacity) });
    }
}
