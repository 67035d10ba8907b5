package shut

import (
	"os"
	"testing"
)

// TestMain runs benchmarks of its own choice only.
func TestMain(m *testing.M) {
	for _, argument := range os.Args {
		if argument == "-test.run=^$" {
			os.Exit(m.Run())
		}
	}
	os.Exit(0)
}

func BenchmarkShut(b *testing.B) {
	for i := 0; i < b.N; i++ {
		_ = i
	}
}
