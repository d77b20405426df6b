//go:build linux && cgo

package sqlite

/*
#include <stdlib.h>
#ifdef __GLIBC__
#include <malloc.h>
static void few_arenas(void) { mallopt(M_ARENA_MAX, 1); }
#else
static void few_arenas(void) {}
#endif
*/
import "C"

// fewArenas has SQLite's memory come from one place. The C library would otherwise give every thread one of its own, and
// each keeps what it once needed: with a thousand PCNs, that is more than all else.
func fewArenas() { C.few_arenas() }
