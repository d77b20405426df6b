package cli

import (
	"context"

	"pcnrota/internal/pass"
	"pcnrota/internal/web"
)

var gone = &web.Refusal{Says: "There is nothing to do here any more.", Do: "What the message was about has changed since, or is over."}

// Errand is part of web.Errands.
func (d desk) Errand(ctx context.Context, purpose pass.Purpose, number int64) (web.Errand, error) {
	return web.Errand{}, gone
}

// Run is part of web.Errands.
func (d desk) Run(ctx context.Context, purpose pass.Purpose, number int64) error {
	return gone
}
