package record

// Data is a record file as plain values. Totals go by site, records by slot;
// what is not named is zeros.
type Data struct {
	Header Header
	Sites  []Site
	Lanes  []LaneData
}

// LaneData is one lane of a Data.
type LaneData struct {
	Lane    Lane
	Totals  map[int]Total
	Records map[int]Record
}

// Data copies everything in the file that is not zero.
func (f *File) Data() Data {
	data := Data{Header: f.Header, Sites: f.Sites}
	for i := range f.Lanes {
		view := &f.Lanes[i]
		lane := LaneData{Lane: view.Lane, Totals: map[int]Total{}, Records: map[int]Record{}}
		for site := range f.Sites {
			if total := view.Total(site); total != (Total{}) {
				lane.Totals[site] = total
			}
		}
		for slot := 0; slot < int(f.Header.LaneSlots); slot++ {
			if record := view.Record(slot); record != (Record{}) {
				lane.Records[slot] = record
			}
		}
		data.Lanes = append(data.Lanes, lane)
	}
	return data
}

// Write gives the bytes of a file. Places are taken from the header, which is
// not checked: it panics when something does not fit into them.
func Write(data Data) []byte {
	h := &data.Header
	out := make([]byte, h.LanesOffset+uint64(h.LaneCapacity)*h.LaneBytes)
	h.encode(out)
	for i := range data.Sites {
		data.Sites[i].encode(out[h.SitesOffset+SiteBytes*uint64(i):])
	}
	for i := range data.Lanes {
		lane, bytes := &data.Lanes[i], out[h.LanesOffset+h.LaneBytes*uint64(i):]
		lane.Lane.encode(bytes)
		totals := bytes[LaneBytes:]
		records := totals[TotalBytes*int(h.SiteCapacity):]
		for site, total := range lane.Totals {
			total.encode(totals[TotalBytes*site:])
		}
		for slot, record := range lane.Records {
			record.encode(records[RecordBytes*slot:])
		}
	}
	return out
}
