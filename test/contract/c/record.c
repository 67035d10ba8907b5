/*
 * The record file in C, over format/record_gen.h as the probe has it. `record check FILE` prints the first refusal,
 * `record describe FILE` what the vectors' JSON says, `record copy FILE TO` reads into plain structs and writes them.
 * long: one whole reader and writer, as somebody would write it for himself.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../../format/record_gen.h"

typedef struct seamark_header Header;
typedef struct seamark_site Site;
typedef struct seamark_lane Lane;
typedef struct seamark_total Total;
typedef struct seamark_record Record;

typedef struct {
    Header header;
    Site *sites;
    Lane *lanes;
    Total *totals;   /* site_count a lane */
    Record *records; /* lane_slots a lane */
} File;

static void *room(size_t count, size_t size)
{
    return calloc(count ? count : 1, size);
}

static unsigned char *slurp(const char *name, size_t *size)
{
    FILE *in = fopen(name, "rb");
    unsigned char *bytes;
    long end;
    if (!in || fseek(in, 0, SEEK_END) || (end = ftell(in)) < 0 || fseek(in, 0, SEEK_SET)) exit(2);
    bytes = room((size_t)end, 1);
    *size = fread(bytes, 1, (size_t)end, in);
    fclose(in);
    return bytes;
}

static const char *check_header(const unsigned char *bytes, size_t size, Header *h)
{
    seamark_u32 version;
    seamark_u64 sites_end;
    if (memcmp(bytes, SEAMARK_MAGIC, size < 8 ? size : 8)) return SEAMARK_REFUSAL_WRONG_MAGIC;
    if (size < 12) return SEAMARK_REFUSAL_CUT;
    memcpy(&version, bytes + 8, 4);
    if (version != SEAMARK_VERSION) return SEAMARK_REFUSAL_FOREIGN_VERSION;
    if (size < sizeof *h) return SEAMARK_REFUSAL_CUT;
    memcpy(h, bytes, sizeof *h);
    if (h->header_bytes != SEAMARK_HEADER_BYTES) return SEAMARK_REFUSAL_WRONG_HEADER_SIZE;
    if (h->clock != SEAMARK_CLOCK_TSC && h->clock != SEAMARK_CLOCK_OS) return SEAMARK_REFUSAL_UNKNOWN_CLOCK;
    if (h->site_capacity > 65536 || h->site_count > h->site_capacity || h->lane_capacity > 65535 ||
        h->lane_count > h->lane_capacity || h->triple_count > SEAMARK_TRIPLES)
        return SEAMARK_REFUSAL_LYING_COUNTS;
    if (!h->lane_slots || (h->lane_slots & (h->lane_slots - 1))) return SEAMARK_REFUSAL_SLOTS_NOT_POWER_OF_TWO;
    if (h->lane_bytes != sizeof(Lane) + sizeof(Total) * (seamark_u64)h->site_capacity +
                             sizeof(Record) * (seamark_u64)h->lane_slots)
        return SEAMARK_REFUSAL_LANE_BYTES_MISMATCH;
    if (h->sites_offset % 64 || h->sites_offset < sizeof *h || h->sites_offset > size)
        return SEAMARK_REFUSAL_OFFSET_OUTSIDE;
    sites_end = h->sites_offset + sizeof(Site) * (seamark_u64)h->site_capacity;
    if (h->lanes_offset % 64 || h->lanes_offset < sites_end || h->lanes_offset > size)
        return SEAMARK_REFUSAL_OFFSET_OUTSIDE;
    if (h->lanes_offset + h->lane_capacity * h->lane_bytes > size) return SEAMARK_REFUSAL_CUT;
    return NULL;
}

static const char *open_file(const unsigned char *bytes, size_t size, File *f)
{
    Header *h = &f->header;
    seamark_u32 i;
    const char *refusal = check_header(bytes, size, h);
    if (refusal) return refusal;
    f->sites = room(h->site_count, sizeof(Site));
    f->lanes = room(h->lane_count, sizeof(Lane));
    f->totals = room((size_t)h->lane_count * h->site_count, sizeof(Total));
    f->records = room((size_t)h->lane_count * h->lane_slots, sizeof(Record));
    memcpy(f->sites, bytes + h->sites_offset, h->site_count * sizeof(Site));
    for (i = 0; i < h->site_count; i++)
        if (f->sites[i].id != i) return SEAMARK_REFUSAL_SITE_OUT_OF_ORDER;
    for (i = 0; i < h->lane_count; i++) {
        const unsigned char *lane = bytes + h->lanes_offset + i * h->lane_bytes;
        const unsigned char *totals = lane + sizeof(Lane);
        const unsigned char *records = totals + h->site_capacity * sizeof(Total);
        memcpy(&f->lanes[i], lane, sizeof(Lane));
        if (f->lanes[i].sequence > h->lane_slots && !(h->flags & SEAMARK_FILE_FLAGS_FLIGHT_RECORDER))
            return SEAMARK_REFUSAL_LYING_SEQUENCE;
        memcpy(f->totals + (size_t)i * h->site_count, totals, h->site_count * sizeof(Total));
        memcpy(f->records + (size_t)i * h->lane_slots, records, h->lane_slots * sizeof(Record));
    }
    return NULL;
}

static const char *check_record(const File *f, const Lane *lane, seamark_u32 slot, const Record *r)
{
    seamark_u64 slots = f->header.lane_slots;
    seamark_u32 expected = (seamark_u32)(lane->sequence / slots + (slot < lane->sequence % slots));
    if (!(r->state & SEAMARK_STATE_CLOSED)) return SEAMARK_REFUSAL_OPEN_RECORD;
    if (r->generation != expected) return SEAMARK_REFUSAL_TORN_RECORD;
    if (r->kind != SEAMARK_KIND_CALL && r->kind != SEAMARK_KIND_CALLBACK && r->kind != SEAMARK_KIND_COPY) return NULL;
    if (r->site >= f->header.site_count) return SEAMARK_REFUSAL_UNKNOWN_SITE;
    if (r->d1 > r->d2 || r->d2 > r->d3) return SEAMARK_REFUSAL_DISORDERED_RECORD;
    return NULL;
}

/* Fields are printed with a comma before them but for the first of an object; the vectors' texts need no escapes. */
static const char *comma = "";
#define OPEN(c) (printf("%s%c", comma, c), comma = "")
#define CLOSE(c) (putchar(c), comma = ",")
#define KEY(name) (printf("%s\"%s\":", comma, name), comma = "")
#define NUMBER(s, f) (KEY(#f), printf("%u", (unsigned)(s)->f), comma = ",")
#define WIDE(s, f) (KEY(#f), printf("\"%llu\"", (s)->f), comma = ",")
#define TEXT(s, f) (KEY(#f), printf("\"%.*s\"", (int)sizeof (s)->f, (const char *)(s)->f), comma = ",")

static void print_header(const Header *h)
{
    size_t i;
    OPEN('{');
    TEXT(h, magic); NUMBER(h, version); NUMBER(h, header_bytes); WIDE(h, run_id); NUMBER(h, clock); NUMBER(h, process);
    WIDE(h, ticks_per_second); NUMBER(h, quantum_ticks); NUMBER(h, flags); WIDE(h, start_ticks); WIDE(h, start_ns);
    WIDE(h, end_ticks); WIDE(h, end_ns);
    KEY("environment");
    putchar('"');
    for (i = 0; i < sizeof h->environment; i++) printf("%02x", h->environment[i]);
    putchar('"');
    comma = ",";
    NUMBER(h, site_capacity); NUMBER(h, site_count); NUMBER(h, lane_capacity); NUMBER(h, lane_count);
    NUMBER(h, lane_slots); NUMBER(h, triple_count); WIDE(h, sites_offset); WIDE(h, lanes_offset); WIDE(h, lane_bytes);
    WIDE(h, overflow_crossings); WIDE(h, own_cost_ticks); NUMBER(h, pid); NUMBER(h, counter_layout);
    WIDE(h, samples_offset); WIDE(h, sample_interval_ns); NUMBER(h, sample_capacity); NUMBER(h, sample_count);
    NUMBER(h, record_period); NUMBER(h, key_slot);
    KEY("triples");
    OPEN('[');
    for (i = 0; i < SEAMARK_TRIPLES; i++) {
        const struct seamark_triple *t = &h->triples[i];
        OPEN('{');
        WIDE(t, before_ticks); WIDE(t, ns); WIDE(t, after_ticks);
        CLOSE('}');
    }
    CLOSE(']');
    CLOSE('}');
}

static void print_site(const Site *s)
{
    OPEN('{');
    NUMBER(s, id); NUMBER(s, kind); NUMBER(s, flags); NUMBER(s, line); TEXT(s, symbol); TEXT(s, package); TEXT(s, file);
    CLOSE('}');
}

static void print_total(seamark_u32 site, const Total *t)
{
    OPEN('{');
    KEY("site"); printf("%u", site); comma = ",";
    WIDE(t, count); WIDE(t, errors); WIDE(t, entry); WIDE(t, callee); WIDE(t, exit); WIDE(t, bytes_in);
    WIDE(t, bytes_out); WIDE(t, alloc_bytes); WIDE(t, allocs); WIDE(t, copies); WIDE(t, nested); WIDE(t, opened);
    WIDE(t, recorded); WIDE(t, frees); WIDE(t, held_bytes); WIDE(t, pins);
    WIDE(t, allocator); WIDE(t, wait); WIDE(t, ready); WIDE(t, spent);
    CLOSE('}');
}

static void print_record(seamark_u32 slot, const Record *r)
{
    OPEN('{');
    KEY("slot"); printf("%u", slot); comma = ",";
    WIDE(r, t0); NUMBER(r, d1); NUMBER(r, d2); NUMBER(r, d3); NUMBER(r, site); NUMBER(r, kind); NUMBER(r, state);
    WIDE(r, request); WIDE(r, parent); NUMBER(r, bytes_in); NUMBER(r, bytes_out); NUMBER(r, alloc_bytes);
    NUMBER(r, allocs); NUMBER(r, copies); NUMBER(r, result); NUMBER(r, generation); NUMBER(r, aux);
    CLOSE('}');
}

static void print_lane(const File *f, seamark_u32 index)
{
    static const Total no_total;
    static const Record no_record;
    const Lane *lane = &f->lanes[index];
    seamark_u32 i;
    OPEN('{');
    KEY("lane");
    OPEN('{');
    WIDE(lane, sequence); WIDE(lane, dropped); WIDE(lane, thread); NUMBER(lane, owners); NUMBER(lane, in_use);
    NUMBER(lane, sample_period);
    CLOSE('}');
    KEY("totals");
    OPEN('[');
    for (i = 0; i < f->header.site_count; i++) {
        const Total *total = &f->totals[(size_t)index * f->header.site_count + i];
        if (memcmp(total, &no_total, sizeof *total)) print_total(i, total);
    }
    CLOSE(']');
    KEY("records");
    OPEN('[');
    for (i = 0; i < f->header.lane_slots; i++) {
        const Record *record = &f->records[(size_t)index * f->header.lane_slots + i];
        if (memcmp(record, &no_record, sizeof *record)) print_record(i, record);
    }
    CLOSE(']');
    CLOSE('}');
}

/* Codes that single records are refused with, in the order of the vectors' JSON. */
static const char *const CODES[] = {SEAMARK_REFUSAL_OPEN_RECORD, SEAMARK_REFUSAL_TORN_RECORD,
                                    SEAMARK_REFUSAL_UNKNOWN_SITE, SEAMARK_REFUSAL_DISORDERED_RECORD};

/* Counts refused records by code; returns the first refusal met. */
static const char *count_refused(const File *f, unsigned counts[4])
{
    const char *first = NULL;
    seamark_u32 lane, slot, code;
    for (lane = 0; lane < f->header.lane_count; lane++) {
        const Lane *head = &f->lanes[lane];
        for (slot = 0; slot < f->header.lane_slots && slot < head->sequence; slot++) {
            const Record *record = &f->records[(size_t)lane * f->header.lane_slots + slot];
            const char *refusal = check_record(f, head, slot, record);
            if (!refusal) continue;
            if (!first) first = refusal;
            for (code = 0; code < 4; code++) counts[code] += !strcmp(refusal, CODES[code]);
        }
    }
    return first;
}

static void describe(const File *f, const unsigned counts[4])
{
    seamark_u32 i;
    OPEN('{');
    KEY("finished");
    fputs(f->header.flags & SEAMARK_FILE_FLAGS_FINISHED ? "true" : "false", stdout);
    comma = ",";
    KEY("refused");
    OPEN('{');
    for (i = 0; i < 4; i++) {
        KEY(CODES[i]);
        printf("%u", counts[i]);
        comma = ",";
    }
    CLOSE('}');
    KEY("header");
    print_header(&f->header);
    KEY("sites");
    OPEN('[');
    for (i = 0; i < f->header.site_count; i++) print_site(&f->sites[i]);
    CLOSE(']');
    KEY("lanes");
    OPEN('[');
    for (i = 0; i < f->header.lane_count; i++) print_lane(f, i);
    CLOSE(']');
    CLOSE('}');
    putchar('\n');
}

static void put(FILE *out, seamark_u64 offset, const void *bytes, size_t size)
{
    if (fseek(out, (long)offset, SEEK_SET) || (size && fwrite(bytes, size, 1, out) != 1)) exit(2);
}

static void copy(const File *f, const char *name)
{
    const Header *h = &f->header;
    const size_t size = (size_t)(h->lanes_offset + h->lane_capacity * h->lane_bytes);
    FILE *out = fopen(name, "wb");
    seamark_u32 i;
    if (!out) exit(2);
    put(out, 0, room(size, 1), size);
    put(out, 0, h, sizeof *h);
    put(out, h->sites_offset, f->sites, h->site_count * sizeof(Site));
    for (i = 0; i < h->lane_count; i++) {
        const seamark_u64 lane = h->lanes_offset + i * h->lane_bytes;
        const seamark_u64 totals = lane + sizeof(Lane);
        put(out, lane, &f->lanes[i], sizeof(Lane));
        put(out, totals, f->totals + (size_t)i * h->site_count, h->site_count * sizeof(Total));
        put(out, totals + h->site_capacity * sizeof(Total), f->records + (size_t)i * h->lane_slots,
            h->lane_slots * sizeof(Record));
    }
    if (fclose(out)) exit(2);
}

int main(int count, char **words)
{
    File file;
    size_t size;
    unsigned char *bytes;
    unsigned counts[4] = {0, 0, 0, 0};
    const char *refusal, *level = "file";
    if (count < 3) return 2;
    bytes = slurp(words[2], &size);
    refusal = open_file(bytes, size, &file);
    if (!refusal) {
        refusal = count_refused(&file, counts);
        level = "record";
    }
    if (!strcmp(words[1], "check")) {
        if (refusal) printf("{\"level\":\"%s\",\"refused\":\"%s\"}\n", level, refusal);
        return refusal ? 1 : 0;
    }
    if (!strcmp(level, "file")) return 1;
    if (count > 3) copy(&file, words[3]);
    else describe(&file, counts);
    return 0;
}
