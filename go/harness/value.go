package harness

import (
	"strconv"
	"strings"
)

// The spellings of a spec, over the base unit of their dimension.
var units = map[string]float64{
	"": 1, "B": 1, "kB": 1e3, "KB": 1e3, "MB": 1e6, "GB": 1e9, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30,
	"ns": 1e-9, "us": 1e-6, "µs": 1e-6, "μs": 1e-6, "ms": 1e-3, "s": 1, "min": 60, "h": 3600, // U+00B5 and U+03BC
	"%": 0.01, "/s": 1, "/op": 1,
}

// ReadValue reads a level as a spec writes it: `64 KiB`, `20 µs`, `3`, or any word.
func ReadValue(text string) Value {
	trimmed := strings.TrimSpace(text)
	end := strings.LastIndexAny(trimmed, "0123456789.") + 1
	factor, known := units[strings.TrimSpace(trimmed[end:])]
	number, err := strconv.ParseFloat(trimmed[:end], 64)
	if err != nil || !known {
		return Value{Text: text}
	}
	return Value{Text: text, Number: number * factor, IsNumber: true}
}
