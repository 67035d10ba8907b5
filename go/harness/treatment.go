package harness

import (
	"fmt"
	"sort"
)

// Treatment is what a workload is prepared for: one level of each factor.
type Treatment struct {
	// Path is "" when the workload knows none.
	Path string
	Seed uint64
	// Records says which records of a population the inputs are made of.
	Records Distribution

	values map[string]Value
}

// Value is a level of a parameter: as it was written, and as a number in the base unit of its dimension
// (bytes, seconds, a fraction, per second, a count) when it is one.
type Value struct {
	Text     string
	Number   float64
	IsNumber bool
}

// NewTreatment is for tests and for programs that drive themselves; levels are written as in a spec: "4 KiB".
func NewTreatment(path string, seed uint64, records Distribution, levels map[string]string) (Treatment, error) {
	treatment := Treatment{Path: path, Seed: seed, Records: records, values: map[string]Value{}}
	for name, text := range levels {
		treatment.values[name] = ReadValue(text)
	}
	return treatment, records.check()
}

// Text returns a parameter as it was written, or the fallback when it was not set.
func (t Treatment) Text(name, fallback string) string {
	if value, ok := t.values[name]; ok {
		return value.Text
	}
	return fallback
}

// Int returns a parameter as a whole number in base units: "4 KiB" is 4096; the fallback when it was not set.
func (t Treatment) Int(name string, fallback int) (int, error) {
	value, ok := t.values[name]
	if !ok {
		return fallback, nil
	}
	if !value.IsNumber || value.Number != float64(int(value.Number)) {
		return 0, fmt.Errorf("%s must be a whole number, not %q", name, value.Text)
	}
	return int(value.Number), nil
}

// Float returns a parameter as a number in base units: "20 µs" is 0.00002; the fallback when it was not set.
func (t Treatment) Float(name string, fallback float64) (float64, error) {
	value, ok := t.values[name]
	if !ok {
		return fallback, nil
	}
	if !value.IsNumber {
		return 0, fmt.Errorf("%s must be a number, not %q", name, value.Text)
	}
	return value.Number, nil
}

// Names returns the parameters that were set, sorted.
func (t Treatment) Names() []string {
	names := make([]string, 0, len(t.values))
	for name := range t.values {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}
