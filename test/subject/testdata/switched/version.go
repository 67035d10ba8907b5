//go:build !variable

package main

func version() int { return 0 }
