// Package codec is a second package.
package codec

// Double doubles.
func Double(n int) int { return n + n }
