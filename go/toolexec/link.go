package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strings"
)

// runLink puts the counting malloc family behind everything that is linked to an executable. Behind: an allocator that the
// program brings in an archive is taken before it, and the C library's after it. Libraries never get it, and whatever is in
// the way leaves the call of the linker as it is: the program then says that its allocations are not counted.
func runLink(tool string, arguments []string) int {
	if len(arguments) == 1 && arguments[0] == "-V=full" {
		return printVersion(tool)
	}
	if object := compileFamily(arguments); object != "" {
		arguments = linkBehind(arguments, "'"+object+"' -ldl "+wrapNamed())
	}
	replaceBy(tool, arguments)
	return 1
}

// compileFamily answers the path of the object, beside the linker's list of packages; empty when there is to be none.
func compileFamily(arguments []string) string {
	list := linkFlag(arguments, "importcfg")
	flags := linkFlag(arguments, "extldflags")
	if !isSupported() || list == "" || !isExecutable(arguments) || !crossesToC(list) || isUnsafe(arguments, flags) {
		return ""
	}
	object := filepath.Join(filepath.Dir(list), "_seamark_malloc.o")
	compiler := linkFlag(arguments, "extld")
	if compiler == "" {
		compiler = "gcc"
	}
	if strings.ContainsRune(object, '\'') {
		return ""
	}
	// Never through the caller's flags: this file is ours alone.
	command := exec.Command(compiler, "-m64", "-O2", "-fPIC", "-fno-builtin", "-fno-tree-vectorize", "-fno-tree-slp-vectorize", "-fno-lto", "-w", "-x", "c", "-c", "-", "-o", object)
	command.Stdin = strings.NewReader(familyC())
	if command.Run() != nil {
		return ""
	}
	return object
}

func familyC() string {
	return recordLayout + readPartsC("platform", "allocated", "malloc", "malloc-named", "malloc-begin")
}

// The functions of malloc-named.c.txt.
var (
	jemalloc = []string{"malloc", "calloc", "realloc", "free", "posix_memalign", "aligned_alloc", "mallocx", "rallocx", "dallocx", "sdallocx"}
	mimalloc = []string{"malloc", "zalloc", "calloc", "realloc", "free", "malloc_aligned", "zalloc_aligned", "realloc_aligned"}
)

// wrapNamed leads calls of allocators that have names of their own through the object.
func wrapNamed() string {
	var words []string
	for prefix, names := range map[string][]string{"_rjem_": jemalloc, "je_": jemalloc, "mi_": mimalloc} {
		for _, name := range names {
			words = append(words, "-Wl,--wrap="+prefix+name)
		}
	}
	sort.Strings(words)
	return strings.Join(words, " ")
}

func isExecutable(arguments []string) bool {
	mode := linkFlag(arguments, "buildmode")
	return mode == "exe" || mode == "pie"
}

// isUnsafe: a sanitizer has an allocator of its own, and in a static executable there is no next definition to look up.
func isUnsafe(arguments []string, flags string) bool {
	for _, argument := range arguments {
		if name := strings.TrimLeft(argument, "-"); name == "asan" || name == "msan" || name == "linkshared" {
			return true
		}
	}
	words := strings.Join([]string{flags, os.Getenv("CGO_LDFLAGS"), os.Getenv("CGO_CFLAGS")}, " ")
	return strings.Contains(words, "-static") && !strings.Contains(words, "-static-lib") || strings.Contains(words, "-fsanitize")
}

func crossesToC(list string) bool {
	text, err := os.ReadFile(list)
	return err == nil && bytes.Contains(text, []byte("\npackagefile runtime/cgo="))
}

// linkFlag is the value of the last flag of that name, as the linker takes it.
func linkFlag(arguments []string, name string) string {
	value := ""
	for index, argument := range arguments {
		flag, joined, isJoined := strings.Cut(argument, "=")
		if !strings.HasPrefix(flag, "-") || strings.TrimLeft(flag, "-") != name {
			continue
		}
		if isJoined {
			value = joined
		} else if index+1 < len(arguments) {
			value = arguments[index+1]
		}
	}
	return value
}

// linkBehind adds to what the linker hands to the C compiler, at the end. The last flag of a name counts.
func linkBehind(arguments []string, words string) []string {
	flags := strings.TrimSpace(linkFlag(arguments, "extldflags") + " " + words)
	last := len(arguments) - 1 // the package to link
	return append(append(append([]string{}, arguments[:last]...), "-extldflags="+flags), arguments[last])
}
