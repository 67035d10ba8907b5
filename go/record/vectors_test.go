package record

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"
)

const vectors = "../../format/vectors"

func TestEveryVectorReadsToItsJSONAndIsWrittenBackByteForByte(t *testing.T) {
	for _, name := range named(t, vectors) {
		t.Run(filepath.Base(name), func(t *testing.T) {
			data := read(t, name)
			file, err := Open(data)
			if err != nil {
				t.Fatalf("open: %v", err)
			}
			if got, want := describe(file), parse(t, name); !reflect.DeepEqual(got, want) {
				t.Errorf("reads to\n%v\nnot\n%v", got, want)
			}
			if !bytes.Equal(Write(file.Data()), data) {
				t.Error("is written back with other bytes")
			}
		})
	}
}

func TestEveryBrokenVectorIsRefusedWithItsCode(t *testing.T) {
	for _, name := range named(t, filepath.Join(vectors, "broken")) {
		t.Run(filepath.Base(name), func(t *testing.T) {
			level, err := check(read(t, name))
			var refusal *Refusal
			if !errors.As(err, &refusal) {
				t.Fatalf("%v is no refusal", err)
			}
			got := map[string]any{"level": level, "refused": refusal.Code}
			if want := parse(t, name); !reflect.DeepEqual(got, want) {
				t.Errorf("got %v, want %v", got, want)
			}
			if refusal.Error() == "" {
				t.Error("gives no reason")
			}
		})
	}
}

func TestTextIsCutAtAWholeCharacter(t *testing.T) {
	field := []byte("xxxxx")
	SetText(field, "abcdé")
	if got := Text(field); got != "abcd" {
		t.Errorf("got %q", got)
	}
	if got := Text([]byte("abc\xc3")); got != "abc\uFFFD" {
		t.Errorf("half a character reads as %q", got)
	}
}

// FuzzRead: whatever the bytes, a file opens or is refused; one that opens is
// read to its end and written again.
func FuzzRead(f *testing.F) {
	for _, folder := range []string{vectors, filepath.Join(vectors, "broken")} {
		for _, name := range named(f, folder) {
			data := read(f, name)
			f.Add(data)
			for at := 0; at < len(data) && at < 200; at += 3 {
				mutated := bytes.Clone(data)
				mutated[at] ^= 0x81
				f.Add(mutated)
			}
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<16 {
			return // larger than the vectors
		}
		file, err := Open(data)
		if err != nil {
			var refusal *Refusal
			if !errors.As(err, &refusal) || reasons[refusal.Code] == "" {
				t.Fatalf("%v is no refusal", err)
			}
			return
		}
		describe(file)
		again, err := Open(Write(file.Data()))
		if err != nil {
			t.Fatalf("what was written is refused: %v", err)
		}
		if !reflect.DeepEqual(describe(again), describe(file)) {
			t.Fatal("what was written reads otherwise")
		}
	})
}

func check(data []byte) (level string, err error) {
	file, err := Open(data)
	if err != nil {
		return "file", err
	}
	for i := range file.Lanes {
		for slot := 0; slot < file.Lanes[i].UsedSlots; slot++ {
			if err := file.Lanes[i].Check(slot); err != nil {
				return "record", err
			}
		}
	}
	return "", nil
}

// describe gives what the vectors' JSON says, in the types that encoding/json
// gives it in.
func describe(file *File) map[string]any {
	refused := map[string]any{}
	for _, code := range []string{RefusalOpenRecord, RefusalTornRecord, RefusalUnknownSite, RefusalDisorderedRecord} {
		refused[code] = 0.0
	}
	data := file.Data()
	lanes := []any{}
	for i := range data.Lanes {
		lane, view := &data.Lanes[i], &file.Lanes[i]
		totals, records := []any{}, []any{}
		for site := range file.Sites {
			if total, ok := lane.Totals[site]; ok {
				totals = append(totals, object(total, "site", site))
			}
		}
		for slot := 0; slot < int(file.Header.LaneSlots); slot++ {
			if record, ok := lane.Records[slot]; ok {
				records = append(records, object(record, "slot", slot))
			}
		}
		for slot := 0; slot < view.UsedSlots; slot++ {
			var refusal *Refusal
			if errors.As(view.Check(slot), &refusal) {
				refused[refusal.Code] = refused[refusal.Code].(float64) + 1
			}
		}
		lanes = append(lanes, map[string]any{"lane": object(lane.Lane, "", 0), "totals": totals, "records": records})
	}
	sites := []any{}
	for _, site := range data.Sites {
		sites = append(sites, object(site, "", 0))
	}
	return map[string]any{
		"finished": file.Finished(), "refused": refused,
		"header": object(data.Header, "", 0), "sites": sites, "lanes": lanes,
	}
}

// object turns a struct into names and values by its `record` tags.
func object(value any, key string, number int) map[string]any {
	out := map[string]any{}
	v := reflect.ValueOf(value)
	for i := 0; i < v.NumField(); i++ {
		tag := v.Type().Field(i).Tag.Get("record")
		if tag == "" {
			continue
		}
		name, text := strings.CutSuffix(tag, ",text")
		out[name] = plain(v.Field(i), text)
	}
	if key != "" {
		out[key] = float64(number)
	}
	return out
}

func plain(v reflect.Value, text bool) any {
	switch v.Kind() {
	case reflect.Uint64:
		return strconv.FormatUint(v.Uint(), 10)
	case reflect.Array:
		if v.Type().Elem().Kind() != reflect.Uint8 {
			list := []any{}
			for i := 0; i < v.Len(); i++ {
				list = append(list, object(v.Index(i).Interface(), "", 0))
			}
			return list
		}
		raw := make([]byte, v.Len())
		reflect.Copy(reflect.ValueOf(raw), v)
		if text {
			return Text(raw)
		}
		return hex.EncodeToString(raw)
	default:
		return float64(v.Uint())
	}
}

func named(t testing.TB, folder string) []string {
	files, err := filepath.Glob(filepath.Join(folder, "*.rec"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no vectors in %s: %v", folder, err)
	}
	return files
}

func read(t testing.TB, name string) []byte {
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func parse(t testing.TB, name string) map[string]any {
	var out map[string]any
	if err := json.Unmarshal(read(t, strings.TrimSuffix(name, ".rec")+".json"), &out); err != nil {
		t.Fatal(err)
	}
	return out
}
