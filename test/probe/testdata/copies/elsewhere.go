package main

import "runtime"

// pinElsewhere stands in a file that cgo does not translate.
func pinElsewhere(p *runtime.Pinner, b *byte) { p.Pin(b) }
