/*
 * The floor under bench/decode.ts: the same work as src/format/scan.ts in plain C. Reads a record file 4 MiB at a time
 * into histograms of entry, callee, exit and total a site, prints nanoseconds of CPU, records and a hash of every cell.
 */
#define _POSIX_C_SOURCE 200809L
#include <fcntl.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "../format/record_gen.h"

#define CHUNK (4 * 1024 * 1024)
#define COARSE_CELLS (SEAMARK_COARSE_SHIFT * 64)
#define CELLS (2 + 32 * 64 + COARSE_CELLS)

static int32_t part_cell[128], part_bound[128];

static void fill_parts(void)
{
    for (int part = 0; part < 128; part++) {
        part_cell[part] = 2;
        part_bound[part] = 0x7fffffff;
        for (int bound = 1; bound < 64; bound++) {
            int64_t at = (int64_t)floor((pow(2, bound / 64.0) - 1) * 2147483648.0), start = (int64_t)part << 24;
            if (at < start) part_cell[part]++;
            else if (at < start + (1 << 24)) part_bound[part] = (int32_t)at;
        }
    }
    part_cell[0] = 1;
    part_bound[0] = 0;
}

static inline void count(uint64_t *table, uint32_t ticks, uint32_t shift, uint32_t weight)
{
    if (ticks == 0) {
        table[0] += weight;
        return;
    }
    const int zeros = __builtin_clz(ticks);
    const int32_t fraction = (int32_t)((ticks << zeros) & 0x7fffffff);
    const int part = fraction >> 24;
    table[(31 - zeros) * 64 + part_cell[part] + (fraction > part_bound[part]) + (int)shift] += weight;
}

static uint64_t now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

static void get(int file, void *bytes, size_t size, uint64_t offset)
{
    if (pread(file, bytes, size, (off_t)offset) != (ssize_t)size) exit(2);
}

struct counts {
    uint64_t records, errors, saturated, others, open, torn, unknown, disordered;
};

static void scan(const struct seamark_record *r, size_t count_, uint32_t generation, uint32_t sites, uint64_t *tables,
                 struct counts *c)
{
    for (const struct seamark_record *end = r + count_; r < end; r++) {
        if (!(r->state & SEAMARK_STATE_CLOSED)) { c->open++; continue; }
        if (r->generation != generation) { c->torn++; continue; }
        if (r->kind != SEAMARK_KIND_CALL && r->kind != SEAMARK_KIND_CALLBACK) { c->others++; continue; }
        if (r->site >= sites) { c->unknown++; continue; }
        if (r->d1 > r->d2 || r->d2 > r->d3) { c->disordered++; continue; }
        uint32_t shift = 0;
        if (r->state & (SEAMARK_STATE_ERROR | SEAMARK_STATE_SATURATED | SEAMARK_STATE_COARSE)) {
            c->errors += (r->state & SEAMARK_STATE_ERROR) != 0;
            c->saturated += (r->state & SEAMARK_STATE_SATURATED) != 0;
            if (r->state & SEAMARK_STATE_COARSE) shift = COARSE_CELLS;
        }
        c->records++;
        const uint32_t weight = r->state & SEAMARK_STATE_SAMPLED ? r->aux : 1;
        uint64_t *table = tables + (size_t)r->site * 4 * CELLS;
        count(table, r->d1, shift, weight);
        count(table + CELLS, r->d2 - r->d1, shift, weight);
        count(table + 2 * CELLS, r->d3 - r->d2, shift, weight);
        count(table + 3 * CELLS, r->d3, shift, weight);
    }
}

int main(int words, char **word)
{
    static struct seamark_header h;
    struct counts c = {0};
    if (words != 2) return 2;
    const uint64_t begin = now();
    const int file = open(word[1], O_RDONLY);
    if (file < 0) return 2;
    fill_parts();
    get(file, &h, sizeof h, 0);
    uint64_t *tables = calloc((size_t)h.site_count * 4 * CELLS, sizeof *tables);
    struct seamark_record *chunk = malloc(CHUNK);
    if (!tables || !chunk) return 2;
    for (uint32_t lane = 0; lane < h.lane_count; lane++) {
        struct seamark_lane head;
        const uint64_t start = h.lanes_offset + lane * h.lane_bytes;
        get(file, &head, sizeof head, start);
        const uint64_t slots = h.lane_slots, used = head.sequence < slots ? head.sequence : slots;
        const uint64_t turns = head.sequence / slots, present = head.sequence % slots;
        const uint64_t records = start + sizeof head + h.site_capacity * sizeof(struct seamark_total);
        for (uint64_t slot = 0; slot < used;) {
            const uint64_t end = slot < present ? present : used;
            const uint64_t most = CHUNK / sizeof *chunk, n = end - slot < most ? end - slot : most;
            get(file, chunk, n * sizeof *chunk, records + slot * sizeof *chunk);
            scan(chunk, n, (uint32_t)(turns + (slot < present)), h.site_count, tables, &c);
            slot += n;
        }
    }
    const uint64_t took = now() - begin;
    uint32_t hash = 2166136261u;
    for (size_t i = 0; i < (size_t)h.site_count * 4 * CELLS; i++)
        if (tables[i]) {
            hash = (hash ^ (uint32_t)(i % CELLS)) * 16777619u;
            hash = (hash ^ (uint32_t)tables[i]) * 16777619u;
        }
    printf("{\"ns\":%llu,\"records\":%llu,\"skipped\":%llu,\"hash\":%u}\n", (unsigned long long)took,
           (unsigned long long)c.records, (unsigned long long)(c.open + c.torn + c.unknown + c.disordered), hash);
    return 0;
}
