package main

import (
	_ "embed"
	"os"
	"path/filepath"
	"strings"
)

// What asks the Go runtime for its part of a sample.
//
//go:embed probe/sample.go.txt
var sampleGo string

// offer is a function of the runtime under the name of another standard package, which has it without a body.
type offer struct {
	file        string // of package runtime
	name        string
	declaration string // in probe/sample.go.txt
}

var offers = []offer{
	{"metrics.go", "runtime/metrics.runtime_readMetrics", "func _seamark_read_metrics(samples unsafe.Pointer, length, capacity int)\n"},
	{"heapdump.go", "runtime/debug.WriteHeapDump", "func _seamark_dump_heap(file uintptr)\n"},
}

// missingOffers names what the toolchain of a tool does not offer: a later Go may take its functions back, and a program
// that asks for them would not link.
func missingOffers(tool string) []string {
	var missing []string
	for _, one := range offers {
		text, err := os.ReadFile(filepath.Join(filepath.Dir(tool), "..", "..", "..", "src", "runtime", one.file))
		if err != nil || !strings.Contains(string(text), " "+one.name+"\n") {
			missing = append(missing, one.name)
		}
	}
	return missing
}

// samplesGo does nothing in place of what is missing: the gauges of Go are then not known.
func samplesGo(missing []string) string {
	text := sampleGo
	for _, one := range offers {
		for _, name := range missing {
			if name != one.name {
				continue
			}
			text = dropLine(text, name)
			text = strings.Replace(text, one.declaration, strings.TrimSuffix(one.declaration, "\n")+" {}\n", 1)
		}
	}
	return text + gaugesGo
}

func dropLine(text, ending string) string {
	end := strings.Index(text, " "+ending+"\n")
	start := strings.LastIndexByte(text[:end], '\n') + 1
	return text[:start] + text[end+len(ending)+2:]
}
