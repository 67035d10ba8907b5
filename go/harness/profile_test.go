package harness

import (
	"bytes"
	"compress/gzip"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

func TestProfilesAreWrittenBeforeAnOperationIsClosed(t *testing.T) {
	rate := runtime.MemProfileRate
	t.Cleanup(func() {
		runtime.MemProfileRate = rate
		runtime.SetMutexProfileFraction(0)
		runtime.SetBlockProfileRate(0)
	})
	folder := t.TempDir()
	variable := func(name string) string {
		kind, isProfile := strings.CutPrefix(name, "SEAMARK_PROFILE_")
		if !isProfile {
			return ""
		}
		return filepath.Join(folder, strings.ToLower(kind))
	}
	profiles, err := beginProfiles(variable)
	if err != nil {
		t.Fatal(err)
	}
	written := false
	workload := offer(func(Treatment) (Operation, error) {
		return &telling{close: func() {
			_, err := os.Stat(variable("SEAMARK_PROFILE_HEAP"))
			written = err == nil
		}}, nil
	})
	lines := prepareLine + "\n" + `{"id":3,"verb":"run","n":6}` + "\n" + `{"id":4,"verb":"stop"}` + "\n"
	var answers bytes.Buffer
	if err := drive(strings.NewReader(lines), &answers, []Workload{workload}, profiles); err != nil {
		t.Fatal(err)
	}
	if !written {
		t.Error("the operation was closed before the profile of the heap was written")
	}
	for name, content := range map[string]string{"heap": "alloc_objects", "mutex": "contentions", "block": "contentions", "cpu": "samples"} {
		if !strings.Contains(unzip(t, filepath.Join(folder, name)), content) {
			t.Errorf("the %s profile holds no %s", name, content)
		}
	}
	if err := profiles.write(); err != nil {
		t.Errorf("a second time: %v", err)
	}
}

func TestWithoutAVariableNothingIsProfiled(t *testing.T) {
	rate := runtime.MemProfileRate
	profiles, err := beginProfiles(func(string) string { return "" })
	if err != nil || len(profiles.files) > 0 || profiles.cpu != nil || runtime.MemProfileRate != rate {
		t.Errorf("%v, %v, rate %d", profiles, err, runtime.MemProfileRate)
	}
}

func TestAProfileThatCannotBeWrittenIsAnError(t *testing.T) {
	_, err := beginProfiles(func(name string) string {
		if name == "SEAMARK_PROFILE_CPU" {
			return filepath.Join(t.TempDir(), "no", "folder")
		}
		return ""
	})
	if err == nil {
		t.Error("no error")
	}
}

type telling struct {
	adder
	close func()
}

func (c *telling) Close() error {
	c.close()
	return nil
}

func unzip(t *testing.T, file string) string {
	t.Helper()
	opened, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer opened.Close()
	reader, err := gzip.NewReader(opened)
	if err != nil {
		t.Fatal(err)
	}
	content, err := io.ReadAll(reader)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}
