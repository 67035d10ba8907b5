// Runtimes does one thing each to what the samples of a process tell, and prints what the process sees of itself.
package main

/*
#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static void nothing(void) {}

static void *keep(size_t bytes) { return memset(malloc(bytes), 1, bytes); }

// Free blocks that no two of are neighbours.
static void shatter(int blocks) {
	void **all = malloc(blocks * sizeof *all);
	for (int i = 0; i < blocks; i++) all[i] = malloc(1100);
	for (int i = 0; i < blocks; i += 2) free(all[i]);
}

#ifdef WIDE
static __thread char wide[3 << 19];
static void touch(void) { wide[0]++; }
#else
static void touch(void) {}
#endif

static int far_end = -1, near_end = -1;

// Before the first crossing: a kernel without close_range, and one end of a pipe at a high number.
__attribute__((constructor)) static void grow_old(void) {
	if (!getenv("OLD_KERNEL")) return;
	struct sock_filter refuse[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 436, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	struct sock_fprog filter = {4, refuse};
	struct rlimit files;
	int ends[2];
	getrlimit(RLIMIT_NOFILE, &files);
	struct rlimit more = {70000, 70000};
	if (setrlimit(RLIMIT_NOFILE, &more) != 0) {
		more.rlim_cur = more.rlim_max = files.rlim_max;
		setrlimit(RLIMIT_NOFILE, &more);
	}
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) != 0) return;
	if (pipe(ends) != 0) return;
	near_end = ends[0];
	far_end = dup2(ends[1], more.rlim_cur - 1);
	close(ends[1]);
}

// Whether whoever reads sees the end once the program has closed it.
static int sees_end(void) {
	struct pollfd one = {near_end, POLLIN, 0};
	close(far_end);
	return poll(&one, 1, 2000) == 1 && (one.revents & POLLHUP) != 0;
}

static void fork_child(void) {
	pid_t child = fork();
	if (child == 0) {
		for (int i = 0; i < 5; i++) usleep(2000);
		_exit(0);
	}
	waitpid(child, NULL, 0);
}
*/
import "C"

import (
	"fmt"
	"os"
	"runtime"
	"time"
)

var held [][]byte

func main() {
	switch os.Args[1] {
	case "grow": // 32 MiB on each side, a MiB every 4 ms
		for step := 0; step < 32; step++ {
			C.keep(1 << 20)
			held = append(held, make([]byte, 1<<20))
			cross(4 * time.Millisecond)
		}
		runtime.GC()
		cross(30 * time.Millisecond)
	case "hold": // five objects of 3 MiB before the first crossing
		for range [5]int{} {
			held = append(held, make([]byte, 3<<20))
		}
		cross(60 * time.Millisecond)
		fmt.Println("held:", len(held))
	case "allocations":
		cross(20 * time.Millisecond)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		cross(100 * time.Millisecond)
		runtime.ReadMemStats(&after)
		fmt.Println("allocations:", after.Mallocs-before.Mallocs)
	case "itself":
		cross(30 * time.Millisecond)
		files, err := os.ReadDir("/proc/self/fd")
		fmt.Println("goroutines:", runtime.NumGoroutine(), "files:", len(files), err)
	case "fork":
		for range [8]int{} {
			cross(5 * time.Millisecond)
			C.fork_child()
		}
		fmt.Println("forked")
	case "shattered": // 200,000 free blocks; a reading of just under a millisecond is repeated after 256
		C.shatter(400_000)
		cross(400 * time.Millisecond)
	case "wide":
		C.touch()
		cross(30 * time.Millisecond)
	case "end":
		cross(30 * time.Millisecond)
		fmt.Println("the end is seen:", C.sees_end())
	case "deadlock":
		C.nothing()
		time.Sleep(5 * time.Millisecond)
		select {}
	}
}

func cross(least time.Duration) {
	for until := time.Now().Add(least); time.Now().Before(until); {
		for range [100]int{} {
			C.nothing()
		}
	}
}
