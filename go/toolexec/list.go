package main

import (
	"fmt"
	"strconv"
	"strings"
)

// What is listed of a program without running it stands in a section of its own that is not loaded, a line a place, so
// that whoever looks for it needs no symbols and no ELF: the first word marks a line.
const (
	listMark     = "seamark-site@1"
	unprobedMark = "seamark-unprobed@1"
)

// listC answers the C text that puts the places into the list.
func listC(places *placeTable) string {
	var text strings.Builder
	for _, one := range places.list {
		if one.unused {
			continue
		}
		flags := 0
		if one.unpatched {
			flags = 1
		}
		isErrno := 0
		if one.errno {
			isErrno = 1
		}
		text.WriteString(lineC(listMark, strconv.Itoa(int(one.kind)), strconv.Itoa(isErrno), strconv.Itoa(flags),
			strconv.Itoa(one.line), one.file, one.symbol, places.packagePath, strconv.Itoa(one.uses)))
	}
	return text.String()
}

// unprobedC names a package that stays as cgo made it.
func unprobedC(packagePath string, reason error) string {
	return lineC(unprobedMark, packagePath, reason.Error())
}

func lineC(words ...string) string {
	for index, word := range words {
		words[index] = strings.NewReplacer("\t", " ", "\n", " ").Replace(word)
	}
	line := quoteAssembly(strings.Join(words, "\t") + "\n")
	return fmt.Sprintf("__asm__(\".pushsection seamark_sites,\\\"\\\",@progbits\\n\\t.ascii \\\"%s\\\"\\n\\t.popsection\");\n", line)
}

// quoteAssembly writes what stands between the quotes of .ascii, inside a C string: what is no plain letter in octal.
func quoteAssembly(text string) string {
	var quoted strings.Builder
	for _, letter := range []byte(text) {
		if letter <= ' ' || letter > '~' || strings.IndexByte("\"\\?%", letter) >= 0 {
			fmt.Fprintf(&quoted, "\\\\%03o", letter)
		} else {
			quoted.WriteByte(letter)
		}
	}
	return quoted.String()
}
