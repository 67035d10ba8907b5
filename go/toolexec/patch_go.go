package main

import (
	"crypto/sha256"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

var (
	// The seam: the one line of each stub that hands function and argument to the runtime. Results start at &r1 where
	// there are no parameters; the errno form keeps the function's int. A macro whose value the C compiler alone knows is a
	// function to Go, and crosses each time it is named.
	seam = regexp.MustCompile(`^\t(errno := )?_cgo_runtime_cgocall\((_cgo_([0-9a-f]+)_(C2?func|Cmacro)_(\S+)), uintptr\(unsafe\.Pointer\(&([pr][01])\)\)\)$`)
	// Any use of the runtime's entry but its declaration: what the pattern above misses is counted by it.
	anyCall = regexp.MustCompile(`_cgo_runtime_cgocall\(_`)
	stub    = regexp.MustCompile(`^func (_C\w+|_cgo_\w+)\(`)
	// The Go side of an exported function.
	export  = regexp.MustCompile(`^func _cgoexp_([0-9a-f]+)_(\w+)\(a \*struct \{$`)
	cmalloc = regexp.MustCompile(`\b_cgo_cmalloc\(uint64\(`)
)

// patchGo rewrites cgo's stubs and notes their places. The text keeps its lines: what is added stands at the end.
func patchGo(text string, places *placeTable) (string, error) {
	lines := strings.Split(text, "\n")
	function := ""
	var cmallocStub []string
	for index := 0; index < len(lines); index++ {
		line := lines[index]
		if name := stub.FindStringSubmatch(line); name != nil {
			function = name[1]
			if function == "_cgo_cmalloc" {
				cmallocStub = slices.Clone(functionAt(lines, index))
			}
		}
		switch found := seam.FindStringSubmatch(line); {
		case found != nil:
			places.hash = found[3]
			symbol := found[5]
			if symbol == "_Cmalloc" {
				if !places.callsMalloc {
					continue // replaced by one copy for each of its users, below
				}
				symbol = ownMalloc
			}
			one := place{symbol: symbol, kind: call_, errno: found[4] == "C2func", stub: found[2]}
			lines[index] = guard(found, restOf(lines, index), places.add(one), places)
		case anyCall.MatchString(line):
			places.add(place{symbol: strings.TrimPrefix(strings.TrimPrefix(function, "_C2func_"), "_Cfunc_"), kind: call_, unpatched: true})
		case export.MatchString(line):
			name := export.FindStringSubmatch(line)
			places.hash = name[1]
			one := place{symbol: name[2], kind: callback, unpatched: !wrapExport(lines, index)}
			if offset := places.add(one); places.faultKey != "" {
				plantExport(lines, index, offset)
			}
		}
	}
	lines = append(lines, splitMalloc(lines, cmallocStub, places)...)
	lines = append(lines, patchCopies(lines, cmallocStub, places)...)
	if len(places.list) == 0 {
		return text, nil
	}
	if places.hash == "" && !places.copiesOnly() {
		return "", fmt.Errorf("cgo wrote its stubs in a form unknown to this probe")
	}
	if places.hash == "" { // cgo names its functions by it, and there is none
		places.hash = fmt.Sprintf("%x", sha256.Sum256([]byte(places.packagePath)))[:12]
	}
	plantCopy(places)
	return strings.Join(lines, "\n") + runtimeGo(places), nil
}

// guard puts the probed call before the original one, as a block of its own that returns. Off is one load and one branch
// not taken, and the rest of the stub stays in one line; an else would cost a jump over it. Each place has a gate of its
// own, so that one that is left out costs what it costs off.
func guard(found []string, rest []string, offset int, places *placeTable) string {
	probed := fmt.Sprintf("%s_seamark_call(unsafe.Pointer(&%s), %s)%s", found[1], found[6], placeAddress(offset), plantAfter(offset, places))
	return fmt.Sprintf("\tif %s {\n\t\t%s\n%s\n\t}\n%s", gate(offset), probed, strings.Join(rest, "\n"), found[0])
}

func gate(offset int) string {
	return fmt.Sprintf("__seamark_gates[%d] != 0", offset/placeBytes)
}

func placeAddress(offset int) string {
	return fmt.Sprintf("uintptr(unsafe.Pointer(&__seamark_places))+%d", offset)
}

// functionAt is the text of the function that begins at a line, its closing brace included.
func functionAt(lines []string, start int) []string {
	for end := start; end < len(lines); end++ {
		if lines[end] == "}" {
			return lines[start : end+1]
		}
	}
	return nil
}

// mallocName is the C function behind cgo's malloc stub.
func mallocName(stubLines []string) string {
	for _, line := range stubLines {
		if found := seam.FindStringSubmatch(line); found != nil {
			return found[2]
		}
	}
	return ""
}

// restOf is what follows a line in its function, which always ends in a return.
func restOf(lines []string, index int) []string {
	body := functionAt(lines, index+1)
	if len(body) == 0 {
		return nil
	}
	return body[:len(body)-1]
}

// wrapExport stamps the beginning and the end of an exported function's Go side. Its argument keeps its layout, and a
// panic skips the second stamp, as it skips the return.
func wrapExport(lines []string, start int) bool {
	body := -1
	for index := start + 1; index < len(lines); index++ {
		if lines[index] == "\t}) {" {
			body = index
		}
		if lines[index] == "}" {
			if body < 0 {
				return false
			}
			lines[body] += " _seamark_enter()"
			lines[index] = "\t_seamark_leave()\n}"
			return true
		}
	}
	return false
}

// splitMalloc gives C.malloc a copy of cgo's malloc stub, so that it is a site of its own.
func splitMalloc(lines, stubLines []string, places *placeTable) []string {
	if stubLines == nil {
		return nil
	}
	var copies []string
	for index, line := range lines {
		if name := stub.FindStringSubmatch(line); name == nil || name[1] != "_Cfunc__CMalloc" {
			continue
		}
		offset := places.add(place{symbol: "C.malloc", kind: call_, stub: mallocName(stubLines)})
		body := functionAt(lines, index)
		for at := range body { // a slice of lines itself
			body[at] = cmalloc.ReplaceAllString(body[at], "_seamark_C_malloc(uint64(")
		}
		copies = append(copies, "", "//go:cgo_unsafe_args")
		for at, stubLine := range stubLines {
			if found := seam.FindStringSubmatch(stubLine); found != nil {
				places.hash = found[3]
				stubLine = guard(found, restOf(stubLines, at), offset, places)
			}
			copies = append(copies, strings.Replace(stubLine, "func _cgo_cmalloc(", "func _seamark_C_malloc(", 1))
		}
	}
	return copies
}
