// Package benchmarks has benchmarks of every manner.
package benchmarks

// Sum adds up.
func Sum(numbers []int) int {
	total := 0
	for _, number := range numbers {
		total += number
	}
	return total
}
