use std::fs::File;
use std::io;
use std::os::fd::AsFd;
use std::os::unix::fs::FileTypeExt;

/// Whether standard input is a pipe, a socket or a file: a person at a terminal, or nobody, drives nothing.
pub(super) fn is_driven() -> bool {
    let kind = io::stdin()
        .as_fd()
        .try_clone_to_owned()
        .and_then(|own| File::from(own).metadata());
    kind.is_ok_and(|metadata| !metadata.file_type().is_char_device())
}

/// Takes standard output for the protocol alone and sends whatever else writes to it, C code included, to standard error.
pub(super) fn keep_stdout() -> io::Result<File> {
    let own = io::stdout().as_fd().try_clone_to_owned()?;
    // SAFETY: both are open descriptors of this process; `dup2` replaces the second by a copy of the first.
    if unsafe { dup2(2, 1) } < 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(File::from(own))
}

extern "C" {
    fn dup2(from: std::ffi::c_int, to: std::ffi::c_int) -> std::ffi::c_int;
}
