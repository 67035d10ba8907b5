//go:build !amd64

package main

const hasTSC = false

func readTSC() uint64 { return 0 }
