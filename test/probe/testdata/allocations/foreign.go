//go:build !rust && !named

package main

func foreign(mode string, number int) { panic("no such mode: " + mode) }
