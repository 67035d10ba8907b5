// Clock says what reading a clock costs on this machine and how finely it counts, and answers as a small steady subject
// for a check of the machine's noise. It prints JSON and nothing else.
//
//	clock            measures the clocks
//	clock -spin      for each line "N" on standard input, works N rounds and prints the nanoseconds they took
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"
)

func main() {
	if err := run(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "clock:", err)
		os.Exit(1)
	}
}

func run(arguments []string) error {
	if len(arguments) == 1 && arguments[0] == "-spin" {
		return answerRounds()
	}
	return json.NewEncoder(os.Stdout).Encode(measure())
}

// answerRounds takes turns with another process of the same kind: one line in, one line out.
func answerRounds() error {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		rounds, err := strconv.Atoi(strings.TrimSpace(lines.Text()))
		if err != nil {
			return fmt.Errorf("read a number of rounds: %w", err)
		}
		began := monotonic()
		spin(rounds)
		fmt.Println(monotonic() - began)
	}
	return lines.Err()
}

// Kept where the compiler can't see that nobody reads it.
var sink uint64

// spin chases through 64 KiB by a seeded rule: arithmetic and cached memory, as ordinary code has both.
func spin(rounds int) {
	state := sink | 1
	for round := 0; round < rounds; round++ {
		state = state*6364136223846793005 + 1442695040888963407
		table[(state>>51)&(tableSize-1)] += state
		state ^= table[(state>>37)&(tableSize-1)]
	}
	sink = state
}

const tableSize = 8192

var table [tableSize]uint64
