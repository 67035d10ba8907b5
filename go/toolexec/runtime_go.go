package main

import (
	_ "embed"
	"strconv"
	"strings"
)

// What is added to the end of each package's stubs. @HASH@ is cgo's own name for the package, @COUNT@ its number of places.
//
//go:embed probe/go.txt
var probeGo string

func runtimeGo(places *placeTable) string {
	text := strings.NewReplacer("@HASH@", places.hash, "@COUNT@", strconv.Itoa(len(places.list))).Replace(probeGo)
	text += samplesGo(places.missing) + copiesGo(places)
	if places.pins {
		text += pinGo
	}
	if places.faultKey != "" {
		return strings.Replace(text, faultMark, faultCall, 1) + strings.Replace(faultGo, "@COPY@", places.plantedCopy, 1)
	}
	return strings.Replace(text, faultMark, "", 1)
}
