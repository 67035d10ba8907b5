package harness

import (
	"bytes"
	"strings"
	"testing"
)

func byHand(t *testing.T, arguments ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, said bytes.Buffer
	workload := offer(func(Treatment) (Operation, error) { return &adder{}, nil })
	code = runByHand(arguments, []Workload{workload}, nil, &out, &said)
	return code, out.String(), said.String()
}

func TestByHandATableIsPrinted(t *testing.T) {
	code, stdout, stderr := byHand(t, "-set", "payload=4KiB", "-n", "6", "-batches", "3", "-records", "zipf,s=1.1,of=10")
	if code != 0 {
		t.Fatalf("exit code %d: %s", code, stderr)
	}
	for _, want := range []string{"add", "4KiB", "over a cycle of 3", "median of 3 batches of 6", "go.allocs", "2 /op"} {
		if !strings.Contains(stdout, want) {
			t.Errorf("no %q in\n%s", want, stdout)
		}
	}
}

func TestByHandWhatIsOfferedIsListed(t *testing.T) {
	if _, stdout, _ := byHand(t, "-list"); stdout != "add\n  path: go\n  payload: 1 B\n" {
		t.Errorf("%q", stdout)
	}
}

func TestByHandWhatCannotBeDoneIsSaid(t *testing.T) {
	for _, c := range []struct {
		arguments []string
		want      string
	}{
		{[]string{"-workload", "other"}, "no workload"},
		{[]string{"-path", "rust"}, "no path"},
		{[]string{"-set", "size=1"}, "no parameter"},
		{[]string{"-set", "payload"}, "name=level"},
		{[]string{"-records", "gauss"}, "unknown distribution"},
		{[]string{"-records", "zipf,q=1"}, "unknown \"q\""},
		{[]string{"-records", "uniform,of=0"}, "1 <= of"},
		{[]string{"extra"}, "unexpected"},
	} {
		code, _, stderr := byHand(t, c.arguments...)
		if code != 2 || !strings.Contains(stderr, c.want) {
			t.Errorf("%v: exit code %d, %q", c.arguments, code, stderr)
		}
	}
}
