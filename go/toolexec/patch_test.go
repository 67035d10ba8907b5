package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

const stubs = `package main

//go:cgo_unsafe_args
func _Cfunc_add(p0 _Ctype_int, p1 _Ctype_int) (r1 _Ctype_int) {
	_cgo_runtime_cgocall(_cgo_0123456789ab_Cfunc_add, uintptr(unsafe.Pointer(&p0)))
	if _Cgo_always_false {
		_Cgo_use(p0)
	}
	return
}

//go:cgo_unsafe_args
func _C2func_add(p0 _Ctype_int, p1 _Ctype_int) (r1 _Ctype_int, r2 error) {
	errno := _cgo_runtime_cgocall(_cgo_0123456789ab_C2func_add, uintptr(unsafe.Pointer(&p0)))
	if errno != 0 { r2 = syscall.Errno(errno) }
	return
}
func _cgoexp_0123456789ab_back(a *struct {
		p0 _Ctype_int
	}) {
	back(a.p0)
}
`

func TestEachStubGetsABranchBeforeItsOwnLine(t *testing.T) {
	places := &placeTable{packagePath: "example.com/p"}
	text, err := patchGo(stubs, places)
	if err != nil {
		t.Fatal(err)
	}
	for _, wanted := range []string{
		"\t\t_seamark_call(unsafe.Pointer(&p0), uintptr(unsafe.Pointer(&__seamark_places))+0)\n\tif _Cgo_always_false {",
		"\t}\n\t_cgo_runtime_cgocall(_cgo_0123456789ab_Cfunc_add, uintptr(unsafe.Pointer(&p0)))\n",
		"\t\terrno := _seamark_call(unsafe.Pointer(&p0), uintptr(unsafe.Pointer(&__seamark_places))+56)\n\tif errno != 0",
		"\tif __seamark_gates[1] != 0 {\n\t\terrno := ",
		"var __seamark_gates [3]uint8\n",
		"\t}) { _seamark_enter()\n\tback(a.p0)\n\t_seamark_leave()\n}",
		"//go:linkname __seamark_places _seamark_places_0123456789ab\n",
	} {
		if !strings.Contains(text, wanted) {
			t.Errorf("not in the patched file: %q", wanted)
		}
	}
	if got := len(places.list); got != 3 {
		t.Errorf("%d places, not 3: %v", got, places.list)
	}
}

func TestACallInAnUnknownFormIsLeftAloneAndNamed(t *testing.T) {
	odd := strings.Replace(stubs, "_Cfunc_add, uintptr(unsafe.Pointer(&p0)))", "_Cfunc_add, uintptr(unsafe.Pointer(&p0)), 0)", 1)
	places := &placeTable{}
	text, err := patchGo(odd, places)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(text, "\t_cgo_runtime_cgocall(_cgo_0123456789ab_Cfunc_add, uintptr(unsafe.Pointer(&p0)), 0)\n") {
		t.Error("the line was changed")
	}
	if first := places.list[0]; first.symbol != "add" || !first.unpatched {
		t.Errorf("it is not named as unpatched: %+v", first)
	}
	if table := placesC(places); !strings.Contains(table, `{0, 0, 1, 1, 0, 0, 0, 0, 0, 0, "add"`) {
		t.Errorf("it is not flagged in the site table:\n%s", table)
	}
}

func TestAPackageWithoutCallsStaysAsCgoMadeIt(t *testing.T) {
	const types = "package main\n\ntype _Ctype_int int32\n"
	places := &placeTable{}
	text, err := patchGo(types, places)
	if err != nil || text != types || len(places.list) != 0 {
		t.Errorf("%v, %v, %q", err, places.list, text)
	}
}

func TestBothFormsOfAFunctionShareASite(t *testing.T) {
	places := &placeTable{packagePath: "example.com/p", hash: "0123456789ab"}
	places.add(place{symbol: "add", kind: call_, stub: "_cgo_0123456789ab_Cfunc_add"})
	places.add(place{symbol: "add", kind: call_, errno: true, stub: "_cgo_0123456789ab_C2func_add"})
	if text := placesC(places); !strings.Contains(text, "seamark_stub_1, _seamark_places_0123456789ab + 0, \"add\"") {
		t.Error(text)
	}
}

func TestAPackageThatCannotBeWrittenStaysAsCgoMadeIt(t *testing.T) {
	folder := t.TempDir()
	one, other := filepath.Join(folder, "_cgo_gotypes.go"), filepath.Join(folder, "pin.cgo1.go")
	write(t, one, "as it was")
	if err := os.Mkdir(other+".seamark", 0o755); err != nil { // stands where the other would be written
		t.Fatal(err)
	}
	if replaceFiles([]file{{one, "changed"}, {other, "changed"}}) == nil {
		t.Error("no error")
	}
	if text, _ := os.ReadFile(one); string(text) != "as it was" {
		t.Errorf("%q", text)
	}
}

func TestTheVersionLineStaysReadableForTheGoCommand(t *testing.T) {
	for _, line := range []struct{ line, wanted string }{
		{"cgo version go1.26.8", "cgo version go1.26.8 seamark=abc"},
		{"cgo version devel go1.27-1a2b buildID=x/y", "cgo version devel go1.27-1a2b buildID=x/y+seamark-abc"},
	} {
		if got := decorateVersion(line.line, "abc"); got != line.wanted {
			t.Errorf("%q, not %q", got, line.wanted)
		}
	}
}

func TestTextsOfCAreQuoted(t *testing.T) {
	if got := quoteC("a\"b\\ü??/"); got != `"a\"b\\\303\274\077\077/"` {
		t.Error(got)
	}
}

func TestCallsThatPassThrough(t *testing.T) {
	t.Setenv("GOARCH", "amd64")
	t.Setenv("GOOS", "linux")
	t.Setenv("TOOLEXEC_IMPORTPATH", "example.com/p [example.com/p.test]")
	for _, arguments := range [][]string{
		{"-dynpackage", "main", "-dynimport", "_cgo_.o", "-dynout", "_cgo_import.go"},
		{"-godefs", "types.go"},
		{"--", "-objdir", "x"},
	} {
		if _, ok := readCall("/go/pkg/tool/linux_amd64/cgo", arguments); ok {
			t.Errorf("%v would be patched", arguments)
		}
	}
	found, ok := readCall("/go/pkg/tool/linux_amd64/cgo", []string{"-objdir", "/tmp/b001/", "-importpath", "p", "--", "a.go"})
	if !ok || found.objectFolder != "/tmp/b001/" || found.packagePath != "example.com/p" {
		t.Errorf("%v %+v", ok, found)
	}
	t.Setenv("TOOLEXEC_IMPORTPATH", "net")
	t.Setenv("GOROOT", goRoot(t))
	if _, ok := readCall("/go/pkg/tool/linux_amd64/cgo", []string{"-objdir", "/tmp/b001/", "--", "a.go"}); ok {
		t.Error("a standard package would be patched")
	}
}

func TestOtherProcessorsAndSystemsPassThrough(t *testing.T) {
	arguments := []string{"-objdir", "/tmp/b001/", "-importpath", "example.com/p", "--", "a.go"}
	for _, target := range [][2]string{{"linux", "arm64"}, {"linux", "386"}, {"linux", "riscv64"}, {"darwin", "amd64"}, {"windows", "amd64"}} {
		t.Setenv("GOOS", target[0])
		t.Setenv("GOARCH", target[1])
		if _, ok := readCall("/go/pkg/tool/linux_amd64/cgo", arguments); ok {
			t.Errorf("%s on %s would be patched, and has no stamp", target[1], target[0])
		}
	}
}

func TestAMacroThatCrossesIsASite(t *testing.T) {
	const macro = `package main

//go:cgo_unsafe_args
func _Cmacro_SIZE() (r1 _Ctype_int) {
	_cgo_runtime_cgocall(_cgo_0123456789ab_Cmacro_SIZE, uintptr(unsafe.Pointer(&r1)))
	return
}
`
	places := &placeTable{packagePath: "example.com/p"}
	if _, err := patchGo(macro, places); err != nil {
		t.Fatal(err)
	}
	if len(places.list) != 1 || places.list[0].symbol != "SIZE" || places.list[0].unpatched {
		t.Errorf("%+v", places.list)
	}
}

func goRoot(t *testing.T) string {
	t.Helper()
	output, err := exec.Command("go", "env", "GOROOT").Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(output))
}
