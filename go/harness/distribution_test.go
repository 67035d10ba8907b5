package harness

import (
	"encoding/json"
	"os"
	"strconv"
	"testing"
)

func TestSequencesAreThoseOfTheSharedVectors(t *testing.T) {
	text, err := os.ReadFile("testdata/sequences.json")
	if err != nil {
		t.Fatal(err)
	}
	var vectors struct {
		Bits []struct {
			Seed string
			Bits []string
		}
		Sequences []struct {
			Seed, Distribution string
			Of, At             int
			S                  float64
			Draws              []int
		}
	}
	if err := json.Unmarshal(text, &vectors); err != nil {
		t.Fatal(err)
	}
	if len(vectors.Bits) == 0 || len(vectors.Sequences) == 0 {
		t.Fatal("no vectors")
	}
	for _, c := range vectors.Bits {
		random := NewRandom(seedOf(t, c.Seed))
		for i, want := range c.Bits {
			if got := strconv.FormatUint(random.Next(), 10); got != want {
				t.Errorf("seed %s, number %d: %s, want %s", c.Seed, i, got, want)
			}
		}
	}
	for _, c := range vectors.Sequences {
		distribution := Distribution{Kind: c.Distribution, Of: c.Of, S: c.S, At: c.At}
		if err := distribution.check(); err != nil {
			t.Fatal(err)
		}
		draws := distribution.Draws(seedOf(t, c.Seed))
		for i, want := range c.Draws {
			if got := draws.Next(); got != want {
				t.Fatalf("%+v, seed %s, draw %d: %d, want %d", distribution, c.Seed, i, got, want)
			}
		}
	}
}

func seedOf(t *testing.T, text string) uint64 {
	seed, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return seed
}

func TestALevelIsReadAsItsBaseUnit(t *testing.T) {
	for _, c := range []struct {
		text   string
		number float64
		ok     bool
	}{
		{"64 KiB", 65536, true}, {"4KiB", 4096, true}, {"1.5 ms", 0.0015, true}, {"3", 3, true}, {"-20 %", -0.2, true},
		{"1e3", 1000, true}, {"borrow", 0, false}, {"4 parsecs", 0, false}, {"", 0, false},
	} {
		got := ReadValue(c.text)
		if got.IsNumber != c.ok || got.Number != c.number {
			t.Errorf("%q: %+v", c.text, got)
		}
	}
}
