//! Seamark's Rust side.
#![deny(missing_docs)]
