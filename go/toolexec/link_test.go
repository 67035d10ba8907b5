package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

func TestTheFamilyStandsBehindTheWordsOfTheUser(t *testing.T) {
	for _, one := range []struct{ given, wanted []string }{
		{[]string{"-extld=gcc", "p.a"}, []string{"-extld=gcc", "-extldflags=own.o", "p.a"}},
		{[]string{"-extldflags=-Wl,-s", "p.a"}, []string{"-extldflags=-Wl,-s", "-extldflags=-Wl,-s own.o", "p.a"}},
		{
			[]string{"-extldflags", "-la", "-extldflags", "'-Lx y' -lb", "p.a"},
			[]string{"-extldflags", "-la", "-extldflags", "'-Lx y' -lb", "-extldflags='-Lx y' -lb own.o", "p.a"},
		},
	} {
		if got := linkBehind(one.given, "own.o"); !reflect.DeepEqual(got, one.wanted) {
			t.Errorf("%q, not %q", got, one.wanted)
		}
	}
}

func TestOnlyAnExecutableThatCrossesGetsTheFamily(t *testing.T) {
	t.Setenv("GOARCH", "amd64")
	t.Setenv("GOOS", "linux")
	t.Setenv("CGO_CFLAGS", "-O2")
	folder := t.TempDir()
	crossing, pure := filepath.Join(folder, "crossing"), filepath.Join(folder, "pure")
	write(t, crossing, "# import config\npackagefile runtime/cgo=/cgo.a\n")
	write(t, pure, "# import config\npackagefile runtime=/runtime.a\n")
	for _, one := range []struct {
		list   string
		words  []string
		wanted bool
	}{
		{crossing, []string{"-buildmode=exe"}, true},
		{crossing, []string{"-buildmode=pie", "-extldflags=-static-libgcc"}, true},
		{pure, []string{"-buildmode=exe"}, false},
		{crossing, []string{"-buildmode=c-shared"}, false},
		{crossing, []string{"-buildmode=c-archive"}, false},
		{crossing, []string{"-buildmode=exe", "-asan"}, false},
		{crossing, []string{"-buildmode=exe", "-extldflags", "-static"}, false},
		{crossing, []string{"-buildmode=exe", "-extldflags=-fsanitize=thread"}, false},
		{crossing, []string{"-buildmode=exe", "-extld=no-such-compiler"}, false},
	} {
		arguments := append(append([]string{"-importcfg", one.list}, one.words...), "p.a")
		if got := compileFamily(arguments, nil) != ""; got != one.wanted {
			t.Errorf("%v %q: %v", one.list == crossing, one.words, got)
		}
	}
}

// TestMain lets a test start this program as the hook itself, which becomes the tool.
func TestMain(m *testing.M) {
	if os.Getenv("SEAMARK_TEST_AS_HOOK") != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

const sharesNames = "int mi_free(void *c, void *p) { return c == p; } int je_malloc(int a) { return a; }"

func TestNamesAreAnAllocatorsOnlyBesideItsOwn(t *testing.T) {
	for _, one := range []struct {
		text   string
		wanted []string
	}{
		{sharesNames, nil},
		{sharesNames + "int mi_process_info(void) { return 0; }", []string{"mi_free"}},
		{sharesNames + "int je_mallctl(void) { return 0; }", []string{"je_malloc"}},
		{"void *_rjem_malloc(long n) { return 0; } int _rjem_mallctl(void) { return 0; }", []string{"_rjem_malloc"}},
	} {
		if got := namedAllocators(compile(t, one.text)); !reflect.DeepEqual(got, one.wanted) {
			t.Errorf("%q, not %q: %s", got, one.wanted, one.text)
		}
	}
}

func TestWhatTheLinkerSaysIsSaidOnce(t *testing.T) {
	named := sharesNames + "int je_mallctl(void) { return 0; }"
	for _, one := range []struct {
		name, text string
		words      []string
		links      int
	}{
		{"plain", "", nil, 1},
		{"named", named, nil, 2},
		{"static", "", []string{"-static"}, 2},
	} {
		folder := t.TempDir()
		list, tool, links := filepath.Join(folder, "importcfg"), filepath.Join(folder, "link"), filepath.Join(folder, "links")
		write(t, list, "# import config\npackagefile runtime/cgo=/cgo.a\n")
		write(t, tool, "#!/bin/sh\necho a warning >&2\necho >>'"+links+"'\n")
		if err := os.Chmod(tool, 0o755); err != nil {
			t.Fatal(err)
		}
		linked := compile(t, one.text, one.words...)
		command := exec.Command(os.Args[0], tool, "-o", linked, "-importcfg", list, "-buildmode=exe", "p.a")
		command.Env = append(os.Environ(), "SEAMARK_TEST_AS_HOOK=1", "GOARCH=amd64", "GOOS=linux", "CGO_CFLAGS=", "CGO_LDFLAGS=")
		output, err := command.CombinedOutput()
		times, _ := os.ReadFile(links)
		if err != nil || string(output) != "a warning\n" || len(times) != one.links {
			t.Errorf("%s: %v, %d links said %q", one.name, err, len(times), output)
		}
	}
}

func compile(t *testing.T, text string, words ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "linked")
	command := exec.Command("gcc", append(words, "-w", "-o", path, "-x", "c", "-")...)
	command.Stdin = strings.NewReader(text + "\nint main(void) { return 0; }\n")
	if output, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, output)
	}
	return path
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
