package main

import (
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strconv"
	"strings"
)

// use is the first mention of a C function or macro in the user's source, and how many there are; or the //export of a Go
// function.
type use struct {
	file  string
	line  int
	count int
	plain bool // called so somewhere; cgo writes a stub of this form even where all calls ask for the error
	errno bool
}

var (
	exportUse = regexp.MustCompile(`^//export[ \t]+(\w+)`)
	lineMark  = regexp.MustCompile(`^//line (.+):(\d+):\d+$`)
	// In the order of the text: where a line of the source goes on, with the function that is named there, if any; and where
	// cgo put a function literal in place of a call, to check its pointers: the call itself stands at the end, on the line of
	// its last bracket.
	mention = regexp.MustCompile(`/\*line :(\d+):\d+\*/(?:_C(?:2?func|macro)_(\w+)(\(_cgo0\b)?)?|\bfunc\(\) [^{}]*\{ (?:var )?_cgo\w*0\b`)
)

// findUses reads cgo's rewritten copies of the Go files: they carry the original places in line comments.
func findUses(folder string) (map[string]use, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*.cgo1.go"))
	if err != nil {
		return nil, err
	}
	sort.Strings(files)
	uses := map[string]use{}
	for _, path := range files {
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		usesIn(strings.TrimSuffix(filepath.Base(path), ".cgo1.go")+".go", string(text), uses)
	}
	return uses, nil
}

func usesIn(name, text string, uses map[string]use) {
	line := 0
	var begun []int // lines on which calls begin that are not yet met
	for _, content := range strings.Split(text, "\n") {
		line++
		if mark := lineMark.FindStringSubmatch(content); mark != nil {
			name = filepath.Base(mark[1])
			start, _ := strconv.Atoi(mark[2])
			line = start - 1
			continue
		}
		if export := exportUse.FindStringSubmatch(content); export != nil {
			if _, known := uses[export[1]]; !known {
				uses[export[1]] = use{file: name, line: line}
			}
		}
		if strings.Contains(content, ownMalloc+"(") {
			note(uses, ownMalloc, use{file: name, line: line})
		}
		for _, found := range mention.FindAllStringSubmatch(content, -1) {
			if found[1] == "" {
				begun = append(begun, line)
				continue
			}
			line, _ = strconv.Atoi(found[1])
			at := line
			if found[3] != "" && len(begun) > 0 {
				at = begun[len(begun)-1]
				begun = begun[:len(begun)-1]
			}
			if found[2] != "" {
				errno := strings.Contains(found[0], "_C2func_")
				note(uses, found[2], use{file: name, line: at, plain: !errno, errno: errno})
			}
		}
	}
}

func note(uses map[string]use, name string, at use) {
	known, met := uses[name]
	if !met {
		known = at
	}
	known.count++
	known.plain = known.plain || at.plain
	known.errno = known.errno || at.errno
	uses[name] = known
}
