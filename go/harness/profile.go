package harness

import (
	"errors"
	"fmt"
	"os"
	"runtime"
	"runtime/pprof"
)

// profiles are Go's own of the whole run, each into the file that a variable names, as the flags of a test program do it.
// They are written before an operation is closed: what it holds is still held.
type profiles struct {
	cpu   *os.File
	files map[string]string // name of the profile, as runtime/pprof knows it -> file
}

// beginProfiles comes first of all: what was allocated before is not in the profile of the heap.
func beginProfiles(variable func(string) string) (*profiles, error) {
	p := &profiles{files: map[string]string{}}
	if file := variable("SEAMARK_PROFILE_HEAP"); file != "" {
		runtime.MemProfileRate = 1
		p.files["heap"] = file
	}
	if file := variable("SEAMARK_PROFILE_MUTEX"); file != "" {
		runtime.SetMutexProfileFraction(1)
		p.files["mutex"] = file
	}
	if file := variable("SEAMARK_PROFILE_BLOCK"); file != "" {
		runtime.SetBlockProfileRate(1)
		p.files["block"] = file
	}
	if file := variable("SEAMARK_PROFILE_CPU"); file != "" {
		created, err := os.Create(file)
		if err != nil {
			return nil, fmt.Errorf("begin profile: %w", err)
		}
		if err := pprof.StartCPUProfile(created); err != nil {
			return nil, fmt.Errorf("begin profile: %w", errors.Join(err, created.Close()))
		}
		p.cpu = created
	}
	return p, nil
}

// write ends all profiles; a second time it does nothing. Nil: none were asked for.
func (p *profiles) write() error {
	if p == nil {
		return nil
	}
	var failed []error
	if p.cpu != nil {
		pprof.StopCPUProfile()
		failed = append(failed, p.cpu.Close())
		p.cpu = nil
	}
	if p.files["heap"] != "" {
		runtime.GC() // the profile of the heap is as of the last collection
	}
	for name, file := range p.files {
		failed = append(failed, writeProfile(name, file))
		delete(p.files, name)
	}
	return errors.Join(failed...)
}

func writeProfile(name, file string) error {
	created, err := os.Create(file)
	if err != nil {
		return fmt.Errorf("write profile: %w", err)
	}
	return errors.Join(pprof.Lookup(name).WriteTo(created, 0), created.Close())
}
