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
	// The C file before the Go file, which would not link alone; the pins last, as what they call stands in the Go file.
	files := []file{
		{filepath.Join(call.objectFolder, headerName), headerC(places)},
		{cFile, changedC},
		{goFile, changed},
	}
	for path, text := range pins.changed {
		files = append(files, file{path, text})
	}
	return replaceFiles(files)
}

type file struct{ path, text string }

// replaceFiles writes all beside their places before it moves the first: a full disk leaves the package as cgo made it.
func replaceFiles(files []file) error {
	for _, one := range files {
		if err := os.WriteFile(one.path+".seamark", []byte(one.text), 0o644); err != nil {
			return fmt.Errorf("write %s: %w", filepath.Base(one.path), err)
		}
	}
	for _, one := range files {
		if err := os.Rename(one.path+".seamark", one.path); err != nil {
			return fmt.Errorf("replace %s: %w", filepath.Base(one.path), err)
		}
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
	if err := replaceFiles([]file{{cFile, unprobedC(call.packagePath, reason) + string(text)}}); err != nil {
		fmt.Fprintf(os.Stderr, "seamark: %v\n", err)
	}
}
