/* A foreign library of which a test builds several. */
#ifndef CORE_H
#define CORE_H

struct core;

extern int core_version;

struct core *core_new(void);
/* The library's own number, or -1 when another library made the thing. */
int core_step(struct core *core);
/* The same by way of core_step. */
int core_use(struct core *core);
/* 0, or -1 when another library made it. */
int core_free(struct core *core);
void core_crash(void);

#endif
