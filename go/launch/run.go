package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"syscall"
	"time"
	"unsafe"
)

const (
	prSetPdeathsig      = 1
	prSetChildSubreaper = 36
	maxCores            = 1024

	// Between asking a group to end and ending it.
	patience = 200 * time.Millisecond
	// A pipeline's last process may end a moment after its first: such are no leak.
	grace = 20 * time.Millisecond
	// A process stuck in the kernel cannot be killed; the run's report does not wait for it for ever.
	atMost = 2 * time.Second
)

var errCores = errors.New("cannot run on these cores")

// run starts the program, waits for it, and ends what it left behind. Must be called on a locked thread.
func run(asked order, signals <-chan os.Signal, started func(pid int)) (Report, error) {
	prctl(prSetPdeathsig, uintptr(syscall.SIGTERM))
	if asked.parent != 0 && os.Getppid() != asked.parent { // it died before the signal was arranged
		return Report{}, errors.New("the parent is gone")
	}
	prctl(prSetChildSubreaper, 1)
	if err := fixCores(asked.cores); err != nil {
		return Report{}, err
	}
	path, err := exec.LookPath(asked.argv[0])
	if err != nil {
		return Report{}, err
	}

	begin := time.Now()
	child, err := os.StartProcess(path, asked.argv, &os.ProcAttr{
		Files: []*os.File{os.Stdin, os.Stdout, os.Stderr},
		Sys:   &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL},
	})
	if err != nil {
		return Report{}, err
	}
	started(child.Pid)
	ended := make(chan struct{})
	go endOnSignal(child.Pid, signals, ended)

	var status syscall.WaitStatus
	var usage syscall.Rusage
	for {
		// Others' orphans are collected on the way, so that none of them stays a zombie through a long run.
		pid, err := syscall.Wait4(-1, &status, 0, &usage)
		if err == syscall.EINTR {
			continue
		}
		if err != nil {
			return Report{}, fmt.Errorf("wait: %w", err)
		}
		if pid == child.Pid && (status.Exited() || status.Signaled()) {
			break
		}
	}
	report := Report{
		Exit:   status.ExitStatus(),
		WallNS: time.Since(begin).Nanoseconds(),
		UserNS: usage.Utime.Nano(),
		SysNS:  usage.Stime.Nano(),
		MaxRSS: usage.Maxrss * 1024,
	}
	if status.Signaled() {
		report.Signal = signalName(status.Signal())
	}
	close(ended)
	report.Leaked = endOrphans()
	return report, nil
}

func endOnSignal(group int, signals <-chan os.Signal, ended <-chan struct{}) {
	select {
	case <-ended:
		return
	case <-signals:
	}
	syscall.Kill(-group, syscall.SIGTERM)
	select {
	case <-ended:
	case <-time.After(patience):
		syscall.Kill(-group, syscall.SIGKILL)
	}
}

// endOrphans counts and kills what is left of the run. As launch is the subreaper, every descendant whose own parent is
// gone has become its child, whatever group or session it is in; killing one may bring up its children in turn.
func endOrphans() int {
	for waited := time.Duration(0); waited < grace; waited += time.Millisecond {
		if !collect() {
			return 0
		}
		time.Sleep(time.Millisecond)
	}
	leaked := 0
	seen := map[int]bool{}
	for waited := time.Duration(0); collect() && waited < atMost; waited += time.Millisecond {
		for _, pid := range children() {
			if !seen[pid] {
				seen[pid] = true
				leaked++
			}
			syscall.Kill(pid, syscall.SIGKILL)
		}
		time.Sleep(time.Millisecond)
	}
	return leaked
}

// collect reaps what has ended and says whether children are left.
func collect() bool {
	for {
		pid, err := syscall.Wait4(-1, nil, syscall.WNOHANG, nil)
		if err == syscall.EINTR {
			continue
		}
		if err != nil {
			return false // ECHILD
		}
		if pid == 0 {
			return true
		}
	}
}

func fixCores(cores []int) error {
	if len(cores) == 0 {
		return nil
	}
	var mask [maxCores / 64]uint64
	for _, core := range cores {
		mask[core/64] |= 1 << (core % 64)
	}
	_, _, errno := syscall.RawSyscall(syscall.SYS_SCHED_SETAFFINITY, 0, unsafe.Sizeof(mask), uintptr(unsafe.Pointer(&mask)))
	if errno != 0 {
		return fmt.Errorf("%w: %v", errCores, cores)
	}
	return nil
}

func prctl(option int, value uintptr) {
	syscall.RawSyscall(syscall.SYS_PRCTL, uintptr(option), value, 0)
}
