package bench

import "testing"

func TestAdd(t *testing.T) {
	if Add(1, 2) != 3 {
		t.Fail()
	}
}

func TestNothing(t *testing.T) {}

func TestWrong(t *testing.T) {
	if Add(1, 2) != 4 {
		t.Log("as it was meant")
		t.Fail()
	}
}

func BenchmarkAdd(b *testing.B) {
	for i := 0; i < b.N; i++ {
		Add(i, 1)
	}
}
