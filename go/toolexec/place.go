package main

import "strings"

type kind int

const (
	call_    kind = 1  // KIND.CALL of the record format
	callback kind = 2  // KIND.CALLBACK
	copy_    kind = 11 // KIND.COPY
)

// ownMalloc is a function of cgo's that users are not meant to know, and some call.
const ownMalloc = "_cgo_cmalloc"

// placeBytes is sizeof(struct seamark_place) of shape.c.txt, which asserts it.
const placeBytes = 56

// place is where crossings happen: one entry of the package's table in C. The errno form of a function has a place of
// its own that shares the site of the plain form, where there is one.
type place struct {
	symbol    string
	kind      kind
	errno     bool
	stub      string // cgo's C function; empty for callbacks
	unpatched bool
	unused    bool // only its other form is called
	file      string
	line      int
	uses      int // how often the source names it, in either form; of callbacks unknown
}

// isUncopied: nothing is copied for it, and nothing out of it.
func (one place) isUncopied() bool {
	return one.kind == copy_ || one.symbol == "free" || one.symbol == "C.malloc" || one.symbol == ownMalloc
}

// placeTable collects the places of one package in the order in which they are met.
type placeTable struct {
	packagePath string
	hash        string   // cgo's own, unique to the package
	goRelease   int      // 12608 is 1.26.8; 0 not known
	missing     []string // what its runtime does not offer to samples
	faultKey    string   // of a build in which faults can be planted
	plantedCopy string   // address of the place of what such a build copies on top
	pins        bool     // its files have calls of runtime.Pinner.Pin that are counted
	callsMalloc bool     // the user's source calls cgo's own malloc by its name
	list        []place
}

// add answers the offset of the place in the table.
func (table *placeTable) add(one place) int {
	for index, known := range table.list {
		if known.symbol == one.symbol && known.kind == one.kind && known.errno == one.errno {
			return index * placeBytes
		}
	}
	table.list = append(table.list, one)
	return (len(table.list) - 1) * placeBytes
}

// copiesOnly: of cgo's functions the package uses none but those that copy into Go.
func (table *placeTable) copiesOnly() bool {
	for _, one := range table.list {
		if one.kind != copy_ {
			return false
		}
	}
	return true
}

// nameUncounted names a pin that can't be counted as what it is: not patched. One is enough.
func (table *placeTable) nameUncounted(pins []use) {
	if len(pins) > 0 {
		table.list = append(table.list, place{symbol: "runtime.Pinner.Pin", kind: call_, unpatched: true, file: pins[0].file, line: pins[0].line})
	}
}

func (table *placeTable) locate(uses map[string]use) {
	for index := range table.list {
		one := &table.list[index]
		name := strings.TrimPrefix(one.symbol, "C.")
		if one.symbol == "C.malloc" {
			name = "_CMalloc"
		}
		at := uses[name]
		one.file, one.line, one.uses = at.file, at.line, at.count
		one.unused = (one.errno && at.plain && !at.errno) || (!one.errno && at.errno && !at.plain)
	}
}
