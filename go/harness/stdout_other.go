//go:build !linux

package harness

import "os"

// keepStdout takes standard output for the protocol alone; what Go prints goes to standard error.
func keepStdout() (*os.File, error) {
	own := os.Stdout
	os.Stdout = os.Stderr
	return own, nil
}
