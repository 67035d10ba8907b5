// Command awkward is a subject that behaves as badly as it is asked to.
package main

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"syscall"
	"time"

	"seamark.dev/go/harness"
)

func main() {
	switch os.Getenv("MOOD") {
	case "foreign":
		answer(`{"id":1,"protocol":99,"language":"go","workloads":[]}`)
	case "old":
		answer(`{"id":1,"language":"go"}`)
	case "garbage":
		answer("Hello, I am ready!")
	case "cut":
		fmt.Print(`{"id":1,"proto`)
		os.Exit(0)
	case "mute":
		answer("")
	}
	harness.Main(harness.Workload{
		Name:       "awkward",
		Paths:      []string{"go"},
		Parameters: []harness.Parameter{{Name: "mood", Levels: []string{"calm"}}},
		Prepare: func(treatment harness.Treatment) (harness.Operation, error) {
			mood := treatment.Text("mood", "calm")
			if mood == "refuses" {
				return nil, errors.New("not today")
			}
			return &work{mood: mood}, nil
		},
	})
}

// answer answers one request with a raw line and then waits for ever, without a single word for an empty line.
func answer(line string) {
	bufio.NewReader(os.Stdin).ReadString('\n')
	if line != "" {
		fmt.Println(line)
	}
	time.Sleep(time.Hour)
}

type work struct {
	mood string
	done int
	kept []byte
}

func (w *work) Cycle() int { return 4 }

func (w *work) Run(i int) ([]byte, error) {
	w.done++
	if w.done > w.Cycle() { // the input cycle of prepare goes well
		switch w.mood {
		case "hangs":
			time.Sleep(time.Hour)
		case "deaf":
			signalsIgnored()
			time.Sleep(time.Hour)
		case "exits":
			fmt.Fprintln(os.Stderr, "I have had enough")
			os.Exit(7)
		case "panics":
			panic("out of cheese")
		case "killed":
			syscall.Kill(os.Getpid(), syscall.SIGKILL)
			time.Sleep(time.Hour)
		case "collects":
			w.kept = make([]byte, 1<<20)
		case "forks":
			if w.done == w.Cycle()+1 {
				fork()
			}
		case "fails":
			return nil, errors.New("the third one is broken")
		}
	}
	if w.mood == "prints" {
		fmt.Println("a line on standard output")
	}
	if w.mood == "lies" {
		i++
	}
	return []byte{byte(i)}, nil
}

func (w *work) Close() error {
	if w.mood == "lingers" {
		time.Sleep(time.Hour)
	}
	return nil
}

// fork leaves two children behind: one in the group, one that hides in a session of its own.
func fork() {
	for _, words := range [][]string{{"sleep", "86399"}, {"setsid", "sleep", "86398"}} {
		if err := exec.Command(words[0], words[1:]...).Start(); err != nil {
			panic(err)
		}
	}
	time.Sleep(50 * time.Millisecond) // until they have become what they are
}
