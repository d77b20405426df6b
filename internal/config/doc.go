// Package config turns config.toml, which says how a PCN works, into typed values.
//
// The file is kept by a PCN manager who is no programmer, so a file with faults is answered with all of
// them at once, each with its place, the value found, one sentence and what to type. That shapes the
// package. A decoder stops at its first surprise; so the file passes through three steps of our own:
//
//  1. mend (syntax.go) reads the TOML. Where a line cannot be read it notes a fault, puts a mark in its
//     place and reads on.
//  2. grow (tree.go) builds a tree in which every key and value knows its line and column.
//  3. reader (section.go, want.go) walks the tree. It asks each section for the keys it knows; whatever was
//     never asked for is an unknown key. Every part of the file has a source file that reads it: pcn.go,
//     rota.go, tier.go, shift.go, rules.go, mail.go, server.go, reminders.go.
//
// A key that is left out means the value that the shipped config.toml shows, unless it says otherwise.
// Faults inside one value do not hide faults elsewhere, but a check that needs several values (does this
// shift overlap that one?) is made only where all of them could be read.
//
// The password of the mail server is never written in the file: see Mail and Secret.
package config
