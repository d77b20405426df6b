// Package sheet reads the spreadsheets that a PCN manager keeps: practices, leaders, absences, wishes,
// meetings and the duties of a rota, saved as CSV by Excel, LibreOffice, Numbers or Google Sheets. It turns bytes into the
// types of package rota, or into the list of everything that is wrong with them.
//
// # All or nothing
//
// A file is read whole. One fault anywhere and no row is returned, but every fault is: each with its
// line, its column as the file names it, the value found there and what was expected. The manager
// mends them in one sitting instead of one by one.
//
// # What is forgiven, and what is not
//
// Forgiven is whatever has one meaning only: encodings (decode.go), separators, blank rows, the order
// and the usual other names of columns (columns.go), dates in the ways they are written in Britain
// (date.go), the usual abbreviations (words.go). Not forgiven is whatever would have to be guessed: a
// month-first date, a name that two leaders share, a row that has slipped sideways.
//
// A past rota is the exception (past.go): it is what it is, and nobody can mend a week of which nobody
// remembers who was on call. Cells that leave it open are given back beside the duties that are certain.
//
// The package opens no file and knows no database. What rows are checked against, such as the leaders
// that exist, comes in as an argument.
package sheet
