package records

import (
	"encoding/binary"
	"unicode/utf8"

	"seamark.dev/go/harness"
)

var places = [16]string{
	"Åland", "Bergen", "Cádiz", "Dover", "Évora", "Fårö", "Gdańsk", "Hull", "Île-de-Ré", "Kyōto", "Lübeck", "Oporto",
	"Reykjavík", "Skagen", "Turku", "Ulsan",
}

// Payloads makes the inputs of the lab: as many payloads of size bytes as make 256 KiB, at least 8 and at most 256,
// filled with records that are drawn from a population. core/src/input.rs makes the same.
func Payloads(size int, seed uint64, population harness.Distribution) [][]byte {
	draws := population.Draws(seed)
	payloads := make([][]byte, min(max((256<<10)/max(size, 1), 8), 256))
	for i := range payloads {
		payload := make([]byte, 0, size)
		for whole := true; whole && size-len(payload) >= 2+head+checkSize; {
			payload, whole = addRecord(payload, size-len(payload), seed, uint32(draws.Next()))
		}
		payloads[i] = payload[:size]
	}
	return payloads
}

// addRecord appends the record of a rank; its text is cut when it does not fit, and then the answer is false.
func addRecord(payload []byte, room int, seed uint64, rank uint32) ([]byte, bool) {
	random := harness.NewRandom(seed + uint64(rank)*0xd1b54a32d192ed03)
	amount := int32(random.Below(2_000_001)) - 1_000_000
	kind := byte(random.Below(8))
	text := []byte{}
	words := 1 + random.Below(12)
	for word := uint64(0); word < words; word++ {
		if word > 0 {
			text = append(text, ' ')
		}
		text = append(text, places[random.Below(16)]...)
	}
	fits := room - 2 - head - checkSize
	whole := len(text) <= fits
	cut := min(len(text), fits)
	for cut < len(text) && !utf8.RuneStart(text[cut]) {
		cut--
	}
	payload = binary.LittleEndian.AppendUint16(payload, uint16(head+cut+checkSize))
	begin := len(payload)
	payload = binary.LittleEndian.AppendUint32(payload, rank)
	payload = binary.LittleEndian.AppendUint32(payload, uint32(amount))
	payload = append(payload, kind)
	payload = append(payload, text[:cut]...)
	return binary.LittleEndian.AppendUint32(payload, Check(payload[begin:])), whole
}
