// Package work has benchmarks that a long-lived process has to get right.
package work

// Add adds up to n.
func Add(n int) (total int) {
	for i := 0; i < n; i++ {
		total += i
	}
	return total
}
