package main

import (
	"strings"
	"testing"
)

const helpers = `
func _Cfunc_CString(s string) *_Ctype_char {
	if len(s)+1 <= 0 {
		panic("string too large")
	}
	p := _cgo_cmalloc(uint64(len(s)+1))
	sliceHeader := struct {
		p   unsafe.Pointer
		len int
		cap int
	}{p, len(s)+1, len(s)+1}
	b := *(*[]byte)(unsafe.Pointer(&sliceHeader))
	copy(b, s)
	b[len(s)] = 0
	return (*_Ctype_char)(p)
}

func _Cfunc_GoBytes(p unsafe.Pointer, l _Ctype_int) []byte {
	return _cgo_runtime_gobytes(p, int(l))
}
func _Cfunc__CMalloc(n _Ctype_size_t) unsafe.Pointer {
	return _cgo_cmalloc(uint64(n))
}

//go:cgo_unsafe_args
func _cgo_cmalloc(p0 uint64) (r1 unsafe.Pointer) {
	_cgo_runtime_cgocall(_cgo_0123456789ab_Cfunc__Cmalloc, uintptr(unsafe.Pointer(&p0)))
	if r1 == nil {
		runtime_throw("runtime: C malloc failed")
	}
	return
}
`

func TestHelpersThatCopyGetABranchAndAProbedTwin(t *testing.T) {
	places := &placeTable{packagePath: "example.com/p"}
	text, err := patchGo(helpers, places)
	if err != nil {
		t.Fatal(err)
	}
	for _, wanted := range []string{
		"func _Cfunc_CString(s string) *_Ctype_char { if __seamark_gates[1] != 0 { return _seamark_C_CString(s) }\n\tif len(s)+1 <= 0 {\n",
		"\tp := _cgo_cmalloc(uint64(len(s)+1))\n",
		"\tp := _seamark_copy_malloc(&frame, uintptr(unsafe.Pointer(&__seamark_places))+56, uint64(len(s)+1))\n",
		"\tb[len(s)] = 0\n\t_seamark_copy_ends(&frame, len(s))\n\treturn (*_Ctype_char)(p)\n}\n",
		"func _Cfunc_GoBytes(p unsafe.Pointer, l _Ctype_int) []byte { if __seamark_gates[2] != 0 { return _seamark_C_GoBytes(p, l) }\n",
		"\t_seamark_copy_begins(&frame, uintptr(unsafe.Pointer(&__seamark_places))+112)\n\tcopied := _cgo_runtime_gobytes(p, int(l))\n\t_seamark_copy_ends(&frame, len(copied))\n\treturn copied\n",
		"\treturn _seamark_C_malloc(uint64(n))\n",
		"func _seamark_copy_malloc(",
	} {
		if !strings.Contains(text, wanted) {
			t.Errorf("not in the patched file: %q\n%s", wanted, text)
		}
	}
	table := placesC(places)
	for _, wanted := range []string{
		`{0, 0, 1, 0, 0, 0, 1, 0, seamark_stub_0, 0, "C.malloc"`,
		`{0, 0, 11, 0, 0, 0, 1, 0, seamark_stub_1, 0, "C.CString"`,
		`{0, 0, 11, 0, 0, 0, 1, 0, 0, 0, "C.GoBytes"`,
	} {
		if !strings.Contains(table, wanted) {
			t.Errorf("not in the table: %s\n%s", wanted, table)
		}
	}
}

func TestAPackageThatOnlyCopiesIntoGoHasSites(t *testing.T) {
	only := helpers[strings.Index(helpers, "func _Cfunc_GoBytes"):strings.Index(helpers, "func _Cfunc__CMalloc")]
	places := &placeTable{packagePath: "example.com/p"}
	text, err := patchGo(only, places)
	if err != nil || len(places.list) != 1 || len(places.hash) != 12 || strings.Contains(text, "_seamark_copy_malloc") {
		t.Errorf("%v, %+v\n%s", err, places, text)
	}
}

func TestAHelperInAnUnknownFormIsLeftAloneAndNamed(t *testing.T) {
	odd := strings.Replace(helpers, "return _cgo_runtime_gobytes(p, int(l))", "return bytesOf(p, int(l))", 1)
	places := &placeTable{packagePath: "example.com/p"}
	text, err := patchGo(odd, places)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(text, "[]byte {\n\treturn bytesOf(p, int(l))\n}") {
		t.Error(text)
	}
	if last := places.list[len(places.list)-1]; last.symbol != "C.GoBytes" || !last.unpatched {
		t.Errorf("%+v", last)
	}
}
