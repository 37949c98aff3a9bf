"""A working fortnight: news to brief to answer to mail to return to digest, on Slack, Teams and the console, in three zones, over a change of clocks."""
import json
import unittest
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from support.team import FIRST_NEWS, Team

ZONES = {"dana@acme.example": "America/New_York", "bernd@acme.example": "Europe/Berlin", "yuki@acme.example": "Asia/Tokyo"}
CALLED = {"dana@acme.example": ("Jerry", "Jerry Smith", "jerry@northwind.example", "Northwind"),
          "bernd@acme.example": ("Tom", "Tom Reyes", "tom@harbor.example", "Harbor Foods"),
          "yuki@acme.example": ("Kenji", "Kenji Mori", "kenji@kansai.example", "Kansai Robotics")}


def iso(at):
    return at.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def morning(email, day):
    """08:00 where the rep lives, as an instant."""
    return datetime.fromisoformat(f"{day}T08:00:00").replace(tzinfo=ZoneInfo(ZONES[email])).astimezone(timezone.utc)


class Fortnight(unittest.TestCase):
    def setUp(self):
        self.team = Team("2026-03-01T20:00:00Z")
        self.house = self.team.house

    def tearDown(self):
        self.team.close()

    def id_of(self, email):
        return self.house.rows("SELECT id FROM reps WHERE email = ?", email)[0]["id"]

    def brief_row(self, email, day):
        rows = self.house.rows("SELECT b.* FROM briefs b JOIN reps r ON r.id = b.rep WHERE r.email = ? AND b.day = ?", email, str(day))
        self.assertLessEqual(len(rows), 1)
        return rows[0] if rows else None

    def live_through(self, first, last, plan):
        """Every morning of every rep from `first` to `last`: nothing a minute early, one brief on the minute on a working day."""
        mornings = []
        day = first
        while day <= last:
            mornings += [(morning(email, day), email, day) for email in ZONES]
            day += timedelta(days=1)
        for at, email, day in sorted(mornings):
            chat = self.team.reps[email]
            before = len(chat.briefs())
            self.house.clock(iso(at - timedelta(minutes=1)))
            self.assertIsNone(self.brief_row(email, day), f"{email} {day}: early")
            self.house.clock(iso(at))
            row = self.brief_row(email, day)
            if day.weekday() >= 5:
                self.assertIsNone(row, f"{email} {day}: on a weekend")
                self.assertEqual(len(chat.briefs()), before)
            else:
                self.assertIsNotNone(row, f"{email} {day}: no brief")
                self.assertEqual(row["planned_at"], int(at.timestamp()))
                self.assertEqual(row["late"], 0)
                self.assertEqual(len(chat.briefs()), before + 1, f"{email} {day}: not exactly one message")
                self.assertEqual(chat.briefs()[-1].id, row["message_id"])
            if (email, str(day)) in plan:
                plan[email, str(day)](email, chat, day)

    # ---- hand-overs ----

    def check_events(self):
        for title, kind, account in FIRST_NEWS:
            rows = self.house.rows("SELECT e.*, a.name AS account FROM events e JOIN event_accounts x ON x.event = e.id JOIN accounts a ON a.id = x.account WHERE e.title = ?", title)
            self.assertEqual([(r["kind"], r["account"], r["happened_on"]) for r in rows], [(kind, account, "2026-03-01")])
            self.assertIn(title, rows[0]["evidence"])
            self.assertEqual(rows[0]["activity"], 0)

    def first_day(self, email, chat, day):
        first, name, address, account = CALLED[email]
        brief = chat.briefs()[-1]
        title = next(t for t, _, a in FIRST_NEWS if a == account)
        self.assertIn("1 call worth making today", brief.words)
        self.assertIn(name, brief.words)
        self.assertIn(title, brief.words)
        card = self.house.rows("SELECT c.*, k.name FROM cards c JOIN briefs b ON b.id = c.brief JOIN contacts k ON k.id = c.contact WHERE b.message_id = ? AND b.rep = ?",
                               brief.id, self.id_of(email))
        self.assertEqual([c["name"] for c in card], [name])
        self.assertTrue(card[0]["reason_key"].startswith("event:"))
        mails = len(self.team.mail.mails)
        chat.says(f"spoke with {first}, they use Contoso, working on it in 6 months, talk to Ann Lee in ops", about=brief.id)

        o = self.house.rows("SELECT * FROM outcomes WHERE rep = ?", self.id_of(email))
        self.assertEqual(len(o), 1)
        o = o[0]
        self.assertEqual((o["disposition"], o["day"], o["card"], o["follow_up_date"]), ("connected", str(day), card[0]["id"], "2026-09-02"))
        self.assertEqual(set(json.loads(o["results"])) - {"has_vendor"}, {"interested_later", "referral"})
        self.assertEqual(self.house.rows("SELECT kind, value, withdrawn FROM facts WHERE outcome = ?", o["id"]), [{"kind": "vendor", "value": "Contoso", "withdrawn": 0}])
        self.assertEqual(self.house.rows("SELECT name, title, generation, withdrawn, may_name FROM referrals WHERE outcome = ?", o["id"]),
                         [{"name": "Ann Lee", "title": "ops", "generation": 1, "withdrawn": 0, "may_name": None}])
        self.assertEqual(self.house.rows("SELECT due, promised, state FROM nurture WHERE outcome = ?", o["id"]), [{"due": "2026-08-12", "promised": "2026-09-02", "state": "waiting"}])

        # What was understood stands in the chat with its drafts; the brief shows the call as done; nothing has left.
        self.assertIn("✓", chat.by_id(brief.id).words)
        card = chat.last("Understood")
        self.assertIn("Thank-you to " + first, card.words.replace("THANK-YOU TO " + first.upper(), "Thank-you to " + first))
        self.assertEqual(len(self.team.mail.mails), mails)
        self.send_thanks(email, chat, card, address, o["id"])
        self.send_referral(email, chat, o["id"])

    def send_thanks(self, email, chat, card, address, outcome):
        draft = self.house.rows("SELECT * FROM drafts WHERE outcome = ? AND kind = 'thank_you'", outcome)[0]
        value = f"draft:{draft['id']}:1"
        chat.taps("approve", card, value)
        for _ in range(2):  # the same tap again, and a tap on the card as it was
            chat.taps("approve", card, value)
        mails = [m for m in self.team.mail.mails if address in m[1]]
        self.assertEqual(len(mails), 1)
        self.assertEqual(mails[0][1], [address])
        mail = self.team.mail.to(address)[0]
        self.assertEqual(mail["Message-ID"], f"<draft.{draft['id']}.1@acme.example>")
        self.assertEqual(mail["To"].addresses[0].addr_spec, address)
        self.assertEqual(mail["From"].addresses[0].addr_spec, "sales@acme.example")
        self.assertEqual(mail["Reply-To"].addresses[0].addr_spec, email)
        self.assertIsNone(mail["Cc"])
        self.assertIsNone(mail["Bcc"])
        self.assertEqual(mail["Subject"], draft["subject"])
        self.assertEqual(" ".join(mail.get_content().split()), " ".join(draft["body"].split()))
        self.assertEqual(int(mail["Date"].datetime.timestamp()), int(datetime.fromisoformat(self.house.now.replace("Z", "+00:00")).timestamp()))
        self.assertEqual(self.house.rows("SELECT state FROM drafts WHERE id = ?", draft["id"]), [{"state": "sent"}])
        self.assertIn(f"sent to {address}", chat.last("Understood").words.lower())

    def send_referral(self, email, chat, outcome):
        first, name, _, account = CALLED[email]
        to = f"ann.lee@{account.split()[0].lower()}.example"
        card = chat.last("Understood")
        draft = self.house.rows("SELECT * FROM drafts WHERE outcome = ? AND kind = 'referral'", outcome)[0]
        self.assertNotIn(name, draft["subject"] + draft["body"])  # not allowed to name them yet
        chat.taps("may_name", card)
        draft = self.house.rows("SELECT * FROM drafts WHERE id = ?", draft["id"])[0]
        self.assertIn(name, draft["subject"])
        old = f"draft:{draft['id']}:{draft['revision']}"
        # An address that is none is refused, in the dialog; a good one and a word of one's own are taken.
        self.assertTrue(chat.fills("edit", card, {"to": "not an address"}, value=old))
        body = draft["body"].replace("Thank you for reading this.", "Thank you for reading this, and good luck with the plant.")
        self.assertNotEqual(body, draft["body"])
        self.assertFalse(chat.fills("edit", card, {"to": to, "body": body}, value=old))
        chat.taps("approve", card, old)  # a late tap on the text as it was: nothing goes out
        self.assertEqual(self.team.mail.to(to), [])
        now = self.house.rows("SELECT * FROM drafts WHERE id = ?", draft["id"])[0]
        self.assertEqual((now["recipient"], now["state"], now["revision"]), (to, "proposed", draft["revision"] + 1))
        chat.taps("approve", chat.last("Understood"), f"draft:{draft['id']}:{now['revision']}")
        mails = self.team.mail.to(to)
        self.assertEqual(len(mails), 1)
        self.assertEqual(mails[0]["Message-ID"], f"<draft.{draft['id']}.{now['revision']}@acme.example>")
        self.assertIn("good luck with the plant", mails[0].get_content())
        self.assertEqual(mails[0]["Subject"], f"{name} suggested I write to you")

    def second_day(self, email, chat, day):
        first, name, _, account = CALLED[email]
        brief = chat.briefs()[-1]
        self.assertIn("1 call worth making today", brief.words)
        self.assertIn("Ann Lee", brief.words)
        self.assertIn(name, brief.words)  # who suggested her
        self.assertEqual([c["kind"] for c in self.house.rows("SELECT c.kind FROM cards c JOIN briefs b ON b.id = c.brief WHERE b.rep = ? AND b.day = ?", self.id_of(email), str(day))],
                         ["referral"])
        # No answer by a tap, undone, and no answer again: one call in the end.
        chat.taps("no_answer", brief)
        self.assertEqual([(r["disposition"], r["undone"]) for r in self.calls(email, day)], [("no_answer", 0)])
        chat.taps("undo", chat.last("Understood", "Ann Lee"))
        self.assertEqual([(r["disposition"], r["undone"]) for r in self.calls(email, day)], [("no_answer", 1)])
        self.assertTrue(chat.by_id(brief.id).has("no_answer"), "the call is open again")
        chat.taps("no_answer", chat.by_id(brief.id))
        self.assertEqual([r["disposition"] for r in self.calls(email, day) if not r["undone"]], ["no_answer"])
        late = chat.taps("snooze", brief)  # a late tap says how it stands and changes nothing
        self.assertTrue("No answer" in late or chat.holding("logged already: No answer"), late)  # in Slack it is a word of its own
        self.assertEqual([r["disposition"] for r in self.calls(email, day) if not r["undone"]], ["no_answer"])
        self.assertEqual([c["state"] for c in self.house.rows("SELECT c.state FROM cards c JOIN briefs b ON b.id = c.brief WHERE b.rep = ? AND b.day = ?", self.id_of(email), str(day))],
                         ["answered"])

    def calls(self, email, day):
        return self.house.rows("SELECT * FROM outcomes WHERE rep = ? AND day = ? ORDER BY id", self.id_of(email), str(day))

    def check_digest(self):
        """What the manager reads on Monday, counted once more from the rows."""
        self.assertEqual(len(self.team.max.holding("Week of")), 1)
        shown = self.team.max.last("Week of 2 March to 8 March")
        week = "o.day BETWEEN '2026-03-02' AND '2026-03-08' AND o.undone = 0"
        calls = self.house.rows(f"SELECT count(*) n FROM outcomes o WHERE {week}")[0]["n"]
        talks = self.house.rows(f"SELECT count(*) n FROM outcomes o WHERE {week} AND o.disposition IN ('connected', 'gatekeeper', 'hung_up')")[0]["n"]
        hits = self.house.rows(f"SELECT count(*) n FROM outcomes o WHERE {week} AND o.disposition IN ('connected', 'gatekeeper', 'hung_up') AND EXISTS (SELECT 1 FROM json_each(o.results) j"
                               " WHERE j.value IN ('meeting_booked', 'interested_later', 'needs_info', 'call_back', 'referral'))")[0]["n"]
        referrals = self.house.rows("SELECT count(*) n FROM referrals WHERE withdrawn = 0 AND named_on BETWEEN '2026-03-02' AND '2026-03-08'")[0]["n"]
        self.assertEqual((calls, talks, hits, referrals), (6, 3, 3, 3))
        self.assertIn(f"{hits} hits in {talks} conversations from {calls} calls, {referrals} referrals", shown.words)
        briefs = self.house.rows("SELECT count(*) n FROM briefs WHERE day BETWEEN '2026-03-02' AND '2026-03-08'")[0]["n"]
        nothing = self.house.rows("SELECT count(*) n FROM briefs b WHERE day BETWEEN '2026-03-02' AND '2026-03-08' AND NOT EXISTS (SELECT 1 FROM cards c WHERE c.brief = b.id)")[0]["n"]
        self.assertIn(f"3 reps · {briefs} briefs · {nothing} of them with nothing compelling", shown.words)

    def check_return(self, email, day):
        first, name, _, _ = CALLED[email]
        brief = self.team.reps[email].briefs()[-1]
        self.assertIn(name, brief.words)
        self.assertIn("6 months", brief.words)
        cards = self.house.rows("SELECT c.kind, k.name, c.content FROM cards c JOIN briefs b ON b.id = c.brief JOIN contacts k ON k.id = c.contact WHERE b.rep = ? AND b.day = ?", self.id_of(email), day)
        self.assertIn((name, "own_date"), [(c["name"], c["kind"]) for c in cards])
        self.assertIn("Contoso", brief.words)  # known, not to be asked again

    def test_a_working_fortnight(self):
        self.team.news([t for t, _, _ in FIRST_NEWS], "Sun, 01 Mar 2026 18:00:00 GMT")
        self.house.start()
        self.team.bernd.installs()
        plan = {(email, "2026-03-02"): self.first_day for email in ZONES} | {(email, "2026-03-03"): self.second_day for email in ZONES}
        self.live_through(date(2026, 3, 2), date(2026, 3, 2), plan)
        self.check_events()
        self.live_through(date(2026, 3, 3), date(2026, 3, 9), plan)
        self.check_digest()
        self.live_through(date(2026, 3, 10), date(2026, 3, 13), {})
        self.assertEqual(self.house.rows("SELECT count(*) n FROM briefs")[0]["n"], 30)
        # New York's clocks went forward on the 8th: 13:00 UTC before, 12:00 after.
        hours = [datetime.fromtimestamp(r["planned_at"], timezone.utc).hour for r in self.house.rows("SELECT planned_at FROM briefs WHERE rep = ? ORDER BY day", self.id_of("dana@acme.example"))]
        self.assertEqual(hours, [13] * 5 + [12] * 5)
        # Three weeks before the six months are over; down to the minute, in the summer's hours.
        self.house.clock("2026-08-11T22:59:00Z")
        for email, (_, name, _, _) in CALLED.items():
            self.assertEqual(self.house.rows("SELECT state FROM nurture n JOIN reps r ON r.id = n.rep WHERE r.email = ?", email), [{"state": "waiting"}])
        for at, email in (("2026-08-11T23:00:00Z", "yuki@acme.example"), ("2026-08-12T06:00:00Z", "bernd@acme.example"), ("2026-08-12T12:00:00Z", "dana@acme.example")):
            self.house.clock(at)
            self.check_return(email, "2026-08-12")
        self.assertEqual(self.team.slack.problems, [])
        self.assertEqual(self.team.teams.problems, [])
        self.assertEqual(self.house.rows("SELECT * FROM outbox WHERE state <> 'sent'"), [])
        self.house.stop()


if __name__ == "__main__":
    unittest.main()
