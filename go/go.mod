module seamark.dev/go

go 1.21
