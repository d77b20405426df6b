// Package notify decides who is told what, and when, and sees that it happens once.
package notify
