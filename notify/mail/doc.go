// Package mail writes reminders as e-mail and delivers them: by SMTP, or, where no mail server is
// configured, as files in a folder.
//
// Composing and delivering are kept apart. Letterhead.Compose is pure: the same message gives the same
// bytes, down to the MIME boundary, which is made from the reminder's key. SMTP and Folder are the two
// ways to deliver them, and both satisfy notify.Sender. go-mail connects, encrypts and signs in; the message itself
// is handed over in conversation.go, in as few exchanges as the server allows.
//
// Every message goes to one person, as plain text and as HTML that says the same. It bears the
// Message-ID that was stored before the first try, so that a repeat is known for one, and refers to its
// thread, so that all messages about one duty show together. Nothing in it tells a mail server more
// than it must know, and no picture or link tracks its reader.
//
// Names and places come from people. They lose their control characters before they come near a header,
// so nobody can smuggle one in, and html/template guards the rest.
package mail
