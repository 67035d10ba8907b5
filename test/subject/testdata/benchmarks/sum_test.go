package benchmarks

import (
	"fmt"
	"os"
	"testing"
)

var sink int
var kept []byte

func BenchmarkSum(b *testing.B) {
	for _, size := range []int{10, 1000} {
		numbers := make([]int, size)
		b.Run(fmt.Sprintf("size=%d", size), func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; i < b.N; i++ {
				sink += Sum(numbers)
			}
		})
	}
	b.Run("odd (name) [x]+", func(b *testing.B) {
		for i := 0; i < b.N; i++ {
			sink += Sum(nil)
		}
		b.ReportMetric(42, "answers/op")
	})
	b.Run("ends-8", func(b *testing.B) {
		for i := 0; i < b.N; i++ {
			kept = make([]byte, 128)
		}
	})
}

func BenchmarkTalks(b *testing.B) {
	fmt.Println("talking to standard output")
	for i := 0; i < b.N; i++ {
		sink++
	}
}

func BenchmarkFails(b *testing.B) { b.Fatal("as it must") }

func BenchmarkSkips(b *testing.B) { b.Skip("not here") }

func BenchmarkDiesLater(b *testing.B) {
	if b.N > 1 {
		fmt.Fprintln(os.Stderr, "later is now")
		os.Exit(3)
	}
}

func TestNothing(t *testing.T) {}
