package mail

import "context"

// Wait lets tests wait as Send does.
func (p *Pace) Wait(ctx context.Context) error { return p.wait(ctx) }

// Dotted lets tests read what goes over the line.
func Dotted(message []byte) []byte { return dotted(message) }
