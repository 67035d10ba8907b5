package harness

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
)

// adder returns its index as one byte and allocates once an iteration.
type adder struct {
	boundary Boundary
	fail     bool
}

var escape *[]byte

func (a *adder) Cycle() int { return 3 }

func (a *adder) Run(i int) ([]byte, error) {
	if a.fail {
		return nil, errors.New("no")
	}
	output := []byte{byte(i)}
	escape = &output
	a.boundary.Copies++
	a.boundary.BytesIn += 2
	return output, nil
}

func (a *adder) Boundary() Boundary { return a.boundary }

func offer(prepare func(Treatment) (Operation, error)) Workload {
	return Workload{Name: "add", Paths: []string{"go"}, Parameters: []Parameter{{Name: "payload", Levels: []string{"1 B"}}}, Prepare: prepare}
}

func converse(t *testing.T, workload Workload, lines ...string) []map[string]any {
	t.Helper()
	var answers bytes.Buffer
	if err := drive(strings.NewReader(strings.Join(lines, "\n")+"\n"), &answers, []Workload{workload}, nil); err != nil {
		t.Fatal(err)
	}
	var found []map[string]any
	for _, line := range strings.Split(strings.TrimSpace(answers.String()), "\n") {
		var answer map[string]any
		if err := json.Unmarshal([]byte(line), &answer); err != nil {
			t.Fatalf("%v: %s", err, line)
		}
		found = append(found, answer)
	}
	return found
}

const prepareLine = `{"id":2,"verb":"prepare","workload":"add","path":"go","parameters":{"payload":{"text":"1 B","value":1}},"seed":7}`

func TestAConversationAnswersEveryVerbUnderItsID(t *testing.T) {
	answers := converse(t, offer(func(Treatment) (Operation, error) { return &adder{}, nil }),
		`{"id":1,"verb":"hello","protocol":1}`, prepareLine, `{"id":3,"verb":"run","n":6}`,
		`{"id":4,"verb":"run","n":4,"each":true}`, `{"id":5,"verb":"count","n":12}`, `{"id":6,"verb":"snapshot"}`, `{"id":7,"verb":"stop"}`)
	for i, answer := range answers {
		if answer["id"] != float64(i+1) || answer["error"] != nil {
			t.Errorf("answer %d: %v", i+1, answer)
		}
	}
	if got := answers[1]["checksum"]; got != "1afa703b2592530b" || answers[1]["cycle"] != 3.0 {
		t.Errorf("prepare: %v", answers[1])
	}
	if each := answers[3]["each_ns"].([]any); len(each) != 4 {
		t.Errorf("each: %v", each)
	}
	if answers[4]["passes"] != 4.0 {
		t.Errorf("count: %v", answers[4])
	}
	totals := answers[4]["totals"].(map[string]any)
	for name, want := range map[string]float64{"go.allocs": 6, "copies": 3, "bytes.in": 6, "bytes.out": 0} {
		if totals[name] != want {
			t.Errorf("%s = %v, want %v", name, totals[name], want)
		}
	}
}

func TestARefusalNamesItsReasonAndTheConversationGoesOn(t *testing.T) {
	failing := offer(func(Treatment) (Operation, error) { return &adder{fail: true}, nil })
	for _, c := range []struct{ line, want string }{
		{`{"id":9,"verb":"dance"}`, "unknown verb"},
		{`{"id":9,"verb":"run","n":1}`, "run before prepare"},
		{`{"id":9,"verb":"prepare","workload":"other"}`, "no workload"},
		{`{"id":9,"verb":"prepare","path":"rust"}`, "no path"},
		{`{"id":9,"verb":"prepare","path":"go","parameters":{"size":{"text":"1"}}}`, "no parameter"},
		{`{"id":9,"verb":"prepare","path":"go","records":{"distribution":"zipf","of":0}}`, "1 <= of"},
		{`{"id":9,"verb":"prepare","path":"go"}`, "iteration 0: no"},
		{`not json`, "this is no request"},
	} {
		answers := converse(t, failing, c.line, `{"id":10,"verb":"hello"}`)
		if text, _ := answers[0]["error"].(string); !strings.Contains(text, c.want) {
			t.Errorf("%s: %v, want %q", c.line, answers[0], c.want)
		}
		if answers[1]["protocol"] != 1.0 {
			t.Errorf("after %s: %v", c.line, answers[1])
		}
	}
}

func TestTheTimedLoopDoesNotAllocate(t *testing.T) {
	s, _, err := prepare(offer(func(Treatment) (Operation, error) { return still{}, nil }), Treatment{})
	if err != nil {
		t.Fatal(err)
	}
	if allocations := testing.AllocsPerRun(50, func() {
		if _, err := s.run(100); err != nil {
			t.Fatal(err)
		}
	}); allocations != 0 {
		t.Errorf("%v allocations a batch", allocations)
	}
}

type still struct{}

func (still) Cycle() int              { return 2 }
func (still) Run(int) ([]byte, error) { return nil, nil }

func TestEachSlotIsPreparedRunAndGivenBackByItself(t *testing.T) {
	slot := func(line string, number int) string {
		return strings.Replace(line, "{", fmt.Sprintf(`{"slot":%d,`, number), 1)
	}
	prepared := 0
	var closed []int
	workload := offer(func(Treatment) (Operation, error) {
		prepared++
		return &closing{number: prepared, closed: &closed}, nil
	})
	answers := converse(t, workload, `{"id":1,"verb":"hello","protocol":1}`,
		slot(prepareLine, 1), slot(prepareLine, 2), slot(prepareLine, 2), slot(`{"id":5,"verb":"run","n":3,"lead":6}`, 2),
		slot(`{"id":6,"verb":"run","n":3}`, 3), slot(`{"id":7,"verb":"release"}`, 2), slot(`{"id":8,"verb":"run","n":3}`, 2),
		slot(`{"id":9,"verb":"run","n":3}`, 1), `{"id":10,"verb":"stop"}`)
	if answers[0]["slots"] != true {
		t.Errorf("hello does not offer slots: %v", answers[0])
	}
	for i, wrong := range []bool{false, false, false, true, false, true, false, true, false, false} {
		if refused := answers[i]["error"] != nil; refused != wrong {
			t.Errorf("answer %d: %v", i+1, answers[i])
		}
	}
	if answers[4]["n"] != 3.0 {
		t.Errorf("a lead is counted: %v", answers[4])
	}
	if fmt.Sprint(closed) != "[2 1]" {
		t.Errorf("given back: %v", closed)
	}
}

// closing notes when it is closed.
type closing struct {
	adder
	number int
	closed *[]int
}

func (c *closing) Close() error {
	*c.closed = append(*c.closed, c.number)
	return nil
}
