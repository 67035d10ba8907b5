// Package records is the work of the lab in Go: it decodes a payload of records, checks them, and encodes them anew.
// core/src/lib.rs describes the format and does the same, byte for byte.
package records

import (
	"encoding/binary"
	"errors"
	"unicode/utf8"
)

// Why a payload is refused.
var (
	ErrCut   = errors.New("the payload ends inside a record")
	ErrCheck = errors.New("a record's check differs")
	ErrRange = errors.New("a record is out of range")
	ErrText  = errors.New("a text is not UTF-8")
	ErrRoom  = errors.New("the output buffer is too small")
)

const (
	head      = 9 // key, amount and kind
	checkSize = 4
	maxKey    = 1 << 24
	maxAmount = 1_000_000_000
)

// What one unit of each kind is worth, in ten-thousandths.
var rates = [8]int64{10_000, 10_871, 8_532, 1_163, 149, 67, 12_045, 2_347}

// MaxOutput is how many bytes the output of an input of so many bytes can need.
func MaxOutput(input int) int { return input + input/3 + 16 }

// Transform writes the output into the given buffer and returns its length.
func Transform(input, output []byte) (int, error) {
	at := 0
	records, total := uint32(0), int64(0)
	rest := input
	for len(rest) >= 2 {
		length := int(binary.LittleEndian.Uint16(rest))
		if length == 0 {
			break
		}
		rest = rest[2:]
		if length < head+checkSize || length > len(rest) {
			return 0, ErrCut
		}
		converted, size, err := transformRecord(rest[:length], output[at:])
		if err != nil {
			return 0, err
		}
		at += size
		total += converted
		records++
		rest = rest[length:]
	}
	if len(rest) == 1 && rest[0] != 0 {
		return 0, ErrCut
	}
	if len(output)-at < 14 {
		return 0, ErrRoom
	}
	binary.LittleEndian.PutUint16(output[at:], 0)
	binary.LittleEndian.PutUint32(output[at+2:], records)
	binary.LittleEndian.PutUint64(output[at+6:], uint64(total))
	return at + 14, nil
}

func transformRecord(record, output []byte) (converted int64, size int, err error) {
	body, sum := record[:len(record)-checkSize], record[len(record)-checkSize:]
	if Check(body) != binary.LittleEndian.Uint32(sum) {
		return 0, 0, ErrCheck
	}
	key := binary.LittleEndian.Uint32(body)
	amount := int32(binary.LittleEndian.Uint32(body[4:]))
	kind := body[8]
	text := body[head:]
	if key >= maxKey || amount < -maxAmount || amount > maxAmount || kind > 7 {
		return 0, 0, ErrRange
	}
	if !utf8.Valid(text) {
		return 0, 0, ErrText
	}
	converted = int64(amount) * rates[kind] / 10_000

	size = 2 + len(record) + 4
	if len(output) < size {
		return 0, 0, ErrRoom
	}
	binary.LittleEndian.PutUint16(output, uint16(len(record)+4))
	binary.LittleEndian.PutUint32(output[2:], key)
	binary.LittleEndian.PutUint64(output[6:], uint64(converted))
	output[14] = kind
	capitals := output[15 : 15+len(text)]
	for i, letter := range text {
		if 'a' <= letter && letter <= 'z' {
			letter -= 'a' - 'A'
		}
		capitals[i] = letter
	}
	binary.LittleEndian.PutUint32(output[size-checkSize:], Check(output[2:size-checkSize]))
	return converted, size, nil
}

// Check is FNV-1a taken by words of eight bytes, the last filled up with zeros, folded to 32 bits.
func Check(bytes []byte) uint32 {
	const prime = 0x100000001b3
	hash := uint64(0xcbf29ce484222325)
	for ; len(bytes) >= 8; bytes = bytes[8:] {
		hash = (hash ^ binary.LittleEndian.Uint64(bytes)) * prime
	}
	var last [8]byte
	copy(last[:], bytes)
	hash = (hash ^ binary.LittleEndian.Uint64(last[:])) * prime
	return uint32(hash ^ hash>>32)
}
