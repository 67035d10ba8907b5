/**
 * The source of a switch library: it offers the functions of a foreign library under their own names, loads several copies of
 * that library, and sends each call to the one whose number stands in a page of memory that Seamark writes. Nothing is
 * looked up and nothing is copied on the way: two loads and a jump, the same for every copy.
 *
 * Where a copy stands is drawn anew for each process. A processor's memory of branches forgets the upper bits of addresses, so
 * copies whose lower bits agree teach each other, and only where their code is the same: with a twin of the baseline in the
 * block, a change of about 1 % was measured as 6 to 9 (on the lab). Addresses by chance favour none.
 */

/** Copies that one process can hold; a function's row of addresses is then one cache line. */
export const MOST_COPIES = 8;

/**
 * The file that a host process maps, little-endian: u64 number of the copy in charge · u64 how many copies there are · u64 what the
 * host wrote when it had loaded them: READY, and one more when all stand as they should · u8[8] the order to load them in ·
 * u64[8] bytes that each takes in memory · u64[8] bytes that each is to be shifted by · their paths, each ended by a zero byte.
 */
export const PAGE = {
  size: 65536,
  chosen: 0,
  count: 8,
  seen: 16,
  order: 24,
  sizes: 32,
  shifts: 96,
  paths: 160,
} as const;

export const READY = 0x5ea3a12cn;

/** The variable that names this file. */
export const SWITCH_VARIABLE = 'SEAMARK_SWITCH';

export type Processor = 'x64' | 'arm64';

/** C for a GNU-like compiler. `functions`: names that are C identifiers. The form for arm64 has not been run. */
export function writeSwitch(functions: readonly string[], processor: Processor): string {
  const stub = { x64: stubX64, arm64: stubArm64 }[processor];
  return `/* Written by Seamark: sends each call to the build whose turn it is. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <link.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { FUNCTIONS = ${functions.length}, COPIES = ${MOST_COPIES}, PAGE = ${PAGE.size} };
#define APART (UINT64_C(1) << 40)

/* Covered by the file when it is mapped; large enough for any size of a page. */
__attribute__((visibility("hidden"), aligned(${PAGE.size}))) unsigned char seamark_switch_page[PAGE];
__attribute__((visibility("hidden"), aligned(64))) void *seamark_switch_table[FUNCTIONS][COPIES];

static const char *const seamark_switch_names[FUNCTIONS] = {
${functions.map((name) => `  "${name}",`).join('\n')}
};

static void seamark_switch_refuse(const char *what, const char *why) {
  fprintf(stderr, "seamark: %s: %s\\n", what, why ? why : "unknown");
  _exit(127);
}

/* Takes what is free above the place, so that the next library of that size is put there. */
static void *seamark_switch_reserve(uint64_t place, uint64_t size, size_t *taken) {
  const int kind = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
  void *highest = mmap(NULL, size, PROT_NONE, kind, -1, 0);
  if (highest == MAP_FAILED) return MAP_FAILED;
  munmap(highest, size);
  uint64_t top = (uint64_t)highest + size;
  if (place + size >= top) return MAP_FAILED;
  *taken = top - (place + size);
  return mmap((void *)(place + size), *taken, PROT_NONE, kind, -1, 0);
}

static uint64_t seamark_switch_word(int at) {
  uint64_t word;
  memcpy(&word, seamark_switch_page + at, sizeof word);
  return word;
}

__attribute__((constructor)) static void seamark_switch_open(void) {
  const char *file = getenv("${SWITCH_VARIABLE}");
  if (!file) seamark_switch_refuse("this program holds several builds of its library", "only Seamark can start it");
  int fd = open(file, O_RDWR | O_CLOEXEC);
  if (fd < 0) seamark_switch_refuse(file, "not to be opened");
  void *page = mmap(seamark_switch_page, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, fd, 0);
  close(fd);
  if (page != seamark_switch_page) seamark_switch_refuse(file, "not to be mapped");
  uint64_t count = seamark_switch_word(${PAGE.count}), origin = 0, seen = UINT64_C(${READY}) + 1;
  void *reserved[COPIES];
  size_t taken[COPIES] = {0};
  if (count < 1 || count > COPIES) seamark_switch_refuse(file, "foreign");
  for (uint64_t turn = 0; turn < count; turn++) {
    uint64_t copy = seamark_switch_page[${PAGE.order} + turn];
    if (copy >= count) seamark_switch_refuse(file, "foreign");
    const char *path = (const char *)seamark_switch_page + ${PAGE.paths};
    for (uint64_t skipped = 0; skipped < copy; skipped++) path += strlen(path) + 1;
    uint64_t size = seamark_switch_word(${PAGE.sizes} + 8 * (int)copy);
    uint64_t below = turn * APART + seamark_switch_word(${PAGE.shifts} + 8 * (int)copy);
    reserved[turn] = turn == 0 ? MAP_FAILED : seamark_switch_reserve(origin - below, size, &taken[turn]);
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    struct link_map *place;
    if (!library || dlinfo(library, RTLD_DI_LINKMAP, &place) != 0) {
      seamark_switch_refuse("a build of the library can not be loaded", dlerror());
    }
    if (turn == 0) origin = place->l_addr + below;
    else if (place->l_addr != origin - below) seen = UINT64_C(${READY});
    for (int function = 0; function < FUNCTIONS; function++) {
      void *address = dlsym(library, seamark_switch_names[function]);
      if (!address) seamark_switch_refuse("a build of the library lacks a function", seamark_switch_names[function]);
      seamark_switch_table[function][copy] = address;
    }
  }
  for (uint64_t turn = 0; turn < count; turn++) {
    if (reserved[turn] != MAP_FAILED) munmap(reserved[turn], taken[turn]);
  }
  memcpy(seamark_switch_page + ${PAGE.seen}, &seen, sizeof seen);
  if (mprotect(seamark_switch_page, PAGE, PROT_READ) != 0) seamark_switch_refuse(file, "not to be protected");
}

${functions.map((name, index) => stub(name, index * MOST_COPIES * 8)).join('\n')}
`;
}

/** r10 and r11 are free between a caller and its callee: the linker's own stubs use them. */
function stubX64(name: string, offset: number): string {
  return assembly(name, [
    'movq seamark_switch_page(%rip), %r11',
    `leaq seamark_switch_table+${offset}(%rip), %r10`,
    'jmpq *(%r10,%r11,8)',
  ]);
}

/** So are x16 and x17. */
function stubArm64(name: string, offset: number): string {
  return assembly(name, [
    'adrp x16, seamark_switch_page',
    'ldr x16, [x16, :lo12:seamark_switch_page]',
    `adrp x17, seamark_switch_table+${offset}`,
    `add x17, x17, :lo12:seamark_switch_table+${offset}`,
    'ldr x16, [x17, x16, lsl #3]',
    'br x16',
  ]);
}

function assembly(name: string, lines: readonly string[]): string {
  const text = [
    '.pushsection .text',
    '.p2align 5',
    `.globl ${name}`,
    `.type ${name}, %function`,
    `${name}:`,
    ...lines.map((line) => `  ${line}`),
    `.size ${name}, .-${name}`,
    '.popsection',
  ];
  return `__asm__(${text.map((line) => `"${line}\\n"`).join('\n  ')});`;
}
