// Toolexec is the compiler hook of the zero-touch probe: `go build -toolexec=…/toolexec` runs every tool of the build
// through it. All but cgo and link pass straight through. After cgo has turned a package's C calls into stubs, each stub gets one
// load and one branch in front of its call, and the package's C file gets the small runtime that counts and times.
//
// Nothing of the user's is edited: cgo's output stands in the build's own temporary folder. What can't be patched keeps
// working and is named in the record file of the program.
package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
)

func main() {
	if len(os.Args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: go build -toolexec=/path/to/toolexec …")
		os.Exit(2)
	}
	tool, arguments := os.Args[1], os.Args[2:]
	switch strings.TrimSuffix(filepath.Base(tool), ".exe") {
	case "cgo":
		os.Exit(runCgo(tool, arguments))
	case "link":
		os.Exit(runLink(tool, arguments))
	}
	replaceBy(tool, arguments)
}

// replaceBy becomes the tool: a build starts hundreds, so nothing of us stays around it.
func replaceBy(tool string, arguments []string) {
	path, err := exec.LookPath(tool)
	if err == nil {
		err = syscall.Exec(path, append([]string{tool}, arguments...), os.Environ())
	}
	fmt.Fprintf(os.Stderr, "seamark toolexec: start %s: %v\n", tool, err)
	os.Exit(1)
}

func runCgo(tool string, arguments []string) int {
	if len(arguments) == 1 && arguments[0] == "-V=full" {
		return printVersion(tool)
	}
	call, ok := readCall(tool, arguments)
	if !ok {
		replaceBy(tool, arguments)
	}
	if code := start(tool, arguments); code != 0 {
		return code
	}
	if err := patch(call); err != nil {
		// The package stays as cgo made it: it builds and works, unprobed.
		fmt.Fprintf(os.Stderr, "seamark: %s is not probed: %v\n", call.packagePath, err)
		nameUnprobed(call, err)
	}
	return 0
}

// call is one translation of a package that is to be patched.
type call struct {
	objectFolder string
	packagePath  string
	goRelease    int
	missing      []string
}

// readCall answers false for everything that passes through: -dynimport, -godefs, the standard packages, and processors
// for which no stamp is written yet.
func readCall(tool string, arguments []string) (call, bool) {
	var found call
	for index, argument := range arguments {
		if argument == "--" {
			break
		}
		name, value, joined := strings.Cut(strings.TrimLeft(argument, "-"), "=")
		if !strings.HasPrefix(argument, "-") {
			continue
		}
		if !joined && index+1 < len(arguments) {
			value = arguments[index+1]
		}
		switch name {
		case "dynimport", "godefs", "dynpackage":
			return call{}, false
		case "objdir":
			found.objectFolder = value
		case "importpath":
			found.packagePath = value
		}
	}
	if path := os.Getenv("TOOLEXEC_IMPORTPATH"); path != "" {
		found.packagePath, _, _ = strings.Cut(path, " ") // "p [p.test]" is p built for its test
	}
	if found.objectFolder == "" || isStandard(tool, found.packagePath) || !isSupported() {
		return call{}, false
	}
	found.goRelease = readRelease(tool)
	found.missing = missingOffers(tool)
	return found, true
}

func isSupported() bool {
	return os.Getenv("GOARCH") == "amd64" && os.Getenv("GOOS") == "linux"
}

// isStandard: the package stands under the toolchain's own sources, whose crossings are the runtime's business. The
// folder cgo is started in tells; the import path alone would not, as `go run file.go` has names without a dot too.
func isStandard(tool, packagePath string) bool {
	folder, err := os.Getwd()
	if err != nil {
		return false
	}
	roots := []string{os.Getenv("GOROOT"), filepath.Join(filepath.Dir(tool), "..", "..", "..")}
	for _, root := range roots {
		if root == "" {
			continue
		}
		source := filepath.Join(root, "src")
		if folder == source || strings.HasPrefix(folder, source+string(filepath.Separator)) {
			return true
		}
		if packagePath != "" && !strings.Contains(packagePath, ".") && packagePath != "command-line-arguments" {
			if stat, err := os.Stat(filepath.Join(source, packagePath)); err == nil && stat.IsDir() {
				return true
			}
		}
	}
	return false
}

func start(tool string, arguments []string) int {
	command := exec.Command(tool, arguments...)
	command.Stdin, command.Stdout, command.Stderr = os.Stdin, os.Stdout, os.Stderr
	err := command.Run()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &exit) && exit.ExitCode() > 0:
		return exit.ExitCode()
	default:
		fmt.Fprintf(os.Stderr, "seamark toolexec: run %s: %v\n", tool, err)
		return 1
	}
}
