package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// printVersion answers `cgo -V=full` for cgo as it stands behind this hook. The go command keys its build cache by that
// line, so probed and bare objects live side by side. The same trick, for Go code, is in DataDog/orchestrion.
func printVersion(tool string) int {
	output, err := exec.Command(tool, "-V=full").Output()
	if err != nil {
		fmt.Fprintf(os.Stderr, "seamark toolexec: ask %s for its version: %v\n", tool, err)
		return 1
	}
	hash, err := ownHash()
	if err != nil {
		fmt.Fprintf(os.Stderr, "seamark toolexec: hash this program: %v\n", err)
		return 1
	}
	fmt.Println(decorateVersion(strings.TrimSpace(string(output)), hash))
	return 0
}

// decorateVersion appends the hash where the go command looks: anywhere in the line of a release, but a development
// version must end in buildID=…, of which only what follows the last slash counts.
func decorateVersion(line, hash string) string {
	if strings.Contains(line, " buildID=") {
		return line + "+seamark-" + hash
	}
	return line + " seamark=" + hash
}

var release = regexp.MustCompile(`^go(\d+)\.(\d+)(?:\.(\d+))?`)

// readRelease answers the release of Go that a tool belongs to, as one number: 12608 is 1.26.8. 0 for one that is none.
func readRelease(tool string) int {
	text, err := os.ReadFile(filepath.Join(filepath.Dir(tool), "..", "..", "..", "VERSION"))
	if err != nil {
		return 0
	}
	return numberRelease(string(text))
}

func numberRelease(text string) int {
	found := release.FindStringSubmatch(text)
	if found == nil {
		return 0
	}
	major, _ := strconv.Atoi(found[1])
	minor, _ := strconv.Atoi(found[2])
	patch, _ := strconv.Atoi(found[3])
	return 10000*major + 100*minor + min(patch, 99)
}

func ownHash() (string, error) {
	path, err := os.Executable()
	if err != nil {
		return "", err
	}
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, file); err != nil {
		return "", err
	}
	sum.Write([]byte(os.Getenv(faultBuild))) // a program with another key is another program
	return hex.EncodeToString(sum.Sum(nil))[:20], nil
}
