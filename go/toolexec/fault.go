package main

import (
	_ "embed"
	"fmt"
	"os"
	"regexp"
	"strings"
)

// The variable that asks for a build in which faults can be planted. Its value is the key that such a program has to be
// given before it plants anything.
const faultBuild = "SEAMARK_FAULT_BUILD"

var wellFormedKey = regexp.MustCompile(`^[0-9a-f]{32}$`)

// faultKey is the key of this build; empty when no faults were asked for.
func faultKey() (string, error) {
	key := os.Getenv(faultBuild)
	if key != "" && !wellFormedKey.MatchString(key) {
		return "", fmt.Errorf("%s is not 32 hexadecimal digits", faultBuild)
	}
	return key, nil
}

// faultHeadC stands before the probe, which has the places where faults are planted.
func faultHeadC(key string) string {
	if key == "" {
		return ""
	}
	return fmt.Sprintf(`#define SEAMARK_FAULT_KEY "%s"
#define SEAMARK_FAULTS_ALONE 4u /* state: no probe, but crossings are led through _seamark_fault */
#define SEAMARK_PLANTED 0x3ffu  /* faults of a place that happen on the foreign side of its calls */
#define SEAMARK_PLANT(place) do { if ((place)->faults & SEAMARK_PLANTED) _seamark_plant((place)->faults & SEAMARK_PLANTED); } while (0)
__attribute__((weak, visibility("hidden"))) void _seamark_plant(unsigned);
`, key)
}

func faultBodyC(key string) string {
	if key == "" {
		return ""
	}
	return readPartsC("fault-wait", "fault-plant", "fault")
}

// What a build with faults has more in its Go file.
//
//go:embed probe/fault.go.txt
var faultGo string

const (
	faultMark = "\t//faults\n" // in probe/go.txt, where the state is known and the frame is made
	faultCall = `	at := place + 14
	if planted := **(**uint16)(unsafe.Pointer(&at)); planted>>10 != 0 {
		_seamark_plant_go(planted)
	}
	if state == 4 {
		return _cgo_runtime_cgocall(_seamark_fault_code, uintptr(unsafe.Pointer(&frame)))
	}
`
)

// plantCopy names the site of what is copied on top: that of C.GoBytes, also where the package itself never calls it.
func plantCopy(places *placeTable) {
	if places.faultKey != "" {
		places.plantedCopy = placeAddress(places.add(place{symbol: "C.GoBytes", kind: copy_}))
	}
}

// plantAfter plants behind a probed call, in its stub: what is copied there comes out of this call.
func plantAfter(offset int, places *placeTable) string {
	if places.faultKey == "" {
		return ""
	}
	return "; _seamark_plant_after(" + placeAddress(offset) + ")"
}

// plantExport plants in the Go side of a callback, behind its stamp, so that it counts as Go's part of it.
func plantExport(lines []string, start, offset int) {
	for index := start; index < len(lines) && lines[index] != "}"; index++ {
		if strings.HasSuffix(lines[index], "_seamark_enter()") {
			lines[index] += "; _seamark_plant_back(" + placeAddress(offset) + ")"
			return
		}
	}
}
