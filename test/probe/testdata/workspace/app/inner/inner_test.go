package inner

import "testing"

func TestCube(t *testing.T) {
	for n := 0; n < 4; n++ {
		if cube(n) != n*n*n {
			t.Error(n)
		}
	}
}

func TestThatFails(t *testing.T) { t.Error("as it was meant:", cube(2)) }
