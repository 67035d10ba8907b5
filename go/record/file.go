// Package record reads and writes the probe's record file. Its layout is
// generated from format/record.json; what it means is told in docs/record.md.
package record

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
	"unicode/utf8"
	"unsafe"
)

// Refusal says why bytes are not what they claim to be. Code is one of the
// Refusal constants and stable; Offset is the byte at which it was seen.
type Refusal struct {
	Code   string
	Offset uint64
	Seen   string
}

func (r *Refusal) Error() string {
	if r.Seen == "" {
		return reasons[r.Code]
	}
	return reasons[r.Code] + " (" + r.Seen + ")"
}

func refuse[N uint64 | uintptr](code string, offset N, format string, values ...any) error {
	return &Refusal{Code: code, Offset: uint64(offset), Seen: fmt.Sprintf(format, values...)}
}

// File is an open record file: its promises were checked, its lanes are read
// where they stand.
type File struct {
	Header Header
	Sites  []Site
	Lanes  []LaneView
	bytes  []byte
}

// LaneView is a lane that was handed out. Its totals and records are read from
// the file's bytes when asked for.
type LaneView struct {
	Lane
	// UsedSlots hold or held a record: the first so many.
	UsedSlots int
	file      *File
	totals    int
	records   int
}

// Open checks everything that header, site table and lanes promise. It fails
// with a *Refusal and with nothing else. The file keeps using data.
func Open(data []byte) (*File, error) {
	f := &File{bytes: data}
	if err := f.readHeader(); err != nil {
		return nil, err
	}
	if err := f.checkCounts(); err != nil {
		return nil, err
	}
	if err := f.checkPlaces(); err != nil {
		return nil, err
	}
	if err := f.readSites(); err != nil {
		return nil, err
	}
	return f, f.readLanes()
}

// Finished reports whether the process ended in order. Otherwise it died or
// still runs, and the file holds what it left.
func (f *File) Finished() bool { return f.Header.Flags&FileFlagsFinished != 0 }

func (f *File) readHeader() error {
	size := uint64(len(f.bytes))
	for i := 0; i < len(Magic) && i < len(f.bytes); i++ {
		if f.bytes[i] != Magic[i] {
			return &Refusal{Code: RefusalWrongMagic, Offset: uint64(i)}
		}
	}
	if size < 12 {
		return refuse(RefusalCut, size, "%d bytes", size)
	}
	if version := binary.LittleEndian.Uint32(f.bytes[8:]); version != Version {
		return refuse(RefusalForeignVersion, unsafe.Offsetof(f.Header.Version), "version %d, this reader knows %d", version, Version)
	}
	if size < HeaderBytes {
		return refuse(RefusalCut, size, "%d bytes", size)
	}
	f.Header.decode(f.bytes)
	return nil
}

func (f *File) checkCounts() error {
	h := &f.Header
	if h.HeaderBytes != HeaderBytes {
		return refuse(RefusalWrongHeaderSize, unsafe.Offsetof(h.HeaderBytes), "%d", h.HeaderBytes)
	}
	if h.Clock != ClockTSC && h.Clock != ClockOS {
		return refuse(RefusalUnknownClock, unsafe.Offsetof(h.Clock), "%d", h.Clock)
	}
	// 65,536 sites and 65,535 lanes: what 16 bits of a record and of a span id
	// can name; lanes count from 1 there.
	for _, c := range []struct {
		name         string
		count, limit uint32
		offset       uintptr
	}{
		{"site_capacity", h.SiteCapacity, 65536, unsafe.Offsetof(h.SiteCapacity)},
		{"site_count", h.SiteCount, h.SiteCapacity, unsafe.Offsetof(h.SiteCount)},
		{"lane_capacity", h.LaneCapacity, 65535, unsafe.Offsetof(h.LaneCapacity)},
		{"lane_count", h.LaneCount, h.LaneCapacity, unsafe.Offsetof(h.LaneCount)},
		{"triple_count", h.TripleCount, DefaultTriples, unsafe.Offsetof(h.TripleCount)},
	} {
		if c.count > c.limit {
			return refuse(RefusalLyingCounts, c.offset, "%s %d, at most %d", c.name, c.count, c.limit)
		}
	}
	return nil
}

func (f *File) checkPlaces() error {
	h, size := &f.Header, uint64(len(f.bytes))
	if h.LaneSlots == 0 || h.LaneSlots&(h.LaneSlots-1) != 0 {
		return refuse(RefusalSlotsNotPowerOfTwo, unsafe.Offsetof(h.LaneSlots), "%d", h.LaneSlots)
	}
	expected := LaneBytes + TotalBytes*uint64(h.SiteCapacity) + RecordBytes*uint64(h.LaneSlots)
	if h.LaneBytes != expected {
		return refuse(RefusalLaneBytesMismatch, unsafe.Offsetof(h.LaneBytes), "%d, not %d", h.LaneBytes, expected)
	}
	outside := func(offset, earliest uint64) bool { return offset%64 != 0 || offset < earliest || offset > size }
	if outside(h.SitesOffset, HeaderBytes) {
		return refuse(RefusalOffsetOutside, unsafe.Offsetof(h.SitesOffset), "sites_offset %d", h.SitesOffset)
	}
	if outside(h.LanesOffset, h.SitesOffset+SiteBytes*uint64(h.SiteCapacity)) {
		return refuse(RefusalOffsetOutside, unsafe.Offsetof(h.LanesOffset), "lanes_offset %d", h.LanesOffset)
	}
	// No overflow: a lane is under 2^38 bytes and there are under 2^16.
	if end := h.LanesOffset + uint64(h.LaneCapacity)*h.LaneBytes; end > size {
		return refuse(RefusalCut, size, "%d bytes of %d", size, end)
	}
	return nil
}

func (f *File) readSites() error {
	f.Sites = make([]Site, f.Header.SiteCount)
	for i := range f.Sites {
		offset := f.Header.SitesOffset + SiteBytes*uint64(i)
		f.Sites[i].decode(f.bytes[offset:])
		if int(f.Sites[i].ID) != i {
			return refuse(RefusalSiteOutOfOrder, offset, "entry %d says %d", i, f.Sites[i].ID)
		}
	}
	return nil
}

func (f *File) readLanes() error {
	h := &f.Header
	f.Lanes = make([]LaneView, h.LaneCount)
	for i := range f.Lanes {
		lane, start := &f.Lanes[i], h.LanesOffset+h.LaneBytes*uint64(i)
		lane.decode(f.bytes[start:])
		slots := uint64(h.LaneSlots)
		if lane.Sequence > slots && h.Flags&FileFlagsFlightRecorder == 0 {
			return refuse(RefusalLyingSequence, start, "%d records", lane.Sequence)
		}
		lane.UsedSlots = int(min(lane.Sequence, slots))
		lane.file = f
		lane.totals = int(start) + LaneBytes
		lane.records = lane.totals + TotalBytes*int(h.SiteCapacity)
	}
	return nil
}

// Total of a site in this lane; site is an index into Sites.
func (l *LaneView) Total(site int) Total {
	var total Total
	total.decode(l.file.bytes[l.totals+TotalBytes*site:])
	return total
}

// Record as it stands in a slot, which is below the file's LaneSlots.
func (l *LaneView) Record(slot int) Record {
	var record Record
	record.decode(l.file.bytes[l.records+RecordBytes*slot:])
	return record
}

// Check says why the record in a used slot is not to be believed; nil when it is.
func (l *LaneView) Check(slot int) error {
	r, at := l.Record(slot), uint64(l.records+RecordBytes*slot)
	if r.State&StateClosed == 0 {
		return refuse(RefusalOpenRecord, at, "slot %d", slot)
	}
	if expected := l.generation(slot); r.Generation != expected {
		return refuse(RefusalTornRecord, at, "generation %d, not %d", r.Generation, expected)
	}
	// Only crossings carry a site and four stamps.
	if r.Kind != KindCall && r.Kind != KindCallback && r.Kind != KindCopy {
		return nil
	}
	if int(r.Site) >= len(l.file.Sites) {
		return refuse(RefusalUnknownSite, at, "site %d of %d", r.Site, len(l.file.Sites))
	}
	if r.D1 > r.D2 || r.D2 > r.D3 {
		return refuse(RefusalDisorderedRecord, at, "%d, %d, %d", r.D1, r.D2, r.D3)
	}
	return nil
}

// generation of the latest record that was given a slot.
func (l *LaneView) generation(slot int) uint32 {
	slots := uint64(l.file.Header.LaneSlots)
	turns := l.Sequence / slots
	if uint64(slot) < l.Sequence%slots {
		turns++
	}
	return uint32(turns)
}

// Text of a field that is padded with zeros. What is no UTF-8, such as a letter
// cut at the end, becomes U+FFFD.
func Text(field []byte) string {
	if end := bytes.IndexByte(field, 0); end >= 0 {
		field = field[:end]
	}
	return strings.ToValidUTF8(string(field), "\uFFFD")
}

// SetText fills a field, cut at a whole character and padded with zeros.
func SetText(field []byte, text string) {
	for len(text) > len(field) {
		_, size := utf8.DecodeLastRuneInString(text)
		text = text[:len(text)-size]
	}
	clear(field[copy(field, text):])
}
