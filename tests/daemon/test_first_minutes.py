"""What somebody does in the first quarter of an hour: check the config, bring in people, look at a brief, make a copy."""
import json
import os
import subprocess
import tempfile
import unittest

from support.house import BINARY, House
from support.platforms import Feeds

DATA = os.path.join(os.path.dirname(__file__), "..", "data", "csv")
ROOT = os.path.join(os.path.dirname(__file__), "..", "..")
REPS = "name,email,zone,manager_email,role\nDana Reed,dana@meridian.example,Europe/Berlin,max@meridian.example,rep\nMax Boss,max@meridian.example,Europe/Berlin,,manager\n"
COUNTED = ("reps", "accounts", "contacts")


def whynow(*args, input=None, env=None):
    return subprocess.run([BINARY, *args], input=input, capture_output=True, text=True, timeout=120, env={**os.environ, **(env or {})})


class Config(unittest.TestCase):
    def check(self, text, *more, env=None):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "whynow.toml")
            with open(path, "w") as f:
                f.write(text)
            return whynow("check-config", "--config", path, *more, env=env)

    def test_a_good_one(self):
        r = self.check('[team]\nzone = "Europe/Berlin"\n')
        self.assertEqual((r.returncode, r.stderr), (0, ""))
        self.assertIn("slack: off", r.stdout)

    def test_every_mistake_at_once_with_its_line_and_cure(self):
        r = self.check('[team]\nzone = "Europe/Berln"\nbrief_a = "08:00"\n[slack]\nbot_token = "xapp-TOPSECRET"\n')
        self.assertEqual(r.returncode, 2)
        for words in ("whynow.toml:2:1: [team] zone", "whynow.toml:3:1: [team] brief_a", "did you mean brief_at?", "[slack] signing_secret", "whynow.toml:5:1: [slack] bot_token"):
            self.assertIn(words, r.stdout)
        self.assertNotIn("TOPSECRET", r.stdout + r.stderr)

    def test_as_json(self):
        r = self.check('[teem]\n', "--json")
        self.assertEqual(r.returncode, 2)
        m = json.loads(r.stdout)["mistakes"]
        self.assertEqual([(x["line"], x["key"]) for x in m], [(1, "[teem]")])

    def test_the_files_that_come_with_it(self):
        for name in ("whynow.toml", "minimal.toml"):
            r = whynow("check-config", "--config", os.path.join(ROOT, "config", name))
            self.assertEqual(r.returncode, 0, r.stdout)

    def test_serve_refuses_a_bad_one(self):
        with tempfile.NamedTemporaryFile("w", suffix=".toml") as f:
            f.write("[team]\nzone = 3\n")
            f.flush()
            r = whynow("serve", "--config", f.name)
            self.assertEqual(r.returncode, 2)
            self.assertIn("[team] zone", r.stdout + r.stderr)

    def test_no_config_and_no_command(self):
        self.assertNotEqual(whynow("check-config", "--config", "/nonexistent/whynow.toml").returncode, 0)
        self.assertEqual(whynow("--version").returncode, 0)
        self.assertNotEqual(whynow("no-such-command").returncode, 0)
        self.assertEqual(whynow("--help").returncode, 0)

    def test_a_twin_in_the_environment(self):
        self.assertEqual(self.check("", env={"WHYNOW_TEAM__ZONE": "Nowhere"}).returncode, 2)
        self.assertEqual(self.check("", env={"WHYNOW_TEAM__ZONE": "Asia/Tokyo"}).returncode, 0)


class Import(unittest.TestCase):
    def setUp(self):
        self.h = House("2026-03-03T06:00:00Z", '[team]\nzone = "Europe/Berlin"\n')
        self.h.imported("reps.csv", REPS)

    def file(self, name):
        return os.path.join(DATA, name)

    def counts(self):
        return [self.h.rows(f"select count(*) n from {t}")[0]["n"] for t in COUNTED]

    def everything(self):
        return {t: self.h.rows(f"select * from {t} order by id") for t in COUNTED}

    def test_preview_stores_nothing_and_needs_no_config(self):
        with tempfile.TemporaryDirectory() as empty:
            r = subprocess.run([BINARY, "import", os.path.abspath(self.file("hubspot-contacts.csv")), "--preview", "2"], capture_output=True, text=True, cwd=empty)
            self.assertEqual(os.listdir(empty), [])
        self.assertEqual(r.returncode, 0, r.stderr)
        self.assertIn("Anna", r.stdout)
        self.assertIn("nothing stored", r.stdout)

    def test_dry_run_counts_and_takes_it_back(self):
        before = self.everything()
        r = self.h.run("import", self.file("hubspot-companies.csv"), "--dry-run", "--config", self.h.file)
        self.assertIn("nothing stored", r.stdout)
        self.assertEqual(self.everything(), before)

    def test_exports_of_other_tools_go_in(self):
        for companies, people in (("hubspot-companies.csv", "hubspot-contacts.csv"), ("salesforce-accounts.csv", "salesforce-contacts.csv"),
                                  ("pipedrive-organizations.csv", "pipedrive-people.csv")):
            with self.subTest(companies):
                h = House("2026-03-03T06:00:00Z", '[team]\nzone = "Europe/Berlin"\n')
                h.imported("reps.csv", REPS)
                h.run("import", self.file(people), self.file(companies), "--config", h.file)  # the order does not matter
                accounts = {a["name"] for a in h.rows("select * from accounts")}
                self.assertIn("Northwind", accounts)
                contacts = h.rows("select * from contacts")
                self.assertGreaterEqual(len(contacts), 2)
                self.assertTrue(all(c["name"].strip() and "@" in c["email"] for c in contacts if c["email"]))

    def test_the_same_file_again_changes_nothing(self):
        for name in ("hubspot-companies.csv", "hubspot-contacts.csv", "salesforce-accounts.csv"):
            self.h.run("import", self.file(name), "--config", self.h.file)
        before = self.everything()
        for name in ("hubspot-companies.csv", "hubspot-contacts.csv", "salesforce-accounts.csv"):
            self.h.run("import", self.file(name), "--config", self.h.file)
        self.assertEqual(self.everything(), before)

    def test_a_bad_row_is_named_and_the_others_go_in(self):
        path = os.path.join(self.h.folder, "contacts.csv")
        with open(path, "w") as f:
            f.write("name,title,account,email,zone\nJerry Smith,EVP Sales,Northwind,jerry@northwind.example,America/New_York\n"
                    "Ann Lee,COO,Northwind,not an address,Mars/Base\nTom Reyes,CFO,Northwind,tom@northwind.example,\n")
        r = self.h.run("import", path, "--config", self.h.file, check=False)
        self.assertIn("3", r.stdout)  # the line
        names = {c["name"] for c in self.h.rows("select * from contacts")}
        self.assertTrue({"Jerry Smith", "Tom Reyes"} <= names)


class FirstBrief(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.h = h = House("2026-03-03T06:00:00Z", '[team]\nzone = "Europe/Berlin"\ncompany = "Meridian"\n')
        h.imported("reps.csv", REPS)
        h.imported("accounts.csv", "name,domain,owner_email,industry\nNorthwind,northwind.example,dana@meridian.example,logistics\nHarbor Foods,harbor.example,dana@meridian.example,food\n")
        h.imported("contacts.csv", "name,title,account,email,zone,country\nJerry Smith,EVP Sales,Northwind,jerry@northwind.example,America/Los_Angeles,US\nTom Reyes,COO,Harbor Foods,tom@harbor.example,Europe/Berlin,DE\n")
        path = os.path.join(h.folder, "signals.json")
        with open(path, "w") as f:
            json.dump([{"id": "1", "title": "Northwind names Maria Voss chief financial officer", "url": "https://news.example/1", "published": "2026-03-02T09:00:00Z", "source": "Trade Daily"}], f)
        h.run("signal", "add", "--json", path, "--config", h.file)

    def brief(self, *more):
        return self.h.run("brief", "--rep", "dana@meridian.example", "--now", "2026-03-03T07:05:00Z", "--config", self.h.file, *more).stdout

    def test_dry_run_shows_it_and_stores_nothing(self):
        tables = ("briefs", "cards", "outbox")
        counts = lambda: [self.h.rows(f"select count(*) n from {t}")[0]["n"] for t in tables if self.h.rows("select 1 from sqlite_master where name = ?", t)]
        before = counts()
        text = self.brief("--dry-run")
        self.assertIn("1 call worth making today", text)
        self.assertIn("Northwind names Maria Voss chief financial officer", text)
        self.assertIn("https://news.example/1", text)
        self.assertNotIn("Tom Reyes", text)
        self.assertEqual(counts(), before)
        self.assertEqual(self.brief(), text)  # the default, and the same every time

    def test_as_json(self):
        row = json.loads(self.brief("--json").splitlines()[0])
        self.assertEqual((row["rep"], row["date"]), ("dana@meridian.example", "2026-03-03"))
        self.assertTrue(row["message"])

    def test_explain_says_why_and_why_not(self):
        r = self.h.run("explain", "--rep", "dana@meridian.example", "--date", "2026-03-03", "--config", self.h.file).stdout
        self.assertIn("Northwind", r)
        self.assertIn("leadership", r)
        self.assertIn("Harbor Foods", r)
        only = self.h.run("explain", "Northwind", "--rep", "dana@meridian.example", "--date", "2026-03-03", "--config", self.h.file).stdout
        self.assertIn("Northwind", only)
        self.assertNotIn("Harbor Foods", only)

    def test_a_rep_nobody_knows(self):
        r = self.h.run("brief", "--rep", "nobody@meridian.example", "--config", self.h.file, check=False)
        self.assertNotEqual(r.returncode, 0)
        self.assertIn("nobody@meridian.example", r.stderr)


class Copies(unittest.TestCase):
    def test_backup_while_it_runs_and_back_again(self):
        h = House("2026-03-03T06:00:00Z", '[team]\nzone = "Europe/Berlin"\n')
        self.addCleanup(h.kill)
        h.imported("reps.csv", REPS)
        h.imported("accounts.csv", "name,owner_email\nNorthwind,dana@meridian.example\n")
        h.start()
        copy = os.path.join(h.folder, "copy.db")
        h.run("backup", copy, "--config", h.file)
        busy = h.run("restore", copy, "--config", h.file, check=False)
        self.assertNotEqual(busy.returncode, 0, "restored under a running daemon")
        h.stop()
        h.imported("more.csv", "name,owner_email\nHarbor Foods,dana@meridian.example\n")
        self.assertEqual(len(h.rows("select * from accounts")), 2)
        h.run("restore", copy, "--config", h.file)
        self.assertEqual([a["name"] for a in h.rows("select * from accounts")], ["Northwind"])
        h.start()  # and it serves from it
        self.assertEqual(h.get("/-/ready")[0], 200)
        h.stop()

    def test_a_copy_that_is_none(self):
        h = House("2026-03-03T06:00:00Z", "")
        h.imported("reps.csv", REPS)
        path = os.path.join(h.folder, "none.db")
        with open(path, "w") as f:
            f.write("this is no database")
        self.assertNotEqual(h.run("restore", path, "--config", h.file, check=False).returncode, 0)
        self.assertEqual(len(h.rows("select * from reps")), 2)  # nothing was lost


class Texts(unittest.TestCase):
    """The commands that read and understand text: no config, no database, JSON Lines in and out in the same order."""

    def lines(self, *args, rows):
        with tempfile.TemporaryDirectory() as empty:
            r = subprocess.run([BINARY, *args], input="".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows), capture_output=True, text=True, cwd=empty, timeout=120)
            self.assertEqual(r.returncode, 0, r.stderr)
            self.assertEqual(os.listdir(empty), [])
        out = [json.loads(line) for line in r.stdout.splitlines()]
        self.assertEqual(len(out), len(rows))
        return out

    def test_signals_classify(self):
        with tempfile.NamedTemporaryFile("w", suffix=".txt") as accounts:
            accounts.write("Northwind\nHarbor Foods\n")
            accounts.flush()
            a, b, c = self.lines("signals", "classify", "--accounts", accounts.name, rows=[
                {"id": "a", "title": "Harbor Foods raises $40 million in Series B funding", "published": "2026-03-02T10:00:00Z"}, "{broken", {"id": "c", "title": "Ten tips for a better lawn", "published": "2026-03-02T10:00:00Z", "unknown": 1}])
        self.assertEqual((a["id"], a["kind"], a["companies"]), ("a", "funding", ["Harbor Foods"]))
        self.assertIn("error", b)
        self.assertEqual((c["id"], c["kind"]), ("c", "none"))

    def test_companies_match(self):
        with tempfile.NamedTemporaryFile("w", suffix=".json") as accounts:
            json.dump([{"id": "n", "name": "Northwind", "ticker": "NWND", "aliases": ["Northwind Traders"], "domain": "northwind.example"}], accounts)
            accounts.flush()
            a, b = self.lines("companies", "match", "--accounts", accounts.name, rows=[{"id": 1, "text": "Northwind Traders opens a store"}, {"id": 2, "text": "a north wind blows"}])
        self.assertEqual((a["matches"], b["matches"]), (["n"], []))

    def test_date_parse(self):
        a, b = self.lines("date", "parse", rows=[{"id": 1, "now": "2026-03-03T10:00:00+01:00", "tz": "Europe/Berlin", "text": "next Tuesday at 3pm", "lang": "en"},
                                                 {"id": 2, "now": "2026-03-03T10:00:00+01:00", "tz": "Europe/Berlin", "text": "whenever", "lang": "en"}])
        self.assertEqual((a["date"], a["time"]), ("2026-03-10", "15:00"))
        self.assertIsNone(b["date"])

    def test_outcome_parse(self):
        a, = self.lines("outcome", "parse", rows=[{"id": 1, "now": "2026-03-03T10:00:00+01:00", "tz": "Europe/Berlin", "text": "spoke with Jerry, working on it in 6 months, talk to Ann Lee in ops"}])
        self.assertEqual(a["disposition"], "connected")
        self.assertEqual(a["referrals"][0]["name"], "Ann Lee")
        self.assertEqual(a["follow_up"]["date"], "2026-09-03")

    def test_lint(self):
        facts = {"contact": {"name": "Jerry Smith", "role": "EVP Sales"}, "account": "Northwind", "events": [{"what": "Northwind names Maria Voss chief financial officer", "date": "2026-03-02", "source": "Reuters"}]}
        good = ("Jerry, I read on 2 March that Maria Voss joins Northwind as chief financial officer. When a leader comes, the open promises usually land with the people next to "
                "the chair, and everybody looks at the plan again long before anyone says so. What has that changed for you so far, and which part of it is hardest right now?")
        a, b = self.lines("lint", "opener", rows=[{"id": 1, "text": good, "facts": facts}, {"id": 2, "text": "Hi Jerry, how are you? I am calling from Acme, the leading provider of synergies, to set up a time to chat.", "facts": facts}])
        self.assertTrue(a["ok"], a)
        self.assertFalse(b["ok"])
        self.assertTrue(all({"rule", "why", "span"} <= set(f) for f in b["findings"]))
        mail, = self.lines("lint", "mail", rows=[{"id": 1, "text": "To: jerry@northwind.example\nBcc: x@y.example\nSubject: Hi\n\nJust following up."}])
        self.assertIn("header_injection", [f["rule"] for f in mail["findings"]])

    def test_feed_read(self):
        feeds = Feeds()
        feeds.rss("/f.xml", [{"title": "One", "url": "https://news.example/1", "date": "Mon, 02 Mar 2026 09:00:00 GMT"}])
        with tempfile.NamedTemporaryFile("wb", suffix=".xml") as f:
            f.write(feeds.files["/f.xml"][0])
            f.flush()
            a, = self.lines("feed", "read", "--jsonl", rows=[{"file": f.name, "content_type": "application/rss+xml", "base": "https://news.example/"}])
        self.assertEqual((a["entries"][0]["title"], a["entries"][0]["published"][:19]), ("One", "2026-03-02T09:00:00"))

    def test_one_command_line_each(self):
        for args, wanted in ((("date", "parse", "next Tuesday", "--now", "2026-03-03T10:00:00Z"), "2026-03-10"), (("outcome", "parse", "left a voicemail for Jerry"), "voicemail")):
            r = whynow(*args)
            with self.subTest(args):
                self.assertEqual(r.returncode, 0, r.stderr)
                self.assertIn(wanted, r.stdout)


if __name__ == "__main__":
    unittest.main()
