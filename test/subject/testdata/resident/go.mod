module example.com/resident

go 1.21
