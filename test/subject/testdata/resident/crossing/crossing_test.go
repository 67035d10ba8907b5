package crossing

import "testing"

var sink int

func BenchmarkTwice(b *testing.B) {
	for i := 0; i < b.N; i++ {
		sink = Next(Next(i))
	}
}

func BenchmarkWithin(b *testing.B) {
	b.Run("three", func(b *testing.B) {
		for i := 0; i < b.N; i++ {
			sink = Next(Next(Next(i)))
		}
	})
}
