package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

func TestTheGoThatIsHereOffersWhatSamplesNeed(t *testing.T) {
	root, err := exec.Command("go", "env", "GOTOOLDIR").Output()
	if err != nil {
		t.Fatal(err)
	}
	if missing := missingOffers(filepath.Join(strings.TrimSpace(string(root)), "cgo")); len(missing) > 0 {
		t.Errorf("missing: %q", missing)
	}
}

func TestWhatARuntimeNoLongerOffersIsNotAskedFor(t *testing.T) {
	root := t.TempDir()
	source := filepath.Join(root, "src", "runtime")
	if err := os.MkdirAll(source, 0o755); err != nil {
		t.Fatal(err)
	}
	dump := "//go:linkname runtime_debug_WriteHeapDump runtime/debug.WriteHeapDump\n"
	if err := os.WriteFile(filepath.Join(source, "heapdump.go"), []byte(dump), 0o644); err != nil {
		t.Fatal(err)
	}
	missing := missingOffers(filepath.Join(root, "pkg", "tool", "linux_amd64", "cgo"))
	if len(missing) != 1 || missing[0] != "runtime/metrics.runtime_readMetrics" {
		t.Fatalf("missing: %q", missing)
	}
	text := samplesGo(missing)
	if strings.Contains(text, missing[0]) {
		t.Error("it is asked for")
	}
	if !strings.Contains(text, "func _seamark_read_metrics(samples unsafe.Pointer, length, capacity int) {}\n") {
		t.Error("nothing stands in its place")
	}
	if !strings.Contains(text, " runtime/debug.WriteHeapDump\nfunc _seamark_dump_heap(file uintptr)\n") {
		t.Error("what is offered is not asked for")
	}
	if whole := samplesGo(nil); whole != sampleGo+gaugesGo {
		t.Error("where all is offered, something is left out")
	}
}

func TestReleasesAreNumbered(t *testing.T) {
	for text, want := range map[string]int{"go1.26.8\ntime …": 12608, "go1.21.13": 12113, "go1.27rc1": 12700, "devel go1.28-abc": 0} {
		if got := numberRelease(text); got != want {
			t.Errorf("%q is %d, not %d", text, got, want)
		}
	}
}
