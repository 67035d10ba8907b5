package main

import (
	_ "embed"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path"
	"path/filepath"
	"sort"
	"strings"
)

// What is added to the Go file of a package that pins.
//
//go:embed probe/pin.go.txt
var pinGo string

// pins are the calls of runtime.Pinner.Pin in a package.
type pins struct {
	changed   map[string]string // cgo's copies of the user's files, with every pin counted
	uncounted []use             // where the method is not called but taken, or stands in a file that cgo does not translate
}

// findPins reads the package with its types, as far as they are its own and the runtime's: what comes from other packages
// stays unknown, and a Pinner that another package hands out is not found.
func findPins(folder, sources, gotypes string) (pins, error) {
	copies, err := filepath.Glob(filepath.Join(folder, "*.cgo1.go"))
	if err != nil {
		return pins{}, err
	}
	texts := otherFiles(sources, copies)
	for _, name := range copies {
		text, err := os.ReadFile(name)
		if err != nil {
			return pins{}, err
		}
		texts[name] = string(text)
	}
	mentions := false
	for _, text := range texts {
		mentions = mentions || strings.Contains(text, ".Pin")
	}
	if !mentions {
		return pins{}, nil
	}
	texts[filepath.Join(folder, "_cgo_gotypes.go")] = gotypes
	return pinsIn(texts), nil
}

// otherFiles are the package's that cgo does not translate, as far as they can be read; of those for other systems too,
// which does no harm.
func otherFiles(sources string, copies []string) map[string]string {
	translated := map[string]bool{}
	for _, name := range copies {
		translated[strings.TrimSuffix(filepath.Base(name), ".cgo1.go")+".go"] = true
	}
	texts := map[string]string{}
	entries, _ := os.ReadDir(sources)
	for _, entry := range entries {
		name := entry.Name()
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") || translated[name] {
			continue
		}
		if text, err := os.ReadFile(filepath.Join(sources, name)); err == nil {
			texts[filepath.Join(sources, name)] = string(text)
		}
	}
	return texts
}

func pinsIn(texts map[string]string) pins {
	names := make([]string, 0, len(texts))
	for name := range texts {
		names = append(names, name)
	}
	sort.Strings(names)
	set := token.NewFileSet()
	var files []*ast.File
	var parsed []string
	for _, name := range names {
		if file, err := parser.ParseFile(set, name, texts[name], parser.ParseComments|parser.SkipObjectResolution); err == nil {
			files, parsed = append(files, file), append(parsed, name)
		}
	}
	pin, runtime := runtimePin()
	info := &types.Info{Selections: map[*ast.SelectorExpr]*types.Selection{}}
	config := types.Config{
		Importer: knownAlone{runtime},
		Error:    func(error) {}, // whatever is unknown
	}
	_, _ = config.Check("p", set, files, info)
	found := pins{changed: map[string]string{}}
	for index, file := range files {
		name := parsed[index]
		var inserts []insertion
		called := map[*ast.SelectorExpr]bool{}
		ast.Inspect(file, func(node ast.Node) bool {
			switch node := node.(type) {
			case *ast.CallExpr:
				method, ok := bare(node.Fun).(*ast.SelectorExpr)
				if !ok || !isPin(info, method, pin) || info.Selections[method].Kind() != types.MethodVal ||
					len(node.Args) != 1 || !strings.HasSuffix(name, ".cgo1.go") {
					return true
				}
				called[method] = true
				inserts = append(inserts, around(set, node.Args[0])...)
			case *ast.SelectorExpr:
				if isPin(info, node, pin) && !called[node] {
					at := set.Position(node.Sel.Pos())
					found.uncounted = append(found.uncounted, use{file: filepath.Base(at.Filename), line: at.Line})
				}
			}
			return true
		})
		if len(inserts) > 0 {
			found.changed[name] = insert(texts[name], inserts)
		}
	}
	return found
}

// bare is an expression without the brackets around it.
func bare(expression ast.Expr) ast.Expr {
	for {
		inner, ok := expression.(*ast.ParenExpr)
		if !ok {
			return expression
		}
		expression = inner.X
	}
}

func isPin(info *types.Info, method *ast.SelectorExpr, pin types.Object) bool {
	selection := info.Selections[method]
	return selection != nil && selection.Obj() == pin
}

type insertion struct {
	offset int
	text   string
}

// around counts a pin where its argument stands; what follows keeps its line and column.
func around(set *token.FileSet, argument ast.Expr) []insertion {
	mark := func(at token.Pos) string {
		position := set.Position(at)
		return fmt.Sprintf(" /*line :%d:%d*/", position.Line, position.Column)
	}
	offset := func(at token.Pos) int { return set.PositionFor(at, false).Offset }
	return []insertion{
		{offset(argument.Pos()), "_seamark_pin(" + mark(argument.Pos())},
		{offset(argument.End()), ")" + mark(argument.End())},
	}
}

func insert(text string, inserts []insertion) string {
	sort.SliceStable(inserts, func(a, b int) bool { return inserts[a].offset < inserts[b].offset })
	var changed strings.Builder
	from := 0
	for _, one := range inserts {
		changed.WriteString(text[from:one.offset])
		changed.WriteString(one.text)
		from = one.offset
	}
	changed.WriteString(text[from:])
	return changed.String()
}

// runtimePin is the method, and a runtime that has nothing else.
func runtimePin() (types.Object, *types.Package) {
	runtime := types.NewPackage("runtime", "runtime")
	name := types.NewTypeName(token.NoPos, runtime, "Pinner", nil)
	pinner := types.NewNamed(name, types.NewStruct(nil, nil), nil)
	receiver := func() *types.Var { return types.NewVar(token.NoPos, runtime, "p", types.NewPointer(pinner)) }
	object := types.NewVar(token.NoPos, runtime, "pointer", types.NewInterfaceType(nil, nil).Complete())
	pin := types.NewFunc(token.NoPos, runtime, "Pin", types.NewSignatureType(receiver(), nil, nil, types.NewTuple(object), nil, false))
	pinner.AddMethod(pin)
	pinner.AddMethod(types.NewFunc(token.NoPos, runtime, "Unpin", types.NewSignatureType(receiver(), nil, nil, nil, nil, false)))
	runtime.Scope().Insert(name)
	runtime.MarkComplete()
	return pin, runtime
}

// knownAlone imports one package; every other is empty.
type knownAlone struct{ known *types.Package }

func (one knownAlone) Import(name string) (*types.Package, error) {
	if name == one.known.Path() {
		return one.known, nil
	}
	empty := types.NewPackage(name, path.Base(name))
	empty.MarkComplete()
	return empty, nil
}
