//go:build go1.24

package work

import "testing"

func BenchmarkLoop(b *testing.B) {
	for b.Loop() {
		sink += Add(1000)
	}
}

func init() {
	loopWithin = func(b *testing.B) {
		for b.Loop() {
			sink += Add(10)
		}
	}
}
