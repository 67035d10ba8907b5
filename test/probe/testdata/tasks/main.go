// Tasks is a Go host of a Rust library that tells the probe about its tasks.
package main

/*
#cgo LDFLAGS: ${SRCDIR}/libtasks.a -lm -ldl -lpthread
void begin(void);
void start_tasks(unsigned);
*/
import "C"
import "time"

func main() {
	C.begin()
	for range [20]int{} {
		C.start_tasks(50)
		time.Sleep(4 * time.Millisecond)
	}
}
