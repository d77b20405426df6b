//go:build linux && cgo

package sqlite

/*
#include <stdlib.h>
#ifdef __GLIBC__
#include <malloc.h>
static void few_arenas(void) {
	mallopt(M_ARENA_MAX, 1);
	mallopt(M_TRIM_THRESHOLD, 4 << 20);
	mallopt(M_TOP_PAD, 1 << 20);
}
#else
static void few_arenas(void) {}
#endif
*/
import "C"

// fewArenas has SQLite's memory come from one place. The C library would otherwise give every thread one of its own, and
// each keeps what it once needed: with a thousand PCNs, that is more than all else. Up to 4 MB that are free stay with the
// process: a connection forgets the pages that it knows whenever another has written, and reads them again at once.
func fewArenas() { C.few_arenas() }
