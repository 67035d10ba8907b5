package codec_test

import (
	"os"
	"testing"

	"example.com/benchmarks/codec"
)

var sink int

func BenchmarkDouble(b *testing.B) {
	if _, err := os.Stat("testdata/there"); err != nil {
		b.Fatal(err)
	}
	for i := 0; i < b.N; i++ {
		sink += codec.Double(i)
	}
}
