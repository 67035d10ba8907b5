package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// patch changes the two files of cgo's output that hold the seam, and puts the probe beside them.
func patch(call call) error {
	goFile := filepath.Join(call.objectFolder, "_cgo_gotypes.go")
	cFile := filepath.Join(call.objectFolder, "_cgo_export.c")
	goText, err := os.ReadFile(goFile)
	if err != nil {
		return fmt.Errorf("read cgo's Go output: %w", err)
	}
	cText, err := os.ReadFile(cFile)
	if err != nil {
		return fmt.Errorf("read cgo's C output: %w", err)
	}
	key, err := faultKey()
	if err != nil {
		return err
	}
	uses, err := findUses(call.objectFolder)
	if err != nil {
		return fmt.Errorf("look for the uses of C: %w", err)
	}
	_, callsMalloc := uses[ownMalloc]
	places := &placeTable{packagePath: call.packagePath, goRelease: call.goRelease, missing: call.missing, faultKey: key, callsMalloc: callsMalloc}
	sources, err := os.Getwd() // where the go command starts cgo
	if err != nil {
		return fmt.Errorf("look for the package's folder: %w", err)
	}
	pins, err := findPins(call.objectFolder, sources, string(goText))
	if err != nil {
		return fmt.Errorf("look for pins: %w", err)
	}
	places.pins = len(pins.changed) > 0
	changed, err := patchGo(string(goText), places)
	if err != nil {
		return err
	}
	if len(places.list) == 0 {
		return nil // types and constants only: nothing crosses here
	}
	places.locate(uses)
	places.nameUncounted(pins.uncounted)
	changedC := patchC(string(cText), places)
	if err := replaceFile(filepath.Join(call.objectFolder, headerName), headerC(places)); err != nil {
		return err
	}
	// The C file first: with it alone the package still builds, with the Go file alone it would not link.
	if err := replaceFile(cFile, changedC); err != nil {
		return err
	}
	if err := replaceFile(goFile, changed); err != nil {
		return err
	}
	for path, text := range pins.changed {
		if err := replaceFile(path, text); err != nil {
			return err
		}
	}
	return nil
}

func replaceFile(path, text string) error {
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		return fmt.Errorf("write %s: %w", filepath.Base(path), err)
	}
	return nil
}

// nameUnprobed leaves word in the object, for the list of sites; where even that can't be done it was said on stderr.
func nameUnprobed(call call, reason error) {
	cFile := filepath.Join(call.objectFolder, "_cgo_export.c")
	text, err := os.ReadFile(cFile)
	if err != nil || strings.Contains(string(text), headerName) {
		return
	}
	if err := replaceFile(cFile, unprobedC(call.packagePath, reason)+string(text)); err != nil {
		fmt.Fprintf(os.Stderr, "seamark: %v\n", err)
	}
}
