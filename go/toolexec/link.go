package main

import (
	"bytes"
	"debug/elf"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// runLink puts the counting malloc family behind everything that is linked to an executable. Behind: an allocator that the
// program brings in an archive is taken before it, and the C library's after it. Libraries never get it, and whatever is in
// the way leaves the call of the linker as it is: the program then says that its allocations are not counted.
func runLink(tool string, arguments []string) int {
	if len(arguments) == 1 && arguments[0] == "-V=full" {
		return printVersion(tool)
	}
	object := compileFamily(arguments, nil)
	if object == "" {
		replaceBy(tool, arguments)
	}
	said, err := link(tool, linkBehind(arguments, "'"+object+"' -ldl"))
	if err != nil || isStatic(linkFlag(arguments, "o")) { // a package asks for it (#cgo LDFLAGS): there is no next definition
		replaceBy(tool, arguments)
	}
	// Only the linker knows which archives it takes an allocator from: so the program is linked once more where it has one.
	named := namedAllocators(linkFlag(arguments, "o"))
	if len(named) > 0 && compileFamily(arguments, named) != "" {
		said, err = link(tool, linkBehind(arguments, "'"+object+"' -ldl "+leadThrough(named)))
		if err != nil {
			replaceBy(tool, arguments)
		}
	}
	os.Stderr.Write(said)
	return 0
}

// link answers what the linker says. Of a program that is linked again only the last is printed, as without us: where our
// object is in the way, that is what it says without it.
func link(tool string, arguments []string) ([]byte, error) {
	return exec.Command(tool, arguments...).CombinedOutput()
}

// compileFamily answers the path of the object, beside the linker's list of packages; empty when there is to be none.
func compileFamily(arguments, named []string) string {
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
	parts := []string{"platform", "allocated", "malloc", "malloc-begin"}
	if len(named) > 0 {
		parts = []string{"platform", "allocated", "malloc", "malloc-named", "malloc-begin"}
	}
	// Never through the caller's flags: this file is ours alone. Vectors would wait for what malloc has just written by words.
	words := []string{"-m64", "-O2", "-fPIC", "-fno-builtin", "-fno-tree-vectorize", "-fno-tree-slp-vectorize", "-fno-lto", "-w"}
	command := exec.Command(compiler, append(words, "-x", "c", "-c", "-", "-o", object)...)
	command.Stdin = strings.NewReader(recordLayout + readPartsC(parts...))
	if command.Run() != nil {
		return ""
	}
	return object
}

// isStatic: no loader is named that would find shared libraries for it.
func isStatic(path string) bool {
	file, err := elf.Open(path)
	if err != nil {
		return false
	}
	defer file.Close()
	return file.Section(".interp") == nil
}

// allocator is one whose functions malloc-named.c.txt knows.
type allocator struct {
	prefix string
	mark   string // a function that no program of its own has: a mi_free alone may be anybody's, with other parameters
	names  []string
}

var allocators = func() []allocator {
	jemalloc := []string{"malloc", "calloc", "realloc", "free", "posix_memalign", "aligned_alloc", "mallocx", "rallocx", "dallocx", "sdallocx"}
	mimalloc := []string{"malloc", "zalloc", "calloc", "realloc", "free", "malloc_aligned", "zalloc_aligned", "realloc_aligned"}
	return []allocator{{"_rjem_", "mallctl", jemalloc}, {"je_", "mallctl", jemalloc}, {"mi_", "process_info", mimalloc}}
}()

// namedAllocators are the functions of allocators that an executable defines. One without symbols (-s) keeps its own to itself.
func namedAllocators(path string) []string {
	file, err := elf.Open(path)
	if err != nil {
		return nil
	}
	defer file.Close()
	symbols, err := file.Symbols()
	if err != nil {
		return nil
	}
	defined := map[string]bool{}
	for _, symbol := range symbols {
		if symbol.Section != elf.SHN_UNDEF && elf.ST_BIND(symbol.Info) != elf.STB_LOCAL {
			defined[symbol.Name] = true
		}
	}
	var found []string
	for _, one := range allocators {
		for _, name := range one.names {
			if defined[one.prefix+one.mark] && defined[one.prefix+name] {
				found = append(found, one.prefix+name)
			}
		}
	}
	return found
}

// leadThrough sends their calls through the object. With those led away nothing asks for the functions themselves by the
// time their archive is read: hence -u, which does no more than the first link did.
func leadThrough(names []string) string {
	var words []string
	for _, name := range names {
		words = append(words, "-Wl,--wrap="+name+",-u,"+name)
	}
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
