// Command launch starts one run of a subject and sees to it that nothing of it outlives the run.
//
//	launch [--cores 0,1] [--report-fd 3] [--parent PID] -- program arguments…
//
// The program gets the standard streams of launch, a process group of its own, and the named cores. When it has ended,
// whatever it left behind, detached daemons included, is counted and killed. What the run used is written to the report
// file descriptor as lines of JSON: {"pid":…} once the program runs, then either {"error":…} or the Report.
//
// SIGTERM, SIGINT or SIGHUP to launch ends the run: SIGTERM to its group, SIGKILL 200 ms later. When the parent of launch
// dies, or launch itself, the program dies with it. Linux only: it rests on subreapers and parent-death signals.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"strconv"
	"strings"
	"syscall"
)

// Report is what one run used. Times in nanoseconds; user, system and memory are those of the program and of the
// children it waited for.
type Report struct {
	Exit   int    `json:"exit"`   // -1 when a signal ended it
	Signal string `json:"signal"` // "" when it exited
	WallNS int64  `json:"wall_ns"`
	UserNS int64  `json:"user_ns"`
	SysNS  int64  `json:"sys_ns"`
	// MaxRSS cannot be told below the memory of launch itself: Linux carries that over the exec.
	MaxRSS int64 `json:"maxrss_bytes"`
	Leaked int   `json:"leaked"` // processes it left behind, which were killed
}

type order struct {
	cores    []int
	parent   int // 0: whoever it is
	reportFD int
	argv     []string
}

func main() {
	asked, err := readOrder(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "launch:", err)
		os.Exit(2)
	}
	syscall.CloseOnExec(asked.reportFD)
	report := json.NewEncoder(os.NewFile(uintptr(asked.reportFD), "report"))

	// The parent-death signal and the core set belong to the thread that forks: stay on it until the end.
	runtime.LockOSThread()
	signals := make(chan os.Signal, 4)
	signal.Notify(signals, syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP)

	result, err := run(asked, signals, func(pid int) { report.Encode(map[string]int{"pid": pid}) })
	if err != nil {
		report.Encode(map[string]string{"error": plain(err), "code": code(err)})
		os.Exit(127)
	}
	report.Encode(result)
}

func readOrder(arguments []string) (order, error) {
	asked := order{reportFD: 3}
	for len(arguments) > 0 {
		option := arguments[0]
		arguments = arguments[1:]
		if option == "--" {
			asked.argv = arguments
			break
		}
		if len(arguments) == 0 {
			return asked, fmt.Errorf("%s needs a value", option)
		}
		value := arguments[0]
		arguments = arguments[1:]
		switch option {
		case "--cores":
			for _, text := range strings.Split(value, ",") {
				core, err := strconv.Atoi(text)
				if err != nil || core < 0 || core >= maxCores {
					return asked, fmt.Errorf("--cores: %q is no core number", text)
				}
				asked.cores = append(asked.cores, core)
			}
		case "--report-fd":
			fd, err := strconv.Atoi(value)
			if err != nil || fd < 3 {
				return asked, fmt.Errorf("--report-fd: %q is no file descriptor above 2", value)
			}
			asked.reportFD = fd
		case "--parent":
			pid, err := strconv.Atoi(value)
			if err != nil || pid < 1 {
				return asked, fmt.Errorf("--parent: %q is no process", value)
			}
			asked.parent = pid
		default:
			return asked, fmt.Errorf("unknown option %q", option)
		}
	}
	if len(asked.argv) == 0 {
		return asked, errors.New("no program: launch [--cores 0,1] [--report-fd 3] [--parent PID] -- program arguments…")
	}
	return asked, nil
}

// plain says why a program could not be started, without the name of the system call that found out.
func plain(err error) string {
	var number syscall.Errno
	if errors.As(err, &number) {
		return number.Error()
	}
	return err.Error()
}

func code(err error) string {
	switch {
	case errors.Is(err, exec.ErrNotFound), errors.Is(err, syscall.ENOENT):
		return "ENOENT"
	case errors.Is(err, syscall.EACCES):
		return "EACCES"
	case errors.Is(err, syscall.ENOEXEC):
		return "ENOEXEC"
	case errors.Is(err, errCores):
		return "CORES"
	}
	return ""
}
