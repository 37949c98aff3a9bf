"""kill -9 at every point that matters, and peers that fail: nothing acknowledged is lost, nothing is said twice that must not be."""
import http.client
import unittest
import urllib.error
from datetime import datetime, timedelta, timezone

from support.platforms import j
from support.team import DANA, FIRST_NEWS, Team

WORDS = "working on it in 6 months, talk to Ann Lee in ops"
CUT = (urllib.error.URLError, ConnectionError, http.client.HTTPException, TimeoutError)


class Struck(unittest.TestCase):
    def setUp(self):
        self.team = Team("2026-03-02T05:00:00Z")
        self.house = self.team.house
        self.team.news([t for t, _, _ in FIRST_NEWS], "Sun, 01 Mar 2026 18:00:00 GMT")

    def tearDown(self):
        self.team.close()

    def begin(self, now="2026-03-02T13:00:00Z"):
        """Up and running, every rep with a brief."""
        self.house.start()
        self.team.bernd.installs()
        self.house.clock(now)

    def strike(self, fault, action):
        """Starts again with the fault armed, does it, sees the process die by its own hand, starts again; gives what the action gave."""
        self.house.stop()
        self.house.start(fault=fault)
        got = None
        try:
            got = action()
        except CUT:
            pass
        try:
            if self.house.process.poll() is None:
                self.house.settle()
        except CUT:
            pass
        self.assertTrue(self.house.died(10), f"{fault} was not reached")
        self.house.start()
        self.house.settle()
        self.later(130)
        return got

    def later(self, seconds):
        at = datetime.fromisoformat(self.house.now.replace("Z", "+00:00")) + timedelta(seconds=seconds)
        self.house.clock(at.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"))

    def all_well(self):
        self.assertEqual(self.house.rows("PRAGMA integrity_check")[0]["integrity_check"], "ok")
        self.assertEqual(self.house.rows("PRAGMA foreign_key_check"), [])
        self.assertEqual(self.house.rows("SELECT rep, day, count(*) n FROM briefs GROUP BY rep, day HAVING n > 1"), [])
        self.assertEqual(self.house.rows("SELECT id, channel, purpose, state, problem FROM outbox WHERE state IN ('pending', 'sending')"), [])
        self.assertEqual(self.house.rows("SELECT * FROM inbox WHERE state = 'new'"), [])
        self.assertEqual(self.team.slack.problems + self.team.teams.problems, [])


class Briefs(Struck):
    def test_a_brief_in_slack_is_seen_once(self):
        for day, fault in enumerate(["brief.planned", "brief.committed", "outbox.claimed", "outbox.delivered", "outbox.recorded"]):
            with self.subTest(fault=fault):
                if day == 0:
                    self.house.start()
                at = f"2026-03-{2 + day:02}T13:00:00Z"
                self.house.clock(f"2026-03-{2 + day:02}T12:59:00Z")
                before = len(self.team.dana.briefs())
                self.strike(fault, lambda: self.house.clock(at))
                self.assertEqual(len(self.team.dana.briefs()), before + 1)
                row = self.house.rows("SELECT b.* FROM briefs b JOIN reps r ON r.id = b.rep WHERE r.name = 'Dana Fox' AND b.day = ?", at[:10])
                self.assertEqual(row[0]["message_id"], self.team.dana.briefs()[-1].id, "the message is known by its id")
                self.all_well()

    def test_a_crash_while_looking_back_loses_no_brief(self):
        self.house.start()
        self.house.clock("2026-03-02T12:59:00Z")
        self.house.stop()
        self.house.start(fault="outbox.claimed")
        try:
            self.house.clock("2026-03-02T13:00:00Z")
        except CUT:
            pass
        self.assertTrue(self.house.died())
        self.house.start(fault="outbox.claimed")  # dies again, now in the look-up
        try:
            self.house.settle()
        except CUT:
            pass
        self.assertTrue(self.house.died())
        self.assertEqual(self.team.dana.briefs(), [])
        self.house.start()
        self.house.settle()
        self.later(130)
        self.assertEqual(len(self.team.dana.briefs()), 1)
        self.all_well()

    def test_a_brief_in_teams_is_seen_at_most_twice(self):
        self.house.start()
        self.team.bernd.installs()
        # Not a Friday: then a week is told in Tokyo at the same minute, and which of the two is recorded first is chance.
        for day, fault, most in ((2, "brief.planned", 1), (3, "brief.committed", 1), (4, "outbox.claimed", 1), (5, "outbox.delivered", 2), (10, "outbox.recorded", 1)):
            with self.subTest(fault=fault):
                at = f"2026-03-{day:02}T07:00:00Z"
                self.house.clock(f"2026-03-{day:02}T06:59:00Z")
                before = len(self.team.bernd.briefs())
                self.strike(fault, lambda: self.house.clock(at))
                seen = len(self.team.bernd.briefs()) - before
                self.assertTrue(1 <= seen <= most, seen)
                self.all_well()
        self.house.clock("2026-03-11T07:00:00Z")
        self.assertIn("worth making today", self.team.bernd.briefs()[0].words)

    def test_a_brief_on_the_console_is_seen_once(self):
        self.house.start()
        for day, fault in enumerate(["outbox.claimed", "outbox.delivered", "outbox.recorded"]):
            with self.subTest(fault=fault):
                self.house.clock(f"2026-03-{2 + day:02}T22:59:00Z")
                before = len(self.team.yuki.briefs())
                self.strike(fault, lambda: self.house.clock(f"2026-03-{2 + day:02}T23:00:00Z"))
                self.assertEqual(len(self.team.yuki.briefs()), before + 1)
                self.all_well()


class Answers(Struck):
    def once(self, chat, rep, name):
        o = self.house.rows("SELECT o.* FROM outcomes o JOIN reps r ON r.id = o.rep WHERE r.name = ? AND o.undone = 0", rep)
        self.assertEqual([x["disposition"] for x in o], ["connected"])
        self.assertEqual(len(self.house.rows("SELECT * FROM drafts WHERE outcome = ? AND kind = 'thank_you' AND state = 'proposed'", o[0]["id"])), 1)
        self.assertEqual(len(self.house.rows("SELECT * FROM drafts WHERE outcome = ? AND kind = 'referral' AND state = 'proposed'", o[0]["id"])), 1)
        self.assertEqual(len(self.house.rows("SELECT * FROM referrals WHERE outcome = ? AND withdrawn = 0", o[0]["id"])), 1)
        self.assertEqual(len(self.house.rows("SELECT * FROM nurture WHERE outcome = ? AND state = 'waiting'", o[0]["id"])), 1)
        self.assertEqual(len(self.house.rows("SELECT * FROM contacts WHERE name = 'Ann Lee'")), 1)
        self.assertEqual(len(chat.holding("Understood", name)), 1)

    def words_in_slack(self, fault):
        self.begin()
        brief = self.team.dana.briefs()[-1]
        say = lambda: self.house.slack_text(DANA, "spoke with Jerry, " + WORDS, thread=brief.id, ts="1772456500.000100", event_id="EvCRASH")[0]
        acknowledged = self.strike(fault, say) == 200
        if acknowledged:
            self.once(self.team.dana, "Dana Fox", "Jerry Smith")
        self.assertEqual(say(), 200)  # Slack says it again when it has seen no answer, and sometimes when it has
        self.house.settle()
        self.once(self.team.dana, "Dana Fox", "Jerry Smith")
        self.all_well()

    def test_words_in_slack_inbox_accepted(self):
        self.words_in_slack("inbox.accepted")

    def test_words_in_slack_inbox_committed(self):
        self.words_in_slack("inbox.committed")

    def test_words_in_slack_answer_applied(self):
        self.words_in_slack("answer.applied")

    def test_words_in_slack_answer_committed(self):
        self.words_in_slack("answer.committed")

    def test_words_in_teams(self):
        self.begin()
        say = lambda: self.team.bernd.text("spoke with Tom, " + WORDS, id="activity-7")
        self.strike("inbox.committed", say)
        self.assertEqual(say(), 200)
        self.house.settle()
        self.once(self.team.bernd, "Bernd Weber", "Tom Reyes")
        self.all_well()

    def test_a_tap_in_teams_has_its_whole_effect_or_none(self):
        self.begin()
        for fault in ("effect.applied", "effect.committed"):
            with self.subTest(fault=fault):
                brief = self.team.bernd.briefs()[0]
                value = f"card:{self.house.rows('SELECT c.id FROM cards c JOIN briefs b ON b.id = c.brief JOIN reps r ON r.id = b.rep WHERE r.name = ?', 'Bernd Weber')[0]['id']}"
                tap = lambda: self.team.bernd.click("no_answer", value, brief.id, id="invoke-" + fault)
                self.strike(fault, tap)
                tap()
                self.house.settle()
                calls = self.house.rows("SELECT o.* FROM outcomes o JOIN reps r ON r.id = o.rep WHERE r.name = 'Bernd Weber' AND o.undone = 0")
                self.assertEqual([c["disposition"] for c in calls], ["no_answer"])
                self.assertEqual(len(self.team.bernd.holding("Understood", "No answer")), 1)
                self.all_well()


class Mails(Struck):
    def approve(self):
        self.begin()
        self.team.dana.says("spoke with Jerry, no fit", about=self.team.dana.briefs()[-1].id)
        card = self.team.dana.last("Understood")
        return lambda: self.house.slack_click(DANA, card.id, "approve", card.value("approve"))

    def state(self):
        return self.house.rows("SELECT state FROM drafts WHERE kind = 'thank_you'")[0]["state"]

    def never_again(self, approve, most):
        self.later(7200)
        approve()
        self.house.settle()
        self.house.clock("2026-03-03T13:00:00Z")
        self.assertLessEqual(len(self.team.mail.mails), most)

    def test_killed_before_the_mail(self):
        approve = self.approve()
        self.strike("mail.sending", approve)
        self.assertEqual((self.state(), len(self.team.mail.mails)), ("unknown", 0))
        self.assertEqual(len(self.team.dana.holding("did not say whether it took the mail to Jerry Smith")), 1)
        self.never_again(approve, 0)

    def test_killed_after_the_mail(self):
        approve = self.approve()
        self.strike("mail.answered", approve)
        self.assertEqual((self.state(), len(self.team.mail.mails)), ("unknown", 1))
        self.assertEqual(len(self.team.dana.holding("did not say whether it took the mail to Jerry Smith")), 1)
        self.never_again(approve, 1)

    def test_an_unknown_mail_does_not_hold_up_the_next_to_that_person(self):
        approve = self.approve()
        self.strike("mail.answered", approve)
        self.house.clock("2026-03-04T13:00:00Z")
        self.team.dana.says("spoke with Jerry again, call me back in 3 months")
        fresh = self.team.dana.holding("Understood", "Jerry")[-1]
        if fresh.has("approve"):
            self.team.dana.taps("approve", fresh)
            self.assertEqual(self.house.rows("SELECT count(*) n FROM outbox WHERE channel = 'mail' AND state = 'pending'")[0]["n"], 0)

    def test_no_answer_after_the_mail(self):
        self.team.mail.after_data["jerry@northwind.example"] = None
        approve = self.approve()
        approve()
        self.house.settle()
        self.assertEqual((self.state(), len(self.team.mail.mails)), ("unknown", 1))
        self.assertEqual(len(self.team.dana.holding("did not say whether it took the mail to Jerry Smith")), 1)
        self.never_again(approve, 1)

    def test_a_dead_address(self):
        self.team.mail.refuse["jerry@northwind.example"] = "550 5.1.1 no such user"
        approve = self.approve()
        approve()
        self.house.settle()
        self.assertEqual((self.state(), self.team.mail.mails), ("failed", []))
        self.assertEqual(len(self.team.dana.holding("The mail to Jerry Smith was refused")), 1)
        self.assertEqual([r["email"] for r in self.house.rows("SELECT email FROM suppressions")], ["jerry@northwind.example"])
        self.never_again(approve, 0)

    def test_a_server_that_says_later(self):
        self.team.mail.refuse["jerry@northwind.example"] = "451 4.7.1 greylisted"
        self.approve()()
        self.house.settle()
        self.assertEqual((self.state(), self.team.mail.mails), ("approved", []))
        self.team.mail.refuse.clear()
        self.later(120)
        self.assertEqual((self.state(), len(self.team.mail.mails)), ("sent", 1))


class Peers(Struck):
    def posts(self):
        return len([1 for name, a in self.team.slack.calls if name == "chat.postMessage"])

    def test_slack_posts_and_then_the_line_breaks(self):
        self.house.start()
        self.team.slack.fail["chat.postMessage"] = ["drop_after"]
        self.house.clock("2026-03-02T13:00:00Z")
        self.later(30)
        self.assertEqual((len(self.team.dana.briefs()), self.posts()), (1, 1))
        self.assertEqual(self.house.rows("SELECT b.message_id m FROM briefs b JOIN reps r ON r.id = b.rep WHERE r.name = 'Dana Fox'")[0]["m"], self.team.dana.briefs()[0].id)
        self.all_well()

    def test_slack_breaks_before_it_posts(self):
        self.house.start()
        self.team.slack.fail["chat.postMessage"] = ["drop_before", j(500, {"ok": False}), j(200, {"ok": False, "error": "internal_error"})]
        self.house.clock("2026-03-02T13:00:00Z")
        for _ in range(6):
            self.later(60)
        self.assertEqual((len(self.team.dana.briefs()), self.posts()), (1, 4))
        self.all_well()

    def test_slack_says_500_after_it_posted(self):
        self.house.start()
        slack, do = self.team.slack, self.team.slack.do
        once = []

        def posts_and_says_500(name, a, *team):
            r = do(name, a, *team)
            return j(500, {"ok": False}) if name == "chat.postMessage" and not once and not once.append(1) else r
        slack.do = posts_and_says_500
        self.house.clock("2026-03-02T13:00:00Z")
        self.later(60)
        self.assertEqual((len(self.team.dana.briefs()), self.posts()), (1, 1))
        self.all_well()

    def test_slack_asks_to_wait(self):
        self.house.start()
        self.team.slack.fail["chat.postMessage"] = [j(429, {"ok": False, "error": "ratelimited"}, **{"Retry-After": "2"})]
        self.house.clock("2026-03-02T13:00:00Z")
        self.assertEqual(self.posts(), 1)
        self.later(1)
        self.assertEqual(self.posts(), 1)
        self.later(2)
        self.assertEqual((self.posts(), len(self.team.dana.briefs())), (2, 1))
        self.all_well()

    def test_teams_posts_and_then_the_line_breaks(self):
        self.house.start()
        self.team.bernd.installs()
        for day, faults in enumerate((["drop_after"], ["drop_after", "drop_after"], [j(502, {})])):
            self.team.teams.fail = list(faults)
            self.house.clock(f"2026-03-{2 + day:02}T07:00:00Z")
            for _ in range(4):
                self.later(60)
            today = len(self.team.bernd.briefs())
            self.assertLessEqual(today, 2 * (day + 1))
            self.assertGreaterEqual(today, day + 1)
        # The one whose fate nobody will ever know holds nothing up.
        before = len(self.team.bernd.briefs())
        self.house.clock("2026-03-05T07:00:00Z")
        self.assertEqual(len(self.team.bernd.briefs()), before + 1)
        self.all_well()

    def test_teams_asks_to_wait(self):
        self.house.start()
        self.team.bernd.installs()
        self.team.teams.fail = [j(429, {}, **{"Retry-After": "1"})]
        self.house.clock("2026-03-02T07:00:00Z")
        self.assertEqual(len(self.team.bernd.briefs()), 0)
        self.later(2)
        self.assertEqual(len(self.team.bernd.briefs()), 1)
        self.all_well()


if __name__ == "__main__":
    unittest.main()
