package main

import (
	"fmt"
	"os"
	"regexp"
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
#define SEAMARK_PLANTED 2u      /* flag of a place, never written to the site table */
#define SEAMARK_PLANT(place) do { if ((place)->flags & SEAMARK_PLANTED) _seamark_delay(); } while (0)
__attribute__((weak, visibility("hidden"))) void _seamark_delay(void);
`, key)
}

func faultBodyC(key string) string {
	if key == "" {
		return ""
	}
	return readPartsC("fault")
}

// What a build with faults has more in its Go file.
const (
	faultMark = "\t//faults\n" // in probe/go.txt, where the state is known and the frame is made
	faultCall = `	if state == 4 {
		return _cgo_runtime_cgocall(_seamark_fault_code, uintptr(unsafe.Pointer(&frame)))
	}
`
	faultGo = `
//go:cgo_import_static _seamark_fault
//go:linkname __seamark_fault _seamark_fault
var __seamark_fault byte
var _seamark_fault_code = unsafe.Pointer(&__seamark_fault)
`
)
