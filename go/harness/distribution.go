package harness

import (
	"fmt"
	"math"
	"math/bits"
	"sort"
)

// Distribution says how often each record of a population is drawn. The zero value is the constant 0.
type Distribution struct {
	Kind string  // "uniform", "zipf", "constant"; "" is "constant"
	Of   int     // uniform, zipf: size of the population
	S    float64 // zipf: exponent; the record of rank r is drawn in proportion to (r+1)^-s
	At   int     // constant: the record
}

const maxPopulation = 1 << 24

func (d Distribution) check() error {
	switch d.Kind {
	case "", "constant":
		if d.At < 0 || d.At >= maxPopulation {
			return fmt.Errorf("records: constant needs 0 <= at < %d, not %d", maxPopulation, d.At)
		}
	case "uniform", "zipf":
		if d.Of < 1 || d.Of > maxPopulation {
			return fmt.Errorf("records: %s needs 1 <= of <= %d, not %d", d.Kind, maxPopulation, d.Of)
		}
		if d.Kind == "zipf" && !(d.S >= 0 && d.S <= 16) {
			return fmt.Errorf("records: zipf needs 0 <= s <= 16, not %v", d.S)
		}
	default:
		return fmt.Errorf("records: unknown distribution %q (uniform, zipf, constant)", d.Kind)
	}
	return nil
}

// Random is SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, OOPSLA 2014).
// The Rust crate draws the same numbers from the same seed, bit for bit.
type Random struct{ state uint64 }

// NewRandom starts a sequence.
func NewRandom(seed uint64) *Random { return &Random{state: seed} }

// Next returns 64 random bits.
func (r *Random) Next() uint64 {
	r.state += 0x9e3779b97f4a7c15
	z := r.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// Below returns a number from 0 to n-1. Its bias, at most n in 2^64, is left in: a fixed number of draws a number
// keeps sequences aligned.
func (r *Random) Below(n uint64) uint64 {
	high, _ := bits.Mul64(r.Next(), n)
	return high
}

// Draws is an endless sequence of record numbers.
type Draws struct {
	random *Random
	kind   string
	of     uint64
	at     int
	shares []float64 // zipf: cumulated, ascending to 1
}

// Draws begins the sequence of a seed.
func (d Distribution) Draws(seed uint64) *Draws {
	draws := &Draws{random: NewRandom(seed), kind: d.Kind, of: uint64(d.Of), at: d.At}
	if d.Kind == "zipf" {
		draws.shares = zipfShares(d.S, d.Of)
	}
	return draws
}

// Next returns the number of the next record.
func (d *Draws) Next() int {
	switch d.kind {
	case "uniform":
		return int(d.random.Below(d.of))
	case "zipf":
		point := float64(d.random.Next()>>11) * 0x1p-53
		return sort.Search(len(d.shares)-1, func(i int) bool { return point < d.shares[i] })
	}
	return d.at
}

func zipfShares(s float64, of int) []float64 {
	shares := make([]float64, of)
	total := 0.0
	for i := range shares {
		total += exponential(-s * logarithm(float64(i+1)))
		shares[i] = total
	}
	for i := range shares {
		shares[i] /= total
	}
	return shares
}

// logarithm and exponential use only correctly rounded operations in a fixed order, so that Rust gets the same bits:
// the libraries' own differ in the last place, which would move a draw. The conversions keep Go from fusing a product
// into a sum on machines that can.
func logarithm(x float64) float64 {
	fraction, exponent := math.Frexp(x) // x = fraction * 2^exponent, 0.5 <= fraction < 1
	z := (fraction - 1) / (fraction + 1)
	square := float64(z * z)
	sum := 0.0
	for k := 39; k >= 1; k -= 2 {
		sum = float64(sum*square) + 1/float64(k)
	}
	return float64(2*z*sum) + float64(float64(exponent)*math.Ln2)
}

func exponential(x float64) float64 {
	halvings := math.Floor(x / math.Ln2)
	rest := x - float64(halvings*math.Ln2)
	sum := 1.0
	for k := 24; k >= 1; k-- {
		sum = 1 + float64(sum*rest)/float64(k)
	}
	return math.Ldexp(sum, int(halvings))
}
