package harness

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime"
	"runtime/metrics"
	"strconv"
)

// ProtocolVersion is what this package speaks: docs/protocol.md.
const ProtocolVersion = 1

// request is one line from the driver; which fields matter depends on the verb.
type request struct {
	ID         int64                    `json:"id"`
	Verb       string                   `json:"verb"`
	Protocol   int                      `json:"protocol"`
	Workload   string                   `json:"workload"`
	Path       string                   `json:"path"`
	Parameters map[string]protocolValue `json:"parameters"`
	Seed       uint64                   `json:"seed"`
	Records    *protocolDistribution    `json:"records"`
	N          int                      `json:"n"`
	Each       bool                     `json:"each"`
	Slot       int                      `json:"slot"`
	Lead       int                      `json:"lead"`
}

type protocolValue struct {
	Text  string   `json:"text"`
	Value *float64 `json:"value"`
}

type protocolDistribution struct {
	Distribution string  `json:"distribution"`
	Of           int     `json:"of"`
	S            float64 `json:"s"`
	At           int     `json:"at"`
}

type failure struct {
	ID    int64  `json:"id"`
	Error string `json:"error"`
}

// driver answers one request after the other, in the order they come.
type driver struct {
	workloads []Workload
	// sessions by slot: one, but where builds of a foreign library share this process
	sessions map[int]*session
	profiles *profiles
	line     bytes.Buffer
}

// drive serves until stop or the end of the requests. Errors of a workload are answered, not returned.
func drive(requests io.Reader, answers io.Writer, workloads []Workload, profiles *profiles) error {
	d := &driver{workloads: workloads, sessions: map[int]*session{}, profiles: profiles}
	lines := bufio.NewReaderSize(requests, 1<<16)
	for {
		line, err := lines.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return nil // the driver is gone
		}
		if err != nil {
			return fmt.Errorf("read request: %w", err)
		}
		var asked request
		var answer any
		if err := json.Unmarshal(line, &asked); err != nil {
			answer = failure{Error: "this is no request: " + err.Error()}
		} else if answer, err = d.answer(asked); err != nil {
			answer = failure{ID: asked.ID, Error: err.Error()}
		}
		d.line.Reset()
		if err := json.NewEncoder(&d.line).Encode(answer); err != nil {
			return fmt.Errorf("encode answer: %w", err)
		}
		if _, err := answers.Write(d.line.Bytes()); err != nil {
			return fmt.Errorf("write answer: %w", err)
		}
		if asked.Verb == "stop" {
			return nil
		}
	}
}

func (d *driver) answer(asked request) (any, error) {
	switch asked.Verb {
	case "hello":
		return d.hello(asked), nil
	case "prepare":
		return d.prepare(asked)
	case "snapshot":
		return snapshot(asked.ID), nil
	case "release":
		return d.release(asked)
	case "stop":
		return d.stop(asked)
	case "run", "count":
		session := d.sessions[asked.Slot]
		if session == nil {
			return nil, fmt.Errorf("%s before prepare", asked.Verb)
		}
		if asked.N < 1 {
			return nil, fmt.Errorf("%s needs n of at least 1", asked.Verb)
		}
		if asked.Verb == "count" {
			return countBatch(session, asked)
		}
		return timeBatch(session, asked)
	}
	return nil, fmt.Errorf("unknown verb %q", asked.Verb)
}

type helloAnswer struct {
	ID        int64           `json:"id"`
	Protocol  int             `json:"protocol"`
	Language  string          `json:"language"`
	Toolchain string          `json:"toolchain"`
	Slots     bool            `json:"slots"`
	Workloads []helloWorkload `json:"workloads"`
}

type helloWorkload struct {
	Name       string           `json:"name"`
	Paths      []string         `json:"paths"`
	Parameters []helloParameter `json:"parameters"`
}

type helloParameter struct {
	Name   string   `json:"name"`
	Levels []string `json:"levels"`
}

func (d *driver) hello(asked request) helloAnswer {
	answer := helloAnswer{ID: asked.ID, Protocol: ProtocolVersion, Language: "go", Toolchain: runtime.Version(), Slots: true}
	for _, workload := range d.workloads {
		offered := helloWorkload{Name: workload.Name, Paths: append([]string{}, workload.Paths...), Parameters: []helloParameter{}}
		for _, parameter := range workload.Parameters {
			offered.Parameters = append(offered.Parameters, helloParameter{parameter.Name, append([]string{}, parameter.Levels...)})
		}
		answer.Workloads = append(answer.Workloads, offered)
	}
	return answer
}

type prepareAnswer struct {
	ID         int64  `json:"id"`
	Checksum   string `json:"checksum"`
	Cycle      int    `json:"cycle"`
	Operations int    `json:"operations"`
}

func (d *driver) prepare(asked request) (any, error) {
	if d.sessions[asked.Slot] != nil {
		return nil, errors.New("prepare a second time: a slot serves one treatment")
	}
	workload, err := find(d.workloads, asked.Workload)
	if err != nil {
		return nil, err
	}
	treatment := Treatment{Path: asked.Path, Seed: asked.Seed, values: map[string]Value{}}
	if err := checkPath(workload, asked.Path); err != nil {
		return nil, err
	}
	for name, given := range asked.Parameters {
		value := Value{Text: given.Text}
		if given.Value != nil {
			value.Number, value.IsNumber = *given.Value, true
		}
		treatment.values[name] = value
	}
	if err := checkNames(workload, treatment); err != nil {
		return nil, err
	}
	if asked.Records != nil {
		treatment.Records = Distribution{asked.Records.Distribution, asked.Records.Of, asked.Records.S, asked.Records.At}
		if err := treatment.Records.check(); err != nil {
			return nil, err
		}
	}
	session, checksum, err := prepare(workload, treatment)
	if err != nil {
		return nil, fmt.Errorf("prepare %s: %w", workload.Name, err)
	}
	d.sessions[asked.Slot] = session
	return prepareAnswer{asked.ID, formatChecksum(checksum), session.cycle, session.cycle}, nil
}

func formatChecksum(checksum uint64) string {
	text := strconv.FormatUint(checksum, 16)
	return "0000000000000000"[len(text):] + text
}

type runAnswer struct {
	ID       int64   `json:"id"`
	N        int     `json:"n"`
	TotalNS  int64   `json:"total_ns"`
	EachNS   []int64 `json:"each_ns,omitempty"`
	GCCycles uint64  `json:"gc_cycles"`
}

func timeBatch(session *session, asked request) (any, error) {
	// What another slot left in the processor is run out first.
	if err := session.runUntimed(asked.Lead); err != nil {
		return nil, err
	}
	timed := session.run
	if asked.Each {
		timed = session.runEach
	}
	batch, err := timed(asked.N)
	if err != nil {
		return nil, err
	}
	return runAnswer{asked.ID, asked.N, batch.total.Nanoseconds(), batch.each, batch.gcCycles}, nil
}

type countAnswer struct {
	ID     int64             `json:"id"`
	N      int               `json:"n"`
	Passes int               `json:"passes"`
	Totals map[string]uint64 `json:"totals"`
}

func countBatch(session *session, asked request) (any, error) {
	totals, passes, err := session.count(asked.N)
	if err != nil {
		return nil, err
	}
	return countAnswer{asked.ID, asked.N, passes, totals}, nil
}

type snapshotAnswer struct {
	ID       int64              `json:"id"`
	Counters map[string]float64 `json:"counters"`
}

// snapshot reads the runtime's own counters, under the runtime's own names.
func snapshot(id int64) snapshotAnswer {
	var samples []metrics.Sample
	for _, known := range metrics.All() {
		if known.Kind == metrics.KindUint64 || known.Kind == metrics.KindFloat64 {
			samples = append(samples, metrics.Sample{Name: known.Name})
		}
	}
	metrics.Read(samples)
	counters := make(map[string]float64, len(samples))
	for _, sample := range samples {
		switch sample.Value.Kind() {
		case metrics.KindUint64:
			counters[sample.Name] = float64(sample.Value.Uint64())
		case metrics.KindFloat64:
			counters[sample.Name] = sample.Value.Float64()
		}
	}
	return snapshotAnswer{id, counters}
}

type releaseAnswer struct {
	ID       int64 `json:"id"`
	Released bool  `json:"released"`
}

// release closes one slot while its library is in charge, and goes on with the others.
func (d *driver) release(asked request) (any, error) {
	session := d.sessions[asked.Slot]
	delete(d.sessions, asked.Slot)
	if session != nil {
		if err := session.close(); err != nil {
			return nil, fmt.Errorf("close: %w", err)
		}
	}
	return releaseAnswer{asked.ID, session != nil}, nil
}

type stopAnswer struct {
	ID      int64 `json:"id"`
	Stopped bool  `json:"stopped"`
}

func (d *driver) stop(asked request) (any, error) {
	if err := d.profiles.write(); err != nil {
		return nil, err
	}
	for _, session := range d.sessions {
		if err := session.close(); err != nil {
			return nil, fmt.Errorf("close: %w", err)
		}
	}
	return stopAnswer{asked.ID, true}, nil
}
