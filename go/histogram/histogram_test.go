package histogram

import (
	"encoding/json"
	"hash/fnv"
	"math"
	"os"
	"testing"
)

type stream struct {
	Seed     uint32
	Values   int
	Checksum uint32
}

// draw is the stream of hard cases that scripts/layout/buckets.ts describes.
func (s stream) draw(visit func(value float64)) {
	state := s.Seed
	next := func() uint64 {
		state ^= state << 13
		state ^= state >> 17
		state ^= state << 5
		return uint64(state)
	}
	for i := 0; i < s.Values; i++ {
		a, b := next(), next()
		step := (a>>8)%3 - 1
		switch a % 4 {
		case 0:
			visit(float64(b + 1))
		case 1:
			visit(math.Float64frombits((b%2046+1)<<mantissaBits + step))
		case 2:
			visit(math.Float64frombits(((b>>6)%2046+1)<<mantissaBits + bounds[b%63] + step))
		default:
			visit(math.Float64frombits((a>>8)%2047<<mantissaBits | (b&0xfffff)<<32 | next()))
		}
	}
}

func TestEveryValueOfTheSharedStreamHasTheBucketThatExactArithmeticGives(t *testing.T) {
	text, err := os.ReadFile("../../format/vectors/buckets/stream.json")
	if err != nil {
		t.Fatal(err)
	}
	var shared stream
	if err := json.Unmarshal(text, &shared); err != nil {
		t.Fatal(err)
	}
	hash := fnv.New32a()
	drawn := 0
	shared.draw(func(value float64) {
		index := Bucket(value)
		hash.Write([]byte{byte(index), byte(index >> 8), byte(index >> 16), byte(index >> 24)})
		drawn++
	})
	if drawn != 100_000 {
		t.Errorf("drew %d values", drawn)
	}
	if got := hash.Sum32(); got != shared.Checksum {
		t.Errorf("the checksum is %d, not %d", got, shared.Checksum)
	}
}

func TestBucketsAreThoseOfOpenTelemetry(t *testing.T) {
	for value, want := range map[float64]int{1: -1, 2: 63, 4: 127, 3: 101, 1 << 31: 1983, 0.5: -65, 5e-324: -68737} {
		if got := Bucket(value); got != want {
			t.Errorf("the bucket of %g is %d, not %d", value, got, want)
		}
	}
}

func TestMergingIsAsIfAllHadBeenCountedInOne(t *testing.T) {
	var whole, merged Histogram
	var pieces [7]Histogram
	for i := 0; i < 5000; i++ {
		value := math.Exp(float64((i*7919)%5000)/500 - 5)
		whole.Add(value)
		pieces[i%7].Add(value)
	}
	whole.Add(0)
	pieces[3].Add(0)
	for _, order := range []int{4, 1, 6, 0, 3, 2, 5} {
		merged.Merge(&pieces[order])
	}
	if merged.Offset != whole.Offset || len(merged.Counts) != len(whole.Counts) || merged.Count() != 5001 {
		t.Fatalf("merged %d buckets from %d, not %d from %d", len(merged.Counts), merged.Offset, len(whole.Counts), whole.Offset)
	}
	for i, count := range whole.Counts {
		if merged.Counts[i] != count {
			t.Errorf("bucket %d holds %d, not %d", whole.Offset+i, merged.Counts[i], count)
		}
	}
}

func TestWhatHasNoBucketIsCountedApart(t *testing.T) {
	var h Histogram
	for _, value := range []float64{0, math.Copysign(0, -1), -1, math.Inf(1), math.NaN(), 1} {
		h.Add(value)
	}
	if h.Zeros != 2 || h.Refused != 3 || h.Count() != 3 {
		t.Errorf("%d zeros, %d refused, %d counted", h.Zeros, h.Refused, h.Count())
	}
}

func TestAValueBetweenOthersAllocatesNothing(t *testing.T) {
	var h Histogram
	h.Add(1e-6)
	h.Add(1)
	if allocations := testing.AllocsPerRun(100, func() { h.Add(1e-3) }); allocations != 0 {
		t.Errorf("%g allocations", allocations)
	}
}
