package main

import (
	_ "embed"
	"fmt"
	"regexp"
	"strings"
)

// What is added to the Go file of a package that copies, and of one whose copies begin with a malloc.
var (
	//go:embed probe/copy.go.txt
	copyGo string
	//go:embed probe/copy-malloc.go.txt
	copyMallocGo string
)

// Cgo's helpers that copy, by the name of their function in its output, and what tells how many bytes they copied. The
// zero behind a C string is not counted, so that a string is as long on its way in as on its way out.
var copyHelpers = []struct{ function, symbol, bytes string }{
	{"_Cfunc_CString", "C.CString", "len(s)"},
	{"_Cfunc_CBytes", "C.CBytes", "len(b)"},
	{"_Cfunc_GoBytes", "C.GoBytes", "len(copied)"},
	{"_Cfunc_GoString", "C.GoString", "len(copied)"},
	{"_Cfunc_GoStringN", "C.GoStringN", "len(copied)"},
}

var (
	helperHead   = regexp.MustCompile(`^func _Cfunc_(\w+)\((.*)\) (\S+) \{$`)
	helperMalloc = regexp.MustCompile(`^(\tp := )_cgo_cmalloc\((uint64\(.*\))\)$`)
	helperReturn = regexp.MustCompile(`^\treturn (.+)$`)
	runtimeCopy  = regexp.MustCompile(`^_cgo_runtime_go\w+\(.*\)$`)
	parameter    = regexp.MustCompile(`(\w+) [^,]+`)
)

// patchCopies makes sites of cgo's helpers that copy. Each gets one load and one branch in front of what it was, and a
// probed twin, which is its own text with the probe around it: so the race detector and others see the same accesses.
func patchCopies(lines, mallocStub []string, places *placeTable) []string {
	var twins []string
	for _, helper := range copyHelpers {
		for index := range lines {
			head := helperHead.FindStringSubmatch(lines[index])
			if head == nil || "_Cfunc_"+head[1] != helper.function {
				continue
			}
			one := place{symbol: helper.symbol, kind: copy_}
			body := functionAt(lines, index)
			crosses := false
			for _, line := range body {
				crosses = crosses || helperMalloc.MatchString(line)
			}
			if crosses {
				one.stub = mallocName(mallocStub)
			}
			known := len(places.list)
			offset := places.add(one)
			twin := twinOf(body, head, helper.bytes, offset)
			if twin == nil || crosses != (helper.function == "_Cfunc_CString" || helper.function == "_Cfunc_CBytes") {
				places.list[known].unpatched = true
				continue
			}
			twins = append(twins, twin...)
			lines[index] += fmt.Sprintf(" if %s { return _seamark_C_%s(%s) }", gate(offset), head[1], parameter.ReplaceAllString(head[2], "$1"))
		}
	}
	return twins
}

// twinOf is the probed twin of a helper; nil when its text has a form unknown to this probe.
func twinOf(body, head []string, bytes string, offset int) []string {
	twin := []string{"", fmt.Sprintf("func _seamark_C_%s(%s) %s {", head[1], head[2], head[3]), "\tvar frame _seamark_frame"}
	begun, ended := false, false
	for _, line := range body[1:] {
		made := helperMalloc.FindStringSubmatch(line)
		answer := helperReturn.FindStringSubmatch(line)
		switch {
		case made != nil:
			begun = true
			line = fmt.Sprintf("%s_seamark_copy_malloc(&frame, %s, %s)", made[1], placeAddress(offset), made[2])
		case answer != nil && runtimeCopy.MatchString(answer[1]):
			begun = true
			twin = append(twin, fmt.Sprintf("\t_seamark_copy_begins(&frame, %s)", placeAddress(offset)), "\tcopied := "+answer[1])
			answer[1] = "copied"
			fallthrough
		case answer != nil:
			ended = true
			twin = append(twin, fmt.Sprintf("\t_seamark_copy_ends(&frame, %s)", bytes))
			line = "\treturn " + answer[1]
		}
		twin = append(twin, line)
	}
	if !begun || !ended {
		return nil
	}
	return twin
}

// copiesGo is what the twins stand on.
func copiesGo(places *placeTable) string {
	copies, crosses := places.plantedCopy != "", false
	for _, one := range places.list {
		if one.kind == copy_ && !one.unpatched {
			copies = true
			crosses = crosses || one.stub != ""
		}
	}
	switch {
	case !copies:
		return ""
	case !crosses:
		return copyGo
	}
	faults := ""
	if places.faultKey != "" {
		faults = strings.ReplaceAll(faultCall, "&frame", "frame")
	}
	return copyGo + strings.Replace(copyMallocGo, copyFaultMark, faults, 1)
}

const copyFaultMark = "\t//faults of a copy\n"
