package main

import (
	"os"
	"path/filepath"
	"reflect"
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

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
