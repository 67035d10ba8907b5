package work_test

import (
	"testing"

	work "example.com/resident"
)

var sink int

func BenchmarkOutside(b *testing.B) {
	for i := 0; i < b.N; i++ {
		sink += work.Add(10)
	}
}
