package work

import (
	"fmt"
	"os"
	"syscall"
	"testing"
	"time"
)

var sink int
var kept []byte

// Set where the toolchain has b.Loop.
var loopWithin func(b *testing.B)

// Names that a careless file beside this one would trip over.
var flag, json, regexp, debug = 1, 2, 3, 4

func TestMain(m *testing.M) {
	fmt.Println("set-up talks")
	fmt.Print("and leaves its line open")
	code := m.Run()
	fmt.Println("tear-down talks")
	os.Exit(code)
}

func TestElsewhere(t *testing.T) { t.Fatal("no test of the package may run") }

func BenchmarkAdd(b *testing.B) {
	for i := 0; i < b.N; i++ {
		sink += Add(1000) + flag + json + regexp + debug
	}
}

func BenchmarkSizes(b *testing.B) {
	for _, size := range []int{10, 1000} {
		b.Run(fmt.Sprintf("size=%d", size), func(b *testing.B) {
			b.SetBytes(int64(size))
			for i := 0; i < b.N; i++ {
				sink += Add(size)
			}
			b.ReportMetric(float64(size), "numbers/op")
		})
	}
	if loopWithin != nil {
		b.Run("loop", loopWithin)
	}
}

func BenchmarkParallel(b *testing.B) {
	b.RunParallel(func(pb *testing.PB) {
		total := 0
		for pb.Next() {
			total += Add(100)
		}
		_ = total
	})
}

func BenchmarkTalks(b *testing.B) {
	fmt.Println("a benchmark talks")
	if _, err := syscall.Write(1, []byte("and past Go, as C would\n")); err != nil {
		b.Fatal(err)
	}
	for i := 0; i < b.N; i++ {
		sink++
	}
	b.Log("and logs")
}

func BenchmarkCollects(b *testing.B) {
	for i := 0; i < b.N; i++ {
		kept = make([]byte, 1<<20)
	}
}

func BenchmarkDearSetUp(b *testing.B) {
	for i := 0; i < 100; i++ {
		kept = make([]byte, 1<<20)
	}
	time.Sleep(2 * time.Millisecond)
	b.ResetTimer()
	for i := 0; i < b.N; i++ {
		sink += Add(10)
	}
}

func BenchmarkFailsLater(b *testing.B) {
	if b.N > 1 {
		b.Fatal("as it must")
	}
}

func BenchmarkSkipsLater(b *testing.B) {
	if b.N > 1 {
		b.Skip("not now")
	}
}

func BenchmarkDiesLater(b *testing.B) {
	if b.N > 1 {
		fmt.Fprintln(os.Stderr, "later is now")
		os.Exit(3)
	}
}
