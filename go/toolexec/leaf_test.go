package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"
)

// What a Go function that checked its stack leaves to one that does not: 928 bytes to the guard, less a frame of 128 that
// is not checked and the return address (internal/abi/stack.go).
const stackLeft = 792

func TestLeavesInCFitOnTheStackOfAGoroutineHoweverBadlyTheyAreCompiled(t *testing.T) {
	text := headerC(&placeTable{packagePath: "example.com/p", hash: "0123456789ab"})
	for _, flags := range [][]string{{"-O2"}, {"-O0", "-fstack-protector-all"}, {"-O0", "-fsanitize=undefined"}} {
		used := framesOf(t, text, flags)
		const wrapper = 40 // return address, rbp, room to align, return address
		chain := func(names ...string) int {
			sum := wrapper
			for _, name := range names {
				sum += used[name] + 8
			}
			return sum
		}
		deepest := max(
			chain("_seamark_copied_in_c", "_seamark_open_copy", "_seamark_take_turn", "seamark_draw"),
			chain("_seamark_copied_in_c", "_seamark_open_copy", "seamark_overflow", "seamark_total_of"),
			chain("_seamark_copied_in_c", "_seamark_add_copy", "_seamark_meet"),
			chain("_seamark_back_in_in_c", "_seamark_meet"),
			chain("_seamark_pinned_in_c", "_seamark_meet"),
			// From inside _seamark_close, which has pushed what it needs.
			48+chain("_seamark_serve", "_seamark_meet"),
		)
		if used["_seamark_copied_in_c"] == 0 || deepest > stackLeft-100 {
			t.Errorf("%v: %d bytes of stack: %v", flags, deepest, used)
		}
	}
}

// framesOf answers the bytes that each function takes of the stack, by gcc's own account.
func framesOf(t *testing.T, text string, flags []string) map[string]int {
	t.Helper()
	folder := t.TempDir()
	source := filepath.Join(folder, "probe.c")
	if err := os.WriteFile(source, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	words := append(append([]string{}, flags...), "-fPIC", "-fstack-usage", "-c", source, "-o", filepath.Join(folder, "probe.o"))
	if output, err := exec.Command("gcc", words...).CombinedOutput(); err != nil {
		t.Fatalf("gcc: %v\n%s", err, output)
	}
	report, err := os.ReadFile(filepath.Join(folder, "probe.su"))
	if err != nil {
		t.Fatal(err)
	}
	used := map[string]int{}
	for _, line := range regexp.MustCompile(`(?m):(\w+)\t(\d+)\t(\S+)$`).FindAllStringSubmatch(string(report), -1) {
		used[line[1]], _ = strconv.Atoi(line[2])
	}
	return used
}
