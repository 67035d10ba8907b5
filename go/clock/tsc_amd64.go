package main

const hasTSC = true

// readTSC is the processor's time stamp counter, read as the probe reads it: unordered, a leaf.
//
//go:noescape
func readTSC() uint64
