package cli

import (
	"context"
	"strings"
	"testing"
)

// in runs one command in dir and gives what it said.
func in(t *testing.T, dir, words string) (code int, stdout, stderr string) {
	t.Helper()
	p, out, errs := testProgram(t)
	code = p.run(context.Background(), append(strings.Fields("pcnrota "+words), "--home", dir))
	return code, out.String(), errs.String()
}

func TestCommandsRunInProcess(t *testing.T) {
	dir := t.TempDir()
	for _, words := range []string{
		"init", "practice add Y10111 --name Parkview", "leader add L01 --name Ada --practice Y10111",
		"absence add L01 annual 2027-03-12 18/03/2027", "wish add L01 avoid Tue",
		"meeting add Board --body PCN --at 12:30 --on 2027-01-07",
	} {
		if code, _, stderr := in(t, dir, words); code != exitOK || stderr != "" {
			t.Fatalf("%s: exit code %d, %s", words, code, stderr)
		}
	}
	for words, want := range map[string]string{
		"leader list":            "L01  Ada",
		"leader show L01":        "annual 2027-03-12 to 2027-03-18",
		"meeting list --weeks 8": "Thu 2027-01-07  12:30  13:30  Board",
	} {
		if code, stdout, stderr := in(t, dir, words); code != exitOK || !strings.Contains(stdout, want) {
			t.Errorf("%s: exit code %d, %s%s\nwant %q", words, code, stdout, stderr, want)
		}
	}
}

func TestAnImportWithFaultsChangesNothing(t *testing.T) {
	dir := t.TempDir()
	in(t, dir, "init")
	p, stdout, stderr := testProgram(t)
	p.stdin = strings.NewReader("ods_code,name,list_size\nY10111,Park View,15750\nY10111,Mill Lane,many\n")
	if code := p.run(context.Background(), []string{"pcnrota", "practice", "import", "-", "--home", dir}); code != exitFailed {
		t.Errorf("exit code %d", code)
	}
	if stdout.Len() > 0 || !strings.HasSuffix(stderr.String(), "pcnrota: 2 faults; nothing was changed\n") {
		t.Errorf("%s%s", stdout, stderr)
	}
	if _, list, _ := in(t, dir, "practice list --json"); list != "[]\n" {
		t.Errorf("stored: %s", list)
	}
}

func TestAStoppedCommandSaysSo(t *testing.T) {
	dir := t.TempDir()
	in(t, dir, "init")
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	p, _, stderr := testProgram(t)
	if code := p.run(ctx, []string{"pcnrota", "leader", "list", "--home", dir}); code != exitFailed || stderr.String() != "pcnrota: stopped before it was done\n" {
		t.Errorf("exit code %d, %s", code, stderr)
	}
}

func TestInitFillsInTheNameAsItIs(t *testing.T) {
	dir := t.TempDir()
	p, _, stderr := testProgram(t)
	args := []string{"pcnrota", "init", "--home", dir, "--name", `O'Neill & "Söhne" \ PCN`}
	if code := p.run(context.Background(), args); code != exitOK {
		t.Fatal(stderr)
	}
	if _, stdout, stderr := in(t, dir, "config check"); !strings.Contains(stdout, `O'Neill & "Söhne" \ PCN`) {
		t.Errorf("%s%s", stdout, stderr)
	}
}

func TestDaysAreReadAsPeopleTypeThem(t *testing.T) {
	for typed, want := range map[string]string{
		"2027-01-31": "2027-01-31", "31/01/2027": "2027-01-31", "1/2/2027": "2027-02-01",
		"31/02/2027": "", "2027-1-31": "", "01/31/2027": "", "tomorrow": "", "": "",
	} {
		got, err := parseDay(typed)
		if got.String() != want || (err != nil) != (want == "") {
			t.Errorf("%q: got %q, %v; want %q", typed, got, err, want)
		}
	}
}
