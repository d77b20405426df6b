package cli

import (
	"encoding/pem"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"

	"github.com/rogpeppe/go-internal/testscript"
)

// serveCalendars serves the folder "served" of a script by https at $CALENDARS. The script reaches it where
// it sets PCNROTA_FOLLOW_TEST to $CALENDAR_SERVER, and then trusts its certificate.
func serveCalendars(env *testscript.Env) error {
	server := httptest.NewUnstartedServer(http.FileServer(http.Dir(filepath.Join(env.WorkDir, "served"))))
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	env.Defer(server.Close)
	trusted := filepath.Join(env.WorkDir, "trusted.pem")
	certificate := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw})
	env.Setenv("SSL_CERT_FILE", trusted)
	env.Setenv("CALENDARS", server.URL)
	env.Setenv("CALENDAR_SERVER", server.Listener.Addr().String())
	return os.WriteFile(trusted, certificate, 0o600)
}
