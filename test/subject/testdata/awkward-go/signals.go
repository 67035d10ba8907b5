package main

import (
	"os/signal"
	"syscall"
)

func signalsIgnored() { signal.Ignore(syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP) }
