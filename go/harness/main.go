package harness

import (
	"errors"
	"fmt"
	"os"
)

// Main offers the workloads and does not return. With command line arguments, or when standard input is a terminal or
// the null device, the program runs by hand and prints a table (-help says how); otherwise it is driven.
func Main(workloads ...Workload) {
	os.Exit(run(os.Args[1:], workloads))
}

func run(arguments []string, workloads []Workload) int {
	if err := check(workloads); err != nil {
		fmt.Fprintln(os.Stderr, "harness:", err)
		return 2
	}
	profiles, err := beginProfiles(os.Getenv)
	if err != nil {
		fmt.Fprintln(os.Stderr, "harness:", err)
		return 2
	}
	if len(arguments) > 0 || !isDriven(os.Stdin) {
		return runByHand(arguments, workloads, profiles, os.Stdout, os.Stderr)
	}
	answers, err := keepStdout()
	if err != nil {
		fmt.Fprintln(os.Stderr, "harness:", err)
		return 2
	}
	if err := drive(os.Stdin, answers, workloads, profiles); err != nil {
		fmt.Fprintln(os.Stderr, "harness:", err)
		return 1
	}
	return 0
}

func check(workloads []Workload) error {
	if len(workloads) == 0 {
		return errors.New("no workload is offered")
	}
	names := map[string]bool{}
	for _, workload := range workloads {
		if workload.Name == "" || workload.Prepare == nil {
			return errors.New("a workload needs a Name and a Prepare")
		}
		if names[workload.Name] {
			return fmt.Errorf("two workloads are called %q", workload.Name)
		}
		names[workload.Name] = true
	}
	return nil
}

func isDriven(stdin *os.File) bool {
	info, err := stdin.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice == 0
}

func find(workloads []Workload, name string) (Workload, error) {
	if name == "" && len(workloads) == 1 {
		return workloads[0], nil
	}
	offered := ""
	for _, workload := range workloads {
		if workload.Name == name {
			return workload, nil
		}
		offered += " " + workload.Name
	}
	return Workload{}, fmt.Errorf("no workload %q; offered:%s", name, offered)
}
