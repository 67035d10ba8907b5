package main

import (
	"strings"
	"testing"
)

const testKey = "0123456789abcdef0123456789abcdef"

func TestOnlyABuildWithAKeyCanBePlanted(t *testing.T) {
	for _, key := range []string{"", testKey} {
		places := &placeTable{packagePath: "example.com/p", faultKey: key}
		goText, err := patchGo(stubs, places)
		if err != nil {
			t.Fatal(err)
		}
		header := headerC(places)
		for name, has := range map[string]bool{
			"the call in the Go file":     strings.Contains(goText, "_seamark_fault_code, uintptr"),
			"the wait in the C file":      strings.Contains(header, "void _seamark_wait(double ticks)\n{"),
			"its beginning in the C file": strings.Contains(header, "    _seamark_begin_faults();\n}\n"),
			"the key in the C file":       strings.Contains(header, testKey),
		} {
			if has != (key != "") {
				t.Errorf("with the key %q, %s: %v", key, name, has)
			}
		}
		if strings.Contains(goText, strings.TrimSpace(faultMark)) {
			t.Errorf("with the key %q the mark stays in the Go file", key)
		}
	}
}

func TestGosPartOfACallbackIsPlantedBehindItsStamp(t *testing.T) {
	places := &placeTable{packagePath: "example.com/p", faultKey: testKey}
	text, err := patchGo(stubs, places)
	if err != nil {
		t.Fatal(err)
	}
	const wanted = "\t}) { _seamark_enter(); _seamark_plant_back(uintptr(unsafe.Pointer(&__seamark_places))+112)\n"
	if !strings.Contains(text, wanted) {
		t.Errorf("not in the patched file: %q", wanted)
	}
}

func TestAKeyThatIsNoneIsRefused(t *testing.T) {
	for _, key := range []string{"x", strings.ToUpper(testKey), testKey + "0", `0123456789abcdef0123456789abcde"`} {
		t.Setenv(faultBuild, key)
		if _, err := faultKey(); err == nil {
			t.Errorf("%q passes for a key", key)
		}
	}
	t.Setenv(faultBuild, testKey)
	if key, err := faultKey(); err != nil || key != testKey {
		t.Errorf("%q, %v", key, err)
	}
}

func TestBuildsOfDifferentKeysAreDifferentToGo(t *testing.T) {
	seen := map[string]bool{}
	for _, key := range []string{"", testKey, strings.Repeat("a", 32)} {
		t.Setenv(faultBuild, key)
		hash, err := ownHash()
		if err != nil {
			t.Fatal(err)
		}
		seen[hash] = true
	}
	if len(seen) != 3 {
		t.Errorf("%d versions of three", len(seen))
	}
}
