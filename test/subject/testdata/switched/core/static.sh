rm -f "$1"/libcore.*
cc -O1 -fPIC -c core/core.c -o "$1/core.o"
ar rcs "$1/libcore.a" "$1/core.o"
