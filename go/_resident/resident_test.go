//go:build linux

// Package resident is one test file: the way into a package of benchmarks that lets them take turns, batch by batch, with
// those of another build. Seamark adds it to a build of its own by -overlay, with the name of the package and the list of its
// benchmarks filled in; the user's folder never sees it. It is written for any go.mod (Go 1.12 and later) and toolchains from
// Go 1.21, and all its names are its own, as it shares a scope with a package that nobody here knows. The folder's underscore
// keeps it out of the module's own tests, where there is nobody to answer.
package resident

import (
	seamarkBufio "bufio"
	seamarkJSON "encoding/json"
	seamarkErrors "errors"
	seamarkFlag "flag"
	seamarkFmt "fmt"
	seamarkIO "io"
	seamarkOS "os"
	seamarkRegexp "regexp"
	seamarkRuntime "runtime"
	seamarkDebug "runtime/debug"
	seamarkMetrics "runtime/metrics"
	seamarkStrconv "strconv"
	seamarkStrings "strings"
	seamarkSyscall "syscall"
	seamarkTesting "testing"
	seamarkTime "time"
)

// What Seamark fills in.
var seamarkResidentBenchmarks = []seamarkTesting.InternalBenchmark{}

// TestSeamarkResident answers Seamark's questions inside the package's own TestMain, until it is told to stop or its input
// ends (docs/protocol.md, "A package of Go benchmarks"). Benchmarks need a test around them: only while m.Run is at work does
// package testing know its own flags.
func TestSeamarkResident(t *seamarkTesting.T) {
	if seamarkOS.Getenv("SEAMARK_RESIDENT") == "" {
		t.Skip("started without Seamark")
	}
	resident, err := seamarkNewResident()
	if err != nil {
		t.Fatal(err)
	}
	if err := resident.serve(seamarkOS.Stdin); err != nil {
		t.Fatal(err)
	}
}

type seamarkResident struct {
	answers *seamarkOS.File
	// printed collects what package testing and the benchmarks print during a batch. A file: a pipe would want a reader,
	// at work while the batch is timed.
	printed   *seamarkOS.File
	benchmark string
	run       seamarkTesting.InternalBenchmark
	// last is what the benchmark was handed in the latest run.
	last *seamarkTesting.B
	// direct is the N of a batch that is run at once; 0 when package testing decides.
	direct int
	// loops: the benchmark takes its number from -test.benchtime by b.Loop, and not from b.N.
	loops bool
	// processors to be given back before the benchmark itself runs; 0 when it has them.
	processors int
	stats      seamarkDebug.GCStats
	forced     []seamarkMetrics.Sample
}

type seamarkQuestion struct {
	ID        int64  `json:"id"`
	Verb      string `json:"verb"`
	Benchmark string `json:"benchmark"`
	Pattern   string `json:"pattern"`
	N         int    `json:"n"`
}

// seamarkNewResident takes standard output for the answers alone: what others print, C code included, goes to standard error.
func seamarkNewResident() (*seamarkResident, error) {
	own, err := seamarkSyscall.Dup(1)
	if err != nil {
		return nil, seamarkFmt.Errorf("keep stdout: %v", err)
	}
	seamarkSyscall.CloseOnExec(own)
	if err := seamarkSyscall.Dup3(2, 1, 0); err != nil {
		return nil, seamarkFmt.Errorf("point stdout to stderr: %v", err)
	}
	printed, err := seamarkOS.CreateTemp("", "seamark-resident-")
	if err != nil {
		return nil, seamarkFmt.Errorf("make a file for prints: %v", err)
	}
	if err := seamarkOS.Remove(printed.Name()); err != nil {
		return nil, seamarkFmt.Errorf("unlink the file for prints: %v", err)
	}
	answers := seamarkOS.NewFile(uintptr(own), "answers")
	// What was printed before may have no end of line.
	_, err = answers.WriteString("\n")
	forced := []seamarkMetrics.Sample{{Name: "/gc/cycles/forced:gc-cycles"}}
	return &seamarkResident{answers: answers, printed: printed, forced: forced}, err
}

func (s *seamarkResident) serve(questions seamarkIO.Reader) error {
	lines := seamarkBufio.NewReader(questions)
	for {
		line, err := lines.ReadBytes('\n')
		if err == seamarkIO.EOF {
			return nil
		}
		if err != nil {
			return seamarkFmt.Errorf("read a question: %v", err)
		}
		var asked seamarkQuestion
		if err := seamarkJSON.Unmarshal(line, &asked); err != nil {
			return seamarkFmt.Errorf("understand a question: %v", err)
		}
		answer, err := s.answer(asked)
		if err != nil {
			answer = map[string]interface{}{"error": err.Error()}
		}
		answer["id"] = asked.ID
		text, err := seamarkJSON.Marshal(answer)
		if err != nil {
			return seamarkFmt.Errorf("write an answer: %v", err)
		}
		if _, err := s.answers.Write(append(text, '\n')); err != nil {
			return seamarkFmt.Errorf("write an answer: %v", err)
		}
		if asked.Verb == "stop" {
			return nil
		}
	}
}

func (s *seamarkResident) answer(asked seamarkQuestion) (map[string]interface{}, error) {
	switch asked.Verb {
	case "hello":
		return map[string]interface{}{"protocol": 1, "language": "go", "toolchain": seamarkRuntime.Version()}, nil
	case "prepare":
		if err := s.prepare(asked); err != nil {
			return nil, err
		}
		return s.batch(1)
	case "run":
		if s.run.F == nil {
			return nil, seamarkErrors.New("run before prepare")
		}
		if asked.N < 1 {
			return nil, seamarkFmt.Errorf("n must be at least 1, not %d", asked.N)
		}
		return s.batch(asked.N)
	case "stop":
		return map[string]interface{}{"stopped": true}, nil
	}
	return nil, seamarkFmt.Errorf("unknown verb %q", asked.Verb)
}

func (s *seamarkResident) prepare(asked seamarkQuestion) error {
	top := seamarkStrings.SplitN(asked.Benchmark, "/", 2)[0]
	for _, one := range seamarkResidentBenchmarks {
		if one.Name != top {
			continue
		}
		benchmark := one.F
		s.benchmark = asked.Benchmark
		s.run = seamarkTesting.InternalBenchmark{Name: top, F: func(b *seamarkTesting.B) {
			s.last = b
			s.giveBack()
			if s.direct > 0 {
				b.N = s.direct
				b.ResetTimer()
			}
			benchmark(b)
		}}
		return seamarkFlag.Set("test.bench", asked.Pattern)
	}
	return seamarkFmt.Errorf("there is no benchmark %s", top)
}

// batch runs the benchmark n times. A sub-benchmark is run as `go test -bench` would: once with N = 1, then with N = n, each
// after a collection of its own. One without others inside is handed its n at once, after one collection.
func (s *seamarkResident) batch(n int) (map[string]interface{}, error) {
	if n > 1 && !s.loops && !seamarkStrings.Contains(s.benchmark, "/") {
		answer, err := s.measure(n, true)
		if err != nil || s.last == nil || s.last.N == n {
			return answer, err
		}
		s.loops = true
	}
	return s.measure(n, false)
}

func (s *seamarkResident) measure(n int, direct bool) (map[string]interface{}, error) {
	s.direct = 0
	times := n
	if direct {
		s.direct = n
		times = 1
	}
	if err := seamarkFlag.Set("test.benchtime", seamarkStrconv.Itoa(times)+"x"); err != nil {
		return nil, err
	}
	if err := s.printed.Truncate(0); err != nil {
		return nil, err
	}
	if _, err := s.printed.Seek(0, seamarkIO.SeekStart); err != nil {
		return nil, err
	}
	s.last = nil
	forced := s.forcedCycles()
	stdout := seamarkOS.Stdout
	seamarkOS.Stdout = s.printed
	// With n of 1 the giving back would be part of the time.
	if n > 1 {
		s.lend()
	}
	seamarkTesting.RunBenchmarks(seamarkRegexp.MatchString, []seamarkTesting.InternalBenchmark{s.run})
	end := seamarkTime.Now()
	s.giveBack()
	seamarkOS.Stdout = stdout
	// Package testing collects before each run: how many there were tells whether one with N = 1 came first.
	answer := map[string]interface{}{"n": n, "collected_ns": s.collectedBefore(end), "forced_cycles": s.forcedCycles() - forced}
	// A sub-benchmark has a B of its own, which only package testing knows: its time is as printed, in four digits.
	if s.last != nil && !seamarkStrings.Contains(s.benchmark, "/") {
		answer["total_ns"] = s.last.Elapsed().Nanoseconds()
	}
	if _, err := s.printed.Seek(0, seamarkIO.SeekStart); err != nil {
		return nil, err
	}
	printed, err := seamarkIO.ReadAll(s.printed)
	if s.last != nil && s.last.Skipped() { // which is not printed where nobody asked for -v
		printed = append(printed, "--- SKIP: "+s.benchmark+"\n"...)
	}
	answer["printed"] = string(printed)
	return answer, err
}

// lend leaves package testing one processor for the collections that come before the benchmark is called. With several they
// wait for each other: 9 ms a collection instead of 0.1 were seen on two cores that others used too.
func (s *seamarkResident) lend() {
	if all := seamarkRuntime.GOMAXPROCS(0); all > 1 {
		s.processors = all
		seamarkRuntime.GOMAXPROCS(1)
	}
}

func (s *seamarkResident) giveBack() {
	if s.processors > 0 {
		seamarkRuntime.GOMAXPROCS(s.processors)
		s.processors = 0
	}
}

// collectedBefore says how long before the end of a batch each collection ended, the last first; up to 256 of them.
// The runtime keeps these times, so that nothing has to be read within the window.
func (s *seamarkResident) collectedBefore(end seamarkTime.Time) []int64 {
	seamarkDebug.ReadGCStats(&s.stats)
	before := []int64{}
	for _, collected := range s.stats.PauseEnd {
		before = append(before, end.UnixNano()-collected.UnixNano())
	}
	return before
}

func (s *seamarkResident) forcedCycles() uint64 {
	seamarkMetrics.Read(s.forced)
	return s.forced[0].Value.Uint64()
}
