module example.com/runtimes

go 1.21
