package main

import (
	"embed"
	"fmt"
	"regexp"
	"strings"
)

// A copy of format/record_gen.h, kept by scripts/generate.ts: go:embed does not reach above its folder.
//
//go:embed record_gen.h
var recordLayout string

//go:embed probe/*.c.txt
var probeParts embed.FS

// The probe's C, a subject a file, in the order in which each leans on those before it.
var partsC = []string{"platform", "shape", "leaf", "clock", "allocated", "deep", "lane", "record", "copy", "allocation", "cross", "back", "file", "control", "gauge", "sample", "heap", "begin"}

func readPartsC(names ...string) string {
	var text strings.Builder
	for _, name := range names {
		part, err := probeParts.ReadFile("probe/" + name + ".c.txt")
		if err != nil {
			panic(err) // embedded when this program was built
		}
		text.WriteByte('\n')
		text.Write(part)
	}
	return text.String()
}

// The line in each exported function's C side that enters Go.
var crossing = regexp.MustCompile(`\bcrosscall2\((_cgoexp_[0-9a-f]+_(\w+)), (.*)\);`)

// headerName is the file in the build's folder that holds the probe. As a header it can call itself a system header,
// and then no warning of the user's (-Wall -Werror, -pedantic-errors) is about it.
const headerName = "_seamark_probe.h"

func headerC(places *placeTable) string {
	key := places.faultKey
	return "#pragma GCC system_header\n" + recordLayout + gaugesC + releaseC(places.goRelease) + faultHeadC(key) + readPartsC(partsC...) + faultBodyC(key) + placesC(places)
}

// releaseC says which Go the program was built with; nothing when that is not known.
func releaseC(release int) string {
	if release == 0 {
		return ""
	}
	return fmt.Sprintf("#define SEAMARK_GO_RELEASE %du\n", release)
}

// patchC puts the probe on top of cgo's C file and sends callbacks through it.
func patchC(text string, places *placeTable) string {
	body := crossing.ReplaceAllStringFunc(text, func(line string) string {
		found := crossing.FindStringSubmatch(line)
		for index, one := range places.list {
			if one.kind == callback && one.symbol == found[2] {
				return fmt.Sprintf("_seamark_back(&_seamark_places_%s[%d], %s, %s);", places.hash, index, found[1], found[3])
			}
		}
		return line
	})
	return "#include \"" + headerName + "\"\n" + body
}

func placesC(places *placeTable) string {
	var text strings.Builder
	name := "_seamark_places_" + places.hash
	plain := map[string]int{}
	for index, one := range places.list {
		if one.kind == call_ && !one.errno {
			plain[one.symbol] = index
		}
	}
	for index, one := range places.list {
		if one.stub != "" {
			fmt.Fprintf(&text, "extern int seamark_stub_%d(void *) __asm__(\"%s\");\n", index, one.stub)
		}
	}
	fmt.Fprintf(&text, "__attribute__((visibility(\"hidden\"))) struct seamark_place %s[] = {\n", name)
	for index, one := range places.list {
		same, stub, isErrno, uncopied, flags := "0", "0", 0, 0, 0
		if one.stub != "" {
			stub = fmt.Sprintf("seamark_stub_%d", index)
		}
		if one.errno {
			isErrno = 1
			if index, known := plain[one.symbol]; known {
				same = fmt.Sprintf("%s + %d", name, index)
			}
		}
		if one.isUncopied() {
			uncopied = 1
		}
		if one.unpatched {
			flags = 1
		}
		fmt.Fprintf(&text, "    {0, 0, %d, %d, %d, %d, %d, 0, %s, %s, %s, %s, %s},\n", one.kind, flags, one.line, isErrno, uncopied, stub, same,
			quoteC(one.symbol), quoteC(places.packagePath), quoteC(one.file))
	}
	fmt.Fprintf(&text, "};\n")
	pins := 0
	if places.pins {
		pins = 1
	}
	gates := "_seamark_gates_" + places.hash
	fmt.Fprintf(&text, "__attribute__((visibility(\"hidden\"))) seamark_u8 %s[%d] = {0};\n", gates, len(places.list))
	fmt.Fprintf(&text, "static struct seamark_package seamark_package = {0, %s, %d, %s, %d};\n", name, len(places.list), gates, pins)
	text.WriteString(listC(places))
	beginFaults := ""
	if places.faultKey != "" {
		beginFaults = "    _seamark_begin_faults();\n"
	}
	text.WriteString(`/* Priorities: every package has registered before the first turns the probe on. */
__attribute__((constructor(65530))) static void seamark_register(void)
{
    seamark_package.next = _seamark_packages;
    _seamark_packages = &seamark_package;
}
__attribute__((constructor)) static void seamark_start(void)
{
    _seamark_begin_program();
` + beginFaults + `}
`)
	return text.String()
}

// quoteC writes a C string: bytes outside printable ASCII in octal, always three digits.
func quoteC(text string) string {
	var quoted strings.Builder
	quoted.WriteByte('"')
	for _, letter := range []byte(text) {
		switch {
		case letter == '"' || letter == '\\':
			quoted.WriteByte('\\')
			quoted.WriteByte(letter)
		case letter < ' ' || letter > '~' || letter == '?':
			fmt.Fprintf(&quoted, "\\%03o", letter)
		default:
			quoted.WriteByte(letter)
		}
	}
	quoted.WriteByte('"')
	return quoted.String()
}
