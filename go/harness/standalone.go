package harness

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"sort"
	"strings"
	"text/tabwriter"
	"time"
)

// runByHand is the command line: one treatment, a few batches, a table. For a look, not for a verdict: that takes many
// processes in a fixed order, which is what Seamark does.
func runByHand(arguments []string, workloads []Workload, profiles *profiles, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("harness", flag.ContinueOnError)
	flags.SetOutput(stderr)
	name := flags.String("workload", "", "which `name`; needed when several are offered")
	path := flags.String("path", "", "which `path`; the first offered when not said")
	n := flags.Int("n", 0, "`iterations` of a batch, a multiple of the input cycle is best; 0: about 10 ms")
	batches := flags.Int("batches", 10, "how `many` batches")
	seed := flags.Uint64("seed", 1, "`seed` of the inputs")
	records := flags.String("records", "", "`distribution` of records: uniform,of=100 or zipf,s=1.1,of=4096 or constant,at=3")
	list := flags.Bool("list", false, "print what is offered")
	levels := levelFlags{}
	flags.Var(&levels, "set", "set a parameter, as in payload=4KiB; may be repeated")
	if err := flags.Parse(arguments); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return 0
		}
		return 2
	}
	if *list {
		printOffer(stdout, workloads)
		return 0
	}
	err := func() error {
		if flags.NArg() > 0 {
			return fmt.Errorf("unexpected %q", flags.Arg(0))
		}
		workload, err := find(workloads, *name)
		if err != nil {
			return err
		}
		if *path == "" && len(workload.Paths) > 0 {
			*path = workload.Paths[0]
		}
		if err := checkPath(workload, *path); err != nil {
			return err
		}
		distribution, err := readDistribution(*records)
		if err != nil {
			return err
		}
		treatment, err := NewTreatment(*path, *seed, distribution, levels)
		if err != nil {
			return err
		}
		if err := checkNames(workload, treatment); err != nil {
			return err
		}
		return printBatches(stdout, workload, treatment, profiles, *n, *batches)
	}()
	if err != nil {
		fmt.Fprintln(stderr, "harness:", err)
		return 2
	}
	return 0
}

func printBatches(stdout io.Writer, workload Workload, treatment Treatment, profiles *profiles, n, batches int) error {
	session, checksum, err := prepare(workload, treatment)
	if err != nil {
		return err
	}
	defer session.close()
	if n < 1 {
		first, err := session.run(session.cycle)
		if err != nil {
			return err
		}
		cycles := int(10 * time.Millisecond / (first.total + 1))
		n = session.cycle * max(1, min(cycles, 1_000_000))
	}
	perOperation := make([]float64, 0, batches)
	for len(perOperation) < batches {
		batch, err := session.run(n)
		if err != nil {
			return err
		}
		perOperation = append(perOperation, float64(batch.total.Nanoseconds())/float64(n))
	}
	if err := profiles.write(); err != nil {
		return err
	}
	totals, _, err := session.count(4 * session.cycle)
	if err != nil {
		return err
	}
	sort.Float64s(perOperation)
	table := tabwriter.NewWriter(stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintf(table, "workload\t%s\n", workload.Name)
	if treatment.Path != "" {
		fmt.Fprintf(table, "path\t%s\n", treatment.Path)
	}
	for _, name := range treatment.Names() {
		fmt.Fprintf(table, "%s\t%s\n", name, treatment.Text(name, ""))
	}
	fmt.Fprintf(table, "checksum\t%s over a cycle of %d\n", formatChecksum(checksum), session.cycle)
	if len(perOperation) > 0 {
		fmt.Fprintf(table, "time\t%.1f ns/op\tmedian of %d batches of %d, from %.1f to %.1f\n", perOperation[len(perOperation)/2],
			batches, n, perOperation[0], perOperation[len(perOperation)-1])
	}
	names := make([]string, 0, len(totals))
	for name := range totals {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		fmt.Fprintf(table, "%s\t%.4g /op\n", name, float64(totals[name])/float64(session.cycle))
	}
	return table.Flush()
}

func printOffer(stdout io.Writer, workloads []Workload) {
	for _, workload := range workloads {
		fmt.Fprintln(stdout, workload.Name)
		if len(workload.Paths) > 0 {
			fmt.Fprintln(stdout, "  path:", strings.Join(workload.Paths, ", "))
		}
		for _, parameter := range workload.Parameters {
			fmt.Fprintf(stdout, "  %s: %s\n", parameter.Name, strings.Join(parameter.Levels, ", "))
		}
	}
}

type levelFlags map[string]string

func (l levelFlags) String() string { return "" }

func (l levelFlags) Set(text string) error {
	name, level, ok := strings.Cut(text, "=")
	if !ok || name == "" {
		return errors.New("write it as name=level")
	}
	l[name] = level
	return nil
}

func readDistribution(text string) (Distribution, error) {
	if text == "" {
		return Distribution{}, nil
	}
	words := strings.Split(text, ",")
	distribution := Distribution{Kind: words[0]}
	for _, word := range words[1:] {
		name, number, _ := strings.Cut(word, "=")
		value := ReadValue(number)
		switch {
		case !value.IsNumber:
			return distribution, fmt.Errorf("-records: %q is no number", number)
		case name == "of":
			distribution.Of = int(value.Number)
		case name == "s":
			distribution.S = value.Number
		case name == "at":
			distribution.At = int(value.Number)
		default:
			return distribution, fmt.Errorf("-records: unknown %q (of, s, at)", name)
		}
	}
	return distribution, distribution.check()
}

func checkPath(workload Workload, path string) error {
	if path == "" && len(workload.Paths) == 0 {
		return nil
	}
	for _, offered := range workload.Paths {
		if path == offered {
			return nil
		}
	}
	return fmt.Errorf("%s has no path %q (%s)", workload.Name, path, strings.Join(workload.Paths, ", "))
}

// checkNames refuses a parameter that nobody would read: a misspelt factor would otherwise compare like with like.
func checkNames(workload Workload, treatment Treatment) error {
	known := map[string]bool{}
	for _, parameter := range workload.Parameters {
		known[parameter.Name] = true
	}
	for _, name := range treatment.Names() {
		if !known[name] {
			return fmt.Errorf("%s has no parameter %q", workload.Name, name)
		}
	}
	return nil
}
