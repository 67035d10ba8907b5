//go:build tagged

package inner

// Tagged tells which of two files was built.
const Tagged = true
