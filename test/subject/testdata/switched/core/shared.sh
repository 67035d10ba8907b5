rm -f "$1"/libcore.*
cc -O1 -fPIC -shared core/core.c -o "$1/libcore.so"
