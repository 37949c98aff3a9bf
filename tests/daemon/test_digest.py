"""The digest: every figure again by plain SQL over a made-up fortnight, every list as long as its figure, the same numbers in every format; what cannot
be answered says why; and the week that each rep is told alone."""
import csv
import io
import json
import random
import sqlite3
import unittest
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from support import plain_sql
from support.house import House
from support.team import Team

ZONES = ["America/Los_Angeles", "America/New_York", "Europe/Berlin", "Asia/Kolkata", "Asia/Tokyo", "Pacific/Auckland", ""]
RESULTS = ["meeting_booked", "interested_later", "not_interested", "referral", "needs_info", "has_vendor", "call_back", "do_not_contact", "already_solved"]
HOW = ["connected", "connected", "connected", "voicemail", "no_answer", "gatekeeper", "wrong_number", "hung_up", "not_called", ""]
MONDAY = date(2026, 11, 9)
STRUGGLES = ["Carriers that cancel", "carriers that cancel", "Renewals slip", "renewals slip", "hiring", "stock counts"]


class Rows:
    """Writes rows as they lie in the store; what is not said is empty."""

    def __init__(self, path):
        self.db = sqlite3.connect(path)
        self.columns = {}

    def add(self, table, **values):
        if table not in self.columns:
            self.columns[table] = [(c[1], c[2]) for c in self.db.execute(f"PRAGMA table_info({table})") if c[3] and not c[5]]
        for name, kind in self.columns[table]:
            values.setdefault(name, "" if kind == "text" else 0)
        return self.db.execute(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({', '.join('?' * len(values))})", list(values.values())).lastrowid


def book(house, reps=10):
    lines = [f"Rep {n},rep{n}@acme.example,{ZONES[n % len(ZONES)]},{'big' if n < 7 else 'small'}@acme.example,{[0, 10, 12, 16][n % 4]},rep" for n in range(reps)]
    managers = [f"{who.title()},{who}@acme.example,Europe/Berlin,,0,manager" for who in ("big", "small")] + ["Ada,ada@acme.example,UTC,,0,admin"]
    house.imported("reps.csv", "name,email,zone,manager_email,daily_calls,role\n" + "\n".join(lines + managers) + "\n")
    house.imported("accounts.csv", "name,domain\n" + "".join(f"Company {n},c{n}.example\n" for n in range(40)))
    house.imported("contacts.csv", "name,title,account,email\n" + "".join(f"Person {n},VP Operations,Company {n % 40},p{n}@c{n % 40}.example\n" for n in range(120)))


def fortnight(path, seed=7):
    """Five weeks around a fortnight, with all that can befall a call: undone, corrected, told twice, told of an old card, of none."""
    dice, rows = random.Random(seed), Rows(path)
    reps = [(r[0], r[1]) for r in rows.db.execute("SELECT id, zone FROM reps WHERE role = 'rep' ORDER BY id")]
    contacts = rows.db.execute("SELECT id, account FROM contacts ORDER BY id").fetchall()
    events = []
    for n in range(60):
        signal = rows.add("signals", fingerprint=f"f{n}", source=dice.choice(["press", "edgar", "jobs"]), published=0, received=0) if n % 5 else None
        events.append(rows.add("events", kind=dice.choice(["leadership", "funding", "ma"]), scope="account", source="Reuters", state="reported", signal=signal))
    old_cards = []
    for offset in range(-21, 14):
        day = MONDAY + timedelta(days=offset)
        if day.weekday() >= 5 and dice.random() < 0.8:
            continue
        for rep, zone in reps:
            at = int(datetime.fromisoformat(f"{day}T09:00:00").replace(tzinfo=ZoneInfo(zone or "UTC")).timestamp())
            if dice.random() < 0.95:
                brief = rows.add("briefs", rep=rep, day=str(day), planned_at=at, budget=dice.randint(3, 8))
                for number in range(1, dice.choice([1, 1, 3, 4, 5, 6])):
                    one_card(rows, dice, rep, day, at, brief, number, contacts, events, old_cards)
            for _ in range(dice.choice([0, 0, 1, 2])):  # outside any brief
                contact, account = dice.choice(contacts)
                told(rows, dice, rep, day, at + dice.randint(0, 30000), None, contact, account, contacts)
    for rep, _ in reps:
        for _ in range(3):
            contact, account = dice.choice(contacts)
            rows.add("nurture", rep=rep, contact=contact, account=account, due="2026-11-10", promised=str(MONDAY + timedelta(days=dice.randint(-20, 20))), words="call me then",
                     state=dice.choice(["waiting", "shown", "done", "cancelled"]))
    rows.db.commit()
    rows.db.close()


def one_card(rows, dice, rep, day, at, brief, number, contacts, events, old_cards):
    contact, account = dice.choice(contacts)
    key = dice.choice([f"event:{dice.choice(events)}", f"event:{dice.choice(events)}", "referral:3", "return:4"])
    kind, scope, source = {"e": (dice.choice(["leadership", "funding", "ma"]), dice.choice(["account", "industry", "person"]), ""),
                           "r": ("referral" if key[2] == "f" else "own_date", "person", "")}[key[0]]
    if key[0] == "e":
        source = rows.db.execute("SELECT coalesce(g.source, e.source) FROM events e LEFT JOIN signals g ON g.id = e.signal WHERE e.id = ?", (key[6:],)).fetchone()[0]
    fate = dice.random()
    state = "answered" if fate < 0.7 else dice.choice(["open", "snoozed", "not_a_reason"])
    card = rows.add("cards", brief=brief, number=number, contact=contact, account=account, reason_key=key, kind=kind, scope=scope, source=source,
                    probability=round(dice.uniform(0.05, 0.6), 3), state=state)
    old_cards.append(card)
    if state != "answered":
        if fate > 0.95:  # answered, taken back, and taken back again: it stands open
            told(rows, dice, rep, day, at + 60, card, contact, account, contacts, undone=1)
            rows.db.execute("UPDATE cards SET state = 'open' WHERE id = ?", (card,))
        return
    for again in range(dice.choice([1, 1, 1, 1, 2])):  # told twice: the last word holds
        told(rows, dice, rep, day, at + 60 + again * 600, card, contact, account, contacts)
    if dice.random() < 0.1:
        told(rows, dice, rep, day, at + 90, card, contact, account, contacts, undone=1)
    if dice.random() < 0.1:  # of a card that was shown long ago
        told(rows, dice, rep, day, at + 95, dice.choice(old_cards), contact, account, contacts)


def told(rows, dice, rep, day, at, card, contact, account, contacts, undone=0):
    how = dice.choice(HOW)
    results = dice.sample(RESULTS, dice.choice([0, 1, 1, 2])) if how in ("connected", "gatekeeper", "hung_up") else []
    corrected = dice.random() < 0.2
    booked = "meeting_booked" in results and dice.random() < 0.8
    follow = str(day + timedelta(days=dice.randint(1, 12))) if booked else None
    outcome = rows.add("outcomes", card=card, rep=rep, contact=contact, account=account, told_at=at, day=str(day), source="text", source_ref="", disposition=how,
                       results=json.dumps(results), follow_up_date=follow, revision=2 if corrected else 1, undone=undone)
    stands = not undone
    if how == "connected" and dice.random() < 0.6:
        for withdrawn in ([1, 0] if corrected and stands else [int(not stands)]):
            rows.add("facts", account=account, contact=contact, kind="challenge", value=dice.choice(STRUGGLES), learned_by=rep, learned_at=at, outcome=outcome, withdrawn=withdrawn)
    if how in ("connected", "gatekeeper", "hung_up"):
        if corrected:
            rows.add("drafts", kind="thank_you", outcome=outcome, rep=rep, contact=contact, state="discarded", created_at=at + 1)
        if dice.random() < 0.9:
            rows.add("drafts", kind="thank_you", outcome=outcome, rep=rep, contact=contact, state=dice.choice(["sent", "sent", "proposed", "failed"]) if stands else "discarded", created_at=at + 2)
    if "referral" in results:
        rows.add("referrals", outcome=outcome, referrer=contact, referred=dice.choice(contacts)[0] if dice.random() < 0.8 else None, account=account, rep=rep, name="Ann Lee",
                 generation=dice.choice([1, 1, 1, 2, 3]), named_on=str(day), withdrawn=int(not stands))


class Figures(unittest.TestCase):
    NOW = "2026-11-20T15:00:00Z"

    @classmethod
    def setUpClass(cls):
        cls.house = House(cls.NOW, '[team]\nzone = "UTC"\n')
        book(cls.house)
        fortnight(cls.house.db)

    def run_it(self, *args, check=True):
        return self.house.run(*args, "--config", self.house.file, "--now", self.NOW, check=check)

    def json_of(self, *args):
        return [json.loads(line) for line in self.run_it("digest", "--format", "json", *args).stdout.splitlines()]

    def test_every_figure_is_what_the_rows_say(self):
        db = sqlite3.connect(self.house.db)
        for days in ([], ["--week", "2026-W46"], ["--week", "2026-W45"], ["--week", "2026-W49"]):
            answers = self.json_of(*days)
            self.assertEqual([a["manager"] for a in answers], ["big@acme.example", "small@acme.example", "ada@acme.example"])
            for answer in answers:
                with self.subTest(manager=answer["manager"], days=days):
                    self.assertEqual(plain_sql.differences(db, answer, "2026-11-20"), [])
        fortnight = {f["name"]: f["number"] for f in self.json_of("--manager", "ada@acme.example")[0]["figures"]}
        self.assertTrue(all(n > 0 for name, n in fortnight.items() if name != "feeds"), fortnight)  # the fortnight has everything in it

    def test_a_list_has_as_many_rows_as_its_figure_says(self):
        for who in ("big@acme.example", "ada@acme.example"):
            for figure in self.json_of("--manager", who)[0]["figures"]:
                with self.subTest(figure=figure["name"], manager=who):
                    out = self.run_it("explain", "figure", figure["name"], "--manager", who).stdout.splitlines()
                    rows = [json.loads(r) for r in self.run_it("explain", "figure", figure["name"], "--manager", who, "--json").stdout.splitlines()]
                    if figure["name"] == "saved":  # days; the figure is their sum
                        self.assertEqual(sum(int(a) - int(b) for a, b in (r["what"].removeprefix("usual calls: ").split(", logged: ") for r in rows)), figure["number"])
                    else:
                        self.assertEqual(len(rows), figure["number"])
                    self.assertEqual(len(out), 1 + max(1, len(rows)))
                    self.assertIn(f"{figure['number']:,}", out[0])
                    if figure["name"] != "overdue":
                        self.assertEqual([r for r in rows if r["rep"]], [])

    def test_every_format_says_the_same(self):
        who = ["--manager", "big@acme.example"]
        answer = self.json_of(*who)[0]
        said = {f["name"]: f for f in answer["figures"]}
        for row in csv.DictReader(io.StringIO(self.run_it("digest", *who, "--format", "csv").stdout)):
            if row["part"] == "all":
                self.assertEqual(int(row["number"]), said[row["figure"]]["number"])
                self.assertEqual(row["denominator"], "" if said[row["figure"]]["per"] is None else str(said[row["figure"]]["denominator"]))
        funnel = ("suggested", "calls", "conversations", "hits", "meetings", "held", "referrals")
        numbers = [said[name]["number"] for name in funnel]
        slack = json.loads(self.run_it("digest", *who, "--format", "slack").stdout)
        chart = next(b for b in slack["blocks"] if b["type"] == "data_visualization")
        self.assertEqual([p["value"] for p in chart["chart"]["series"][0]["data"]], numbers)
        teams = json.loads(self.run_it("digest", *who, "--format", "teams").stdout)
        self.assertEqual(teams["type"], "AdaptiveCard")
        bars = next(x for x in teams["body"] if x["type"].startswith("Chart."))
        self.assertEqual([p["y"] for p in bars["data"]], numbers)
        self.assertIn("fallback", bars)
        html = self.run_it("digest", *who, "--format", "html").stdout
        self.assertTrue(html.startswith("<!doctype html>"))
        self.assertNotIn("/assets/", html)
        self.assertEqual(html.count("<svg"), html.count('role="img" aria-label="'))
        text = self.run_it("digest", *who).stdout
        rate = f"{said['hits']['number']} hits in {said['hits']['denominator']} conversations"
        for shown in (text, html, json.dumps(slack, ensure_ascii=False), json.dumps(teams, ensure_ascii=False), answer["text"]):
            self.assertIn(rate, shown.replace("\\", ""))
        self.assertEqual(json.loads(self.run_it("digest", *who, "--json").stdout)["text"], text.split("\n", 1)[1][:-1])

    def test_few_are_few_and_small_groups_have_no_names(self):
        for answer in self.json_of():
            small = answer["manager"] == "small@acme.example"
            self.assertEqual(any(f"Rep {n}" in answer["text"] for n in range(10)), not small)  # overdue promises
            for figure in answer["figures"] + [f for part in plain_sql.PARTS for g in answer[part] for f in g["figures"]]:
                if figure["per"] is None or figure["denominator"] < 10:
                    self.assertIsNone(figure["rate"])
                elif figure["rate"] is not None:
                    self.assertLessEqual(figure["low"], figure["rate"])
                    self.assertLessEqual(figure["rate"], figure["high"])
            self.assertNotIn("by person", answer["text"])

    def test_people_are_ranked_where_that_is_switched_on_and_they_are_five(self):
        ranked = House(self.NOW, '[team]\nzone = "UTC"\nrank_people = true\n')
        book(ranked)
        fortnight(ranked.db)
        big, small, _ = ranked.run("digest", "--config", ranked.file, "--now", self.NOW).stdout.split("== ")[1:]
        self.assertIn("by person", big)
        self.assertNotIn("by person", small)

    def test_what_cannot_be_answered_says_why(self):
        for args, words in ((["digest", "--format", "png"], "png not in"), (["digest", "--manager", "nobody@acme.example"], "nobody@acme.example"),
                            (["digest", "--week", "W47"], "2026-W47"), (["digest", "--week", "2026-W54"], "2026-W54"), (["digest", "--format", "html"], "--manager"),
                            (["explain", "figure", "hit"], "hits, meetings"), (["explain", "figure", "hits", "--week", "2026-11-09"], "is no week"),
                            (["explain", "figure", "hits", "--manager", "x@y"], "x@y")):
            with self.subTest(args=args):
                r = self.run_it(*args, check=False)
                self.assertNotEqual(r.returncode, 0)
                self.assertIn(words, r.stderr)
                self.assertEqual(r.stdout, "")

    def test_an_empty_store(self):
        empty = House(self.NOW, '[team]\nzone = "UTC"\n')
        for args in (["digest"], ["digest", "--format", "csv"]):
            r = empty.run(*args, "--config", empty.file, check=False)
            self.assertEqual(r.returncode, 1)
            self.assertIn("nobody has the role manager", r.stderr)
        self.assertIn("Nothing is counted here", empty.run("explain", "figure", "hits", "--config", empty.file).stdout)
        empty.imported("reps.csv", "name,email,zone,manager_email,role\nMo,mo@acme.example,UTC,,manager\n")
        self.assertIn("nothing to report yet", empty.run("digest", "--config", empty.file).stdout)
        for format in ("slack", "teams", "html", "json", "csv"):
            self.assertTrue(empty.run("digest", "--config", empty.file, "--format", format).stdout)

    def test_pages_lead_to_the_lists(self):
        self.house.start()
        self.addCleanup(self.house.stop)
        page = self.house.get("/team?rep=ada@acme.example")[1].decode()
        link = page.split('href="/team/figures/hits?', 1)[1].split('"')[0].replace("&amp;", "&")
        status, body = self.house.get("/team/figures/hits?" + link)
        self.assertEqual(status, 200)
        hits = plain_sql.figures(sqlite3.connect(self.house.db), "", *[p.split("=")[1] for p in link.split("&")[:2]], "2026-11-20")["hits"]
        self.assertEqual(body.decode().count("<tr>"), hits[0] + 1)
        self.assertIn(f"{hits[0]} of {hits[1]} conversations", body.decode())
        status, body = self.house.get("/team/figures/luck")
        self.assertEqual(status, 404)
        self.assertIn(b"hits", body)
        for query in ("week=2026-W99", "from=2026-11-09", "from=2026-11-09&to=2026-11-01", "from=x&to=y"):
            self.assertEqual(self.house.get("/team/figures/hits?" + query)[0], 400)
        self.assertEqual(self.house.get("/team/figures/hits?week=2026-W46")[0], 200)


class OwnWeek(unittest.TestCase):
    def setUp(self):
        self.team = Team("2026-03-01T20:00:00Z")
        self.addCleanup(self.team.close)
        self.house = self.team.house
        self.team.news(["Northwind names Maria Voss chief financial officer", "Harbor Foods raises $40 million in Series B funding", "Kansai Robotics opens new plant in Osaka"],
                       "Sun, 01 Mar 2026 18:00:00 GMT")
        self.house.start()
        self.team.bernd.installs()

    def weeks(self, chat):
        return chat.holding("Your week, ")

    def test_once_on_the_last_working_day_to_the_rep_alone(self):
        house, team = self.house, self.team
        house.clock("2026-03-02T14:00:00Z")
        team.dana.says("spoke with Jerry, working on it in 6 months, talk to Ann Lee in ops")
        team.yuki.says("settings")
        self.assertFalse(team.yuki.fills("settings", team.yuki.last("Your settings", "Your own week"), {"own_digest": "no"}))
        house.clock("2026-03-06T14:59:00Z")  # Friday, 15:59 in Berlin
        self.assertEqual(self.weeks(team.bernd), [])
        house.clock("2026-03-06T15:00:00Z")
        house.clock("2026-03-06T20:59:00Z")  # 15:59 in New York
        self.assertEqual(self.weeks(team.dana), [])
        self.assertEqual(len(self.weeks(team.bernd)), 1)
        self.assertIn("No call is logged this week", self.weeks(team.bernd)[0].words)
        house.clock("2026-03-06T21:00:00Z")
        shown = self.weeks(team.dana)
        self.assertEqual(len(shown), 1)
        self.assertIn("1 call, 1 conversation, and 1 of them opened a door", shown[0].words)
        self.assertIn("1 person was named to you", shown[0].words)
        self.assertNotIn("%", shown[0].words)
        house.clock("2026-03-06T22:30:00Z")
        house.clock("2026-03-07T21:00:00Z")
        house.clock("2026-03-09T12:59:00Z")
        for chat, n in ((team.dana, 1), (team.bernd, 1), (team.yuki, 0)):
            self.assertEqual(len(self.weeks(chat)), n)
        self.assertEqual(house.rows("SELECT count(*) n FROM outbox WHERE payload LIKE '%own-week%'"), [{"n": 2}])
        self.assertEqual(team.slack.problems + team.teams.problems, [])

    def test_not_to_somebody_away_nor_after_a_week_without_briefs(self):
        house, team = self.house, self.team
        house.clock("2026-03-02T14:00:00Z")
        team.dana.says("pause until 2026-03-20")
        house.clock("2026-03-06T21:00:00Z")
        self.assertEqual(self.weeks(team.dana), [])
        house.clock("2026-03-13T21:30:00Z")
        self.assertEqual(self.weeks(team.dana), [])


if __name__ == "__main__":
    unittest.main()
