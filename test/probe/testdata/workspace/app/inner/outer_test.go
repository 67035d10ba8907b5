package inner_test

import (
	"testing"

	"example.com/app/inner"
	"example.com/lib/plain"
)

func TestSquareFromOutside(t *testing.T) {
	if inner.Square(5) != 25 || plain.Twice(3) != 6 {
		t.Fail()
	}
}

func TestSkipped(t *testing.T) { t.Skip("never runs") }
