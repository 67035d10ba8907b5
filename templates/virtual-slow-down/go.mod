module example.com/virtual-slow-down

go 1.21

require seamark.dev/go v0.0.0

replace seamark.dev/go => ../../go
