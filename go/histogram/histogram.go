// Package histogram counts positive numbers in base-2 exponential buckets at scale 6, with the bounds of OpenTelemetry's
// exponential histogram: bucket i holds numbers in (2^(i/64), 2^((i+1)/64)] and is 1.1 % wide. Every number falls into the
// same bucket as in Rust (histogram.rs) and TypeScript (bucket.ts): no logarithm is taken. Merging adds counts.
package histogram

import "math"

const (
	bucketsPerOctave = 64
	mantissaBits     = 52
	// The mantissa's highest bits choose one of 128 parts of an octave, none of which holds more than one bound.
	partBits = 7
	parts    = 1 << partBits
)

// part of an octave: how many bounds lie below it, and the bound inside it.
type part struct {
	before int
	inside uint64
}

var octave = cutOctave()

func cutOctave() (table [parts]part) {
	for i := range table {
		table[i].inside = math.MaxUint64
		start := uint64(i) << (mantissaBits - partBits)
		end := start + 1<<(mantissaBits-partBits)
		for _, bound := range bounds {
			if bound < start {
				table[i].before++
			} else if bound < end {
				table[i].inside = bound
			}
		}
	}
	return table
}

// Bucket is the index i with 2^(i/64) < value <= 2^((i+1)/64), for a positive and finite value; of others it means nothing.
func Bucket(value float64) int {
	lifted := 0
	if value < 0x1p-1022 {
		// Subnormal numbers have no leading one: lifted by 54 octaves they have.
		value *= 1 << 54
		lifted = 54
	}
	bits := math.Float64bits(value)
	mantissa := bits & (1<<mantissaBits - 1)
	index := (int(bits>>mantissaBits) - 1023 - lifted) * bucketsPerOctave
	if mantissa == 0 {
		return index - 1 // a power of two ends the bucket before it
	}
	part := &octave[mantissa>>(mantissaBits-partBits)]
	index += part.before
	if mantissa > part.inside {
		index++
	}
	return index
}

// Histogram holds the counts of neighbouring buckets. The zero value is empty and ready for use; not for concurrent use.
type Histogram struct {
	// Zeros were counted by themselves.
	Zeros uint64
	// Refused values were negative, infinite or not a number, and are in no bucket.
	Refused uint64
	// Offset is the index of the first bucket of Counts; Counts may begin and end with zeros.
	Offset int
	Counts []uint64
}

// Add counts a value. It allocates only when the value lies in an octave that none before it lay in or between.
func (h *Histogram) Add(value float64) {
	switch {
	case value > 0 && value <= math.MaxFloat64:
		h.addTo(Bucket(value), 1)
	case value == 0:
		h.Zeros++
	default:
		h.Refused++
	}
}

// Merge adds another's counts: as if every value of both had been added to one.
func (h *Histogram) Merge(other *Histogram) {
	h.Zeros += other.Zeros
	h.Refused += other.Refused
	for i, count := range other.Counts {
		if count > 0 {
			h.addTo(other.Offset+i, count)
		}
	}
}

// Count is how many values were counted, zeros included.
func (h *Histogram) Count() uint64 {
	count := h.Zeros
	for _, more := range h.Counts {
		count += more
	}
	return count
}

func (h *Histogram) addTo(index int, count uint64) {
	if index < h.Offset || index >= h.Offset+len(h.Counts) {
		h.reach(index)
	}
	h.Counts[index-h.Offset] += count
}

// reach widens the counts to whole octaves that hold the index.
func (h *Histogram) reach(index int) {
	first := index &^ (bucketsPerOctave - 1)
	end := first + bucketsPerOctave
	if len(h.Counts) == 0 {
		h.Offset = first
	}
	first = min(first, h.Offset)
	end = max(end, h.Offset+len(h.Counts))
	counts := make([]uint64, end-first)
	copy(counts[h.Offset-first:], h.Counts)
	h.Offset, h.Counts = first, counts
}
