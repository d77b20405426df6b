package sheet

import (
	"bytes"
	"errors"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// maxBytes is far above any PCN's spreadsheet (40 leaders with a year of absences are 50 kB) and low
// enough for a mistaken file to be refused before it fills the memory.
const maxBytes = 5 << 20

// decode turns the bytes of a file into UTF-8 text with lines ended by LF alone. The error is what is
// wrong with the file and what to do about it, in words that follow the file's name.
func decode(data []byte) (string, error) {
	switch {
	case len(data) > maxBytes:
		return "", errors.New("is larger than 5 MB, too large for a sheet of this kind: remove what is not needed")
	case len(bytes.TrimSpace(data)) == 0:
		return "", errors.New("is empty: save the sheet as CSV again, with its row of column names")
	case bytes.HasPrefix(data, []byte("PK")), bytes.HasPrefix(data, []byte("\xD0\xCF\x11\xE0")):
		return "", errors.New(`is a workbook (.xlsx, .xls, .ods or .numbers), not CSV: open it and save the sheet as CSV ("CSV UTF-8" in Excel)`)
	case bytes.HasPrefix(data, []byte("%PDF")):
		return "", errors.New("is a PDF, not CSV: open the spreadsheet it was made from and save the sheet as CSV")
	}
	text, err := decodeCharset(data)
	if err != nil || strings.ContainsRune(text, 0) {
		return "", errors.New(`is not a text file: save the sheet as CSV ("CSV UTF-8" in Excel)`)
	}
	text = strings.ReplaceAll(text, "\r\n", "\n")
	return strings.ReplaceAll(text, "\r", "\n"), nil
}

// decodeCharset tells apart the encodings that spreadsheets write: UTF-16 always has a byte-order
// mark (Excel's "Unicode text"), and text in Windows-1252 (Excel's plain "CSV") that has any letter
// beyond ASCII is hardly ever valid UTF-8 by chance.
func decodeCharset(data []byte) (string, error) {
	encoding := charmap.Windows1252.NewDecoder()
	switch {
	case bytes.HasPrefix(data, []byte("\xFF\xFE")), bytes.HasPrefix(data, []byte("\xFE\xFF")):
		encoding = unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder()
	case utf8.Valid(data):
		return strings.TrimPrefix(string(data), "\uFEFF"), nil
	}
	text, err := encoding.Bytes(data)
	return string(text), err
}
