"""What comes in from outside: every request has its one right answer, and no effect beyond the first."""
import base64
import contextlib
import http.client
import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import time
import unittest
import urllib.parse

from support.house import BINARY, instant
from support.platforms import FakeSlack
from support.team import BERND, DANA, FIRST_NEWS, MAX, Team

TOKEN = {"Authorization": "Bearer a-long-random-word", "Content-Type": "application/json"}


class Doors(unittest.TestCase):
    """One house for all: 13:30 UTC on Monday 2 March, every rep with a brief. No test leaves an outcome behind unless it says so."""

    @classmethod
    def setUpClass(cls):
        cls.team = Team("2026-03-02T05:00:00Z", server='public_url = "https://whynow.acme.example"')
        cls.house = cls.team.house
        cls.team.news([t for t, _, _ in FIRST_NEWS], "Sun, 01 Mar 2026 18:00:00 GMT")
        cls.house.start()
        cls.team.bernd.installs()
        cls.house.clock("2026-03-02T13:00:00Z")
        cls.house.clock("2026-03-02T13:30:00Z")

    @classmethod
    def tearDownClass(cls):
        cls.team.close()

    def count(self, table):
        return self.house.rows(f"SELECT count(*) n FROM {table}")[0]["n"]

    def marks(self):
        return [self.count(t) for t in ("inbox", "outcomes", "outbox", "drafts", "facts", "referrals")]


class Slack(Doors):
    def event(self, text, event_id, ts="1772458200.000001", user=DANA):
        return json.dumps({"type": "event_callback", "team_id": "T1", "api_app_id": "A1", "event_id": event_id, "event_time": instant(self.house.now),
                           "authorizations": [{"team_id": "T1", "user_id": "UBOT", "is_bot": True}],
                           "event": {"type": "message", "channel": "D" + user[1:], "channel_type": "im", "user": user, "text": text, "ts": ts, "event_ts": ts}}).encode()

    def test_no_effect_without_a_good_signature(self):
        now = instant(self.house.now)
        body = self.event("spoke with Jerry, no fit", "EvForged")
        good = FakeSlack.sign(body, now)
        before = self.marks()
        cases = {
            "unsigned": {"X-Slack-Signature": None, "X-Slack-Request-Timestamp": None},
            "no signature": {"X-Slack-Signature": None},
            "no stamp": {"X-Slack-Request-Timestamp": None},
            "another secret": {"X-Slack-Signature": FakeSlack.sign(body, now, "0" * 32)},
            "another body": {"X-Slack-Signature": FakeSlack.sign(body + b" ", now)},
            "replayed": {"X-Slack-Request-Timestamp": str(now - 301), "X-Slack-Signature": FakeSlack.sign(body, now - 301)},
            "from the future": {"X-Slack-Request-Timestamp": str(now + 301), "X-Slack-Signature": FakeSlack.sign(body, now + 301)},
            "stamp of another signature": {"X-Slack-Request-Timestamp": str(now - 1)},
            "no number": {"X-Slack-Request-Timestamp": "now"},
            "cut short": {"X-Slack-Signature": good[:-1]},
            "upper case": {"X-Slack-Signature": good.upper()},
            "other version": {"X-Slack-Signature": "v1=" + good[3:]},
            "empty": {"X-Slack-Signature": ""},
        }
        for door in ("/slack/events", "/slack/interactivity", "/slack/commands"):
            for name, headers in cases.items():
                with self.subTest(door=door, case=name):
                    self.assertEqual(self.house.slack(door, body, headers=headers)[0], 401)
        self.house.settle()
        self.assertEqual(self.marks(), before)

    def raw(self, path, body, headers):
        """For what a decent client would not send: repeated headers, lengths that lie."""
        with socket.create_connection(("127.0.0.1", self.house.port), timeout=10) as s:
            s.sendall(f"POST {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n".encode() + "".join(f"{k}: {v}\r\n" for k, v in headers).encode() + b"\r\n" + body)
            s.shutdown(socket.SHUT_WR)
            answer = b""
            while part := s.recv(65536):
                answer += part
        return int(answer.split()[1]) if answer else 0

    def test_a_header_given_twice_is_refused(self):
        now = instant(self.house.now)
        body = self.event("spoke with Jerry, no fit", "EvTwice")
        good, before = FakeSlack.sign(body, now), self.marks()
        base = [("Content-Type", "application/json"), ("Content-Length", len(body)), ("X-Slack-Request-Timestamp", now), ("X-Slack-Signature", good)]
        self.assertEqual(self.raw("/slack/events", body, base + [("X-Slack-Signature", good)]), 401)
        self.assertEqual(self.raw("/slack/events", body, base + [("x-slack-request-timestamp", now)]), 401)
        self.assertIn(self.raw("/slack/events", body, base + [("Content-Length", len(body) + 1)]), (400,))
        self.assertIn(self.raw("/slack/events", body, base + [("Transfer-Encoding", "chunked")]), (400,))
        self.assertIn(self.raw("/slack/events", body[:40], base), (0, 400, 408), "a body that ends early")
        self.assertEqual(self.marks(), before)

    def test_bodies_that_are_none(self):
        before = self.marks()
        whole = self.event("spoke with Jerry, no fit", "EvBroken")
        for name, body in {"truncated": whole[:-20], "empty": b"", "no JSON": b"hello", "a list": b"[]", "deep": b'{"a":' * 5000 + b"1" + b"}" * 5000,
                           "form without a payload": b"x=1", "payload cut": b"payload=%7B%22type%22"}.items():
            with self.subTest(case=name):
                status, answer = self.house.slack("/slack/events", body)
                self.assertEqual(status, 400, answer)
        self.assertEqual(self.house.slack("/slack/events", b" " * (1 << 20) + b"1")[0], 413)
        self.assertEqual(self.house.request("POST", "/slack/events", b"{}", {"X-Slack-Signature": "v0=" + "0" * 70000})[0], 431)
        self.house.settle()
        self.assertEqual(self.marks(), before)

    def test_words_that_are_not_utf8_are_repaired_not_refused(self):
        body = self.event("spoke with nobody here", "EvBytes", ts="1772458201.5").replace(b"nobody", b"nob\xff\xfe")
        self.assertEqual(self.house.slack("/slack/events", body)[0], 200)
        self.house.settle()
        self.assertEqual(self.house.get("/-/ready")[0], 200)
        self.assertEqual(self.house.rows("SELECT * FROM inbox WHERE state <> 'done'"), [])

    def test_the_challenge_and_what_is_not_for_us(self):
        status, body = self.house.slack("/slack/events", b'{"type":"url_verification","challenge":"3eZbrw1a"}')
        self.assertEqual((status, body), (200, b"3eZbrw1a"))
        before = self.marks()
        for inner in ({"type": "message", "subtype": "channel_join", "channel": "D0DANA", "channel_type": "im", "user": DANA, "text": "x", "ts": "1.1"},
                      {"type": "message", "bot_id": "BBOT", "channel": "D0DANA", "channel_type": "im", "user": "UBOT", "text": "spoke with Jerry, no fit", "ts": "1.2"},
                      {"type": "reaction_added", "user": DANA}):
            body = json.dumps({"type": "event_callback", "team_id": "T1", "event_id": "EvX" + inner["type"] + str(inner.get("ts")), "event": inner}).encode()
            self.assertEqual(self.house.slack("/slack/events", body)[0], 200)
        self.house.settle()
        self.assertEqual(self.marks(), before)

    def test_somebody_else_taps_my_buttons(self):
        card = self.house.rows("SELECT c.id FROM cards c JOIN briefs b ON b.id = c.brief JOIN reps r ON r.id = b.rep WHERE r.name = 'Dana Fox'")[0]["id"]
        before = self.count("outcomes")
        for who in (MAX, "U0NOBODY"):
            for action in ("no_answer", "snooze", "not_a_reason", "form:log", "was_connected"):
                self.assertEqual(self.house.slack_click(who, "1.1", action, f"card:{card}")[0], 200)
        for value in ("card:999999", "card:-1", "card:", "", "draft:1:1", "outcome:99", "card:99999999999999999999", "x" * 2000):
            self.assertEqual(self.house.slack_click(DANA, "1.1", "no_answer", value)[0], 200)
        self.house.settle()
        self.assertEqual(self.count("outcomes"), before)
        self.assertEqual([c["state"] for c in self.house.rows("SELECT state FROM cards WHERE id = ?", card)], ["open"])


class Repeats(unittest.TestCase):
    def test_duplicates_and_disorder(self):
        team = Team("2026-03-02T05:00:00Z")
        self.addCleanup(team.close)
        house = team.house
        team.news([t for t, _, _ in FIRST_NEWS], "Sun, 01 Mar 2026 18:00:00 GMT")
        house.start()
        team.bernd.installs()
        house.clock("2026-03-02T13:00:00Z")
        brief = team.dana.briefs()[-1]
        # Slack: the same event again, at once and later, and the same words under a new event id.
        for event_id in ("Ev1", "Ev1", "Ev1", "Ev2"):
            self.assertEqual(house.slack_text(DANA, "spoke with Jerry, working on it in 6 months", thread=brief.id, ts="1772456500.000100", event_id=event_id)[0], 200)
        house.settle()
        house.clock("2026-03-02T13:02:00Z")
        self.assertEqual(house.slack_text(DANA, "spoke with Jerry, working on it in 6 months", thread=brief.id, ts="1772456500.000100", event_id="Ev1")[0], 200)
        house.settle()
        self.assertEqual(len(house.rows("SELECT * FROM outcomes")), 1)
        self.assertEqual(house.rows("SELECT revision FROM outcomes"), [{"revision": 1}])
        self.assertEqual(len(team.dana.holding("Understood")), 1)
        self.assertEqual(len(house.rows("SELECT * FROM drafts")), 1)
        # A correction in words, on the card: the last word holds, the old return is cancelled.
        card = team.dana.last("Understood")
        team.dana.says("sorry, in 3 months", about=card.id)
        self.assertEqual(house.rows("SELECT follow_up_date FROM outcomes"), [{"follow_up_date": "2026-06-02"}])
        self.assertEqual([r["promised"] for r in house.rows("SELECT promised FROM nurture WHERE state = 'waiting'")], ["2026-06-02"])
        # Undo twice: undone once.
        for _ in range(2):
            house.slack_click(DANA, card.id, "undo", card.value("undo"))
        house.settle()
        self.assertEqual(house.rows("SELECT undone FROM outcomes"), [{"undone": 1}])
        self.assertEqual(house.rows("SELECT * FROM nurture WHERE state = 'waiting'"), [])
        self.assertEqual(house.rows("SELECT * FROM drafts WHERE state <> 'discarded'"), [])
        # Teams: an invoke again with its id, then 30 s later with a new one.
        brief = team.bernd.briefs()[-1]
        for id in ("f:1", "f:1", "f:2"):
            team.bernd.click("no_answer", brief.value("no_answer"), brief.id, id=id)
        house.settle()
        self.assertEqual(len(house.rows("SELECT * FROM outcomes WHERE undone = 0")), 1)
        self.assertEqual(len(team.bernd.holding("Understood")), 1)
        # The delete of a message that never came, the edit before the message: no harm.
        for kind in ("messageUpdate", "messageDelete"):
            status, _ = house.teams(team.teams, team.teams.activity(BERND, type=kind, id="never-seen", text="spoke with Tom, no fit", timestamp="2026-03-02T13:02:00Z",
                                                                    channelData={"tenant": {"id": team.teams.TENANT}, "eventType": "editMessage"}))
            self.assertEqual(status, 200)
        house.settle()
        self.assertEqual(len(house.rows("SELECT * FROM outcomes WHERE undone = 0")), 1)
        self.assertEqual(house.rows("SELECT * FROM inbox WHERE state <> 'done'"), [])
        house.stop()

    def test_do_not_call_us_again_closes_at_once(self):
        team = Team("2026-03-02T05:00:00Z")
        self.addCleanup(team.close)
        house = team.house
        team.news([t for t, _, _ in FIRST_NEWS] + ["Lakeside Bank appoints Peter Hahn as chief information officer", "Orion Chemicals acquires Delta Paints", "Sakura Mobile to cut 300 jobs"],
                  "Sun, 01 Mar 2026 18:00:00 GMT")
        house.start()
        team.bernd.installs()
        house.clock("2026-03-02T13:00:00Z")
        for chat, first, name, other in ((team.dana, "Jerry", "Jerry Smith", "Paula"), (team.bernd, "Tom", "Tom Reyes", "Eva"), (team.yuki, "Kenji", "Kenji Mori", "Aiko")):
            with self.subTest(platform=chat.platform):
                brief = chat.briefs()[-1]
                self.assertIn("2 calls worth making today", brief.words)
                chat.says(f"spoke with {first}, interested, call back in 2 weeks", about=brief.id)
                card = chat.last("Understood", name)
                approve = card.value("approve")
                chat.says(f"{first} says do not call us again", about=brief.id)
                who = house.rows("SELECT * FROM contacts WHERE name = ?", name)[0]
                self.assertEqual(who["do_not_contact"], 1)
                self.assertEqual(house.rows("SELECT count(*) n FROM suppressions WHERE email = ?", who["email"])[0]["n"], 1)
                self.assertEqual(house.rows("SELECT * FROM nurture WHERE contact = ? AND state = 'waiting'", who["id"]), [])
                chat.taps("approve", card, approve)  # the mail that was waiting does not go out any more
                self.assertEqual(team.mail.to(who["email"]), [])
                # The other call: not a reason on one day; a late tap changes nothing.
                brief = chat.briefs()[-1]
                card_id = house.rows("SELECT c.id FROM cards c JOIN contacts k ON k.id = c.contact WHERE k.name LIKE ?", other + " %")[0]["id"]
                chat.taps("snooze" if chat.platform == "teams" else "not_a_reason", brief, f"card:{card_id}")
                state = "snoozed" if chat.platform == "teams" else "not_a_reason"
                self.assertEqual(house.rows("SELECT state FROM cards WHERE id = ?", card_id), [{"state": state}])
                self.assertIn("Snoozed" if chat.platform == "teams" else "was no reason", chat.by_id(brief.id).words)
                chat.taps("no_answer", brief, f"card:{card_id}")
                self.assertEqual(house.rows("SELECT state FROM cards WHERE id = ?", card_id), [{"state": state}])
        for day in ("2026-03-03T13:00:00Z", "2026-03-16T13:00:00Z", "2026-04-20T13:00:00Z"):
            house.clock(day)
        closed = [r["id"] for r in house.rows("SELECT id FROM contacts WHERE do_not_contact = 1")]
        self.assertEqual(len(closed), 3)
        later = house.rows("SELECT c.contact FROM cards c JOIN briefs b ON b.id = c.brief WHERE b.day > '2026-03-02'")
        self.assertFalse([r for r in later if r["contact"] in closed])
        self.assertEqual(team.slack.problems + team.teams.problems, [])
        house.stop()


class Teams(Doors):
    def message(self, **more):
        return self.team.teams.activity(BERND, type="message", text="spoke with Tom, no fit", **more)

    def test_no_effect_without_a_good_token(self):
        fake, now = self.team.teams, instant(self.house.now)
        before = self.marks()
        enc = lambda x: base64.urlsafe_b64encode(json.dumps(x).encode()).rstrip(b"=").decode()
        claims = {"iss": "https://api.botframework.com", "aud": fake.APP, "serviceurl": fake.service_url, "nbf": now - 60, "exp": now + 3600}
        good = fake.token(now)
        head, body, mac = good.split(".")
        cases = {
            "expired": fake.token(now, exp=now - 301),
            "not yet": fake.token(now, nbf=now + 301),
            "no end": fake.token(now, exp=None),
            "for another bot": fake.token(now, aud="22222222-2222-3333-4444-555555555555"),
            "for nobody": fake.token(now, aud=None),
            "another issuer": fake.token(now, iss="https://evil.example"),
            "alg none": enc({"alg": "none", "typ": "JWT", "kid": "k1"}) + "." + enc(claims) + ".",
            "alg none with a signature": enc({"alg": "none", "kid": "k1"}) + "." + enc(claims) + "." + mac,
            "alg HS256": enc({"alg": "HS256", "typ": "JWT", "kid": "k1"}) + "." + body + "." + mac,
            "another key": enc({"alg": "RS256", "typ": "JWT", "kid": "k9"}) + "." + body + "." + mac,
            "other claims": head + "." + enc({**claims, "exp": now + 9999}) + "." + mac,
            "no signature": head + "." + body + ".",
            "rubbish": "rubbish",
        }
        for name, token in cases.items():
            with self.subTest(case=name):
                self.assertEqual(self.house.teams(fake, self.message(), token=token)[0], 401)
        for name, (token, activity) in {
            "another service address in the token": (fake.token(now, serviceurl="https://evil.example/"), self.message()),
            "another service address in the body": (good, {**self.message(), "serviceUrl": "https://evil.example/"}),
            "no service address": (fake.token(now, serviceurl=None), self.message()),
            "both say a host that is not ours": (fake.token(now, serviceurl="https://evil.example/"), {**self.message(), "serviceUrl": "https://evil.example/"}),
            "another tenant": (good, {**self.message(), "conversation": {"id": "a:x", "conversationType": "personal", "tenantId": "other"}, "channelData": {"tenant": {"id": "other"}}}),
            "two tenants": (good, {**self.message(), "channelData": {"tenant": {"id": "other"}}}),
            "another channel": (good, {**self.message(), "channelId": "webchat"}),
        }.items():
            with self.subTest(case=name):
                self.assertEqual(self.house.teams(fake, activity, token=token)[0], 403)
        self.assertEqual(self.house.request("POST", "/teams/messages", json.dumps(self.message()).encode())[0], 401)
        for body in (b"", b"{", b"[]", b'"x"'):
            self.assertEqual(self.house.request("POST", "/teams/messages", body, {"Authorization": "Bearer " + good})[0], 400, body)
        self.house.settle()
        self.assertEqual(self.marks(), before)

    def test_a_foreign_tap_and_a_foreign_invoke(self):
        before = self.count("outcomes")
        card = self.house.rows("SELECT c.id FROM cards c JOIN briefs b ON b.id = c.brief JOIN reps r ON r.id = b.rep WHERE r.name = 'Dana Fox'")[0]["id"]
        self.assertIn("belongs to somebody else", self.team.bernd.click("no_answer", f"card:{card}", "act1"))
        status, _ = self.house.teams(self.team.teams, self.team.teams.activity(BERND, type="invoke", name="composeExtension/query", value={}))
        self.assertEqual(status, 501)
        self.assertEqual(self.count("outcomes"), before)


class Signals(Doors):
    def post(self, body, headers=TOKEN):
        status, answer = self.house.request("POST", "/signals", body if isinstance(body, bytes) else json.dumps(body).encode(), headers)
        return status, json.loads(answer)

    def signal(self, id, **more):
        return {"id": id, "title": "Orion Chemicals acquires Delta Paints", "url": f"https://ours.example/{id}", "published": "2026-03-02T09:00:00Z", **more}

    def test_who_may(self):
        before = self.count("signals")
        for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic a-long-random-word"}, {"Authorization": "Bearer "}, {"Authorization": "Bearer a-long-random-wordx"}):
            self.assertEqual(self.post(self.signal("x"), headers)[0], 401)
        self.assertEqual(self.count("signals"), before)

    def test_good_repeated_and_bad_ones(self):
        before = self.count("signals")
        status, answer = self.post([self.signal("a"), self.signal("b", title="Sakura Mobile raises $9 million"), {"title": "no address"}, self.signal("c", published="soon"),
                                    self.signal("d", url="javascript:alert(1)"), self.signal("e", kind="gossip"), "words"])
        self.assertEqual((answer["accepted"], answer["duplicates"], len(answer["rejected"])), (2, 0, 5), answer)
        self.assertIn(status, (200, 202, 207))
        status, answer = self.post([self.signal("a"), self.signal("b", title="Sakura Mobile raises $9 million")])
        self.assertEqual((answer["accepted"], answer["duplicates"]), (0, 2), answer)
        self.assertEqual(self.count("signals"), before + 2)
        for body, want in ((b"", 400), (b"{", 400), (b"7", 400), (b"\xff\xfe{}", 400), (b"[" * 200 + b"]" * 200, 413), (b"[" + b'{},' * 3000 + b"{}]", 413), (b" " * (2 << 20) + b"1", 413)):
            status, _ = self.house.request("POST", "/signals", body, TOKEN)
            self.assertEqual(status, want, body[:20])
        self.assertEqual(self.house.rows("SELECT a.name FROM events e JOIN event_accounts x ON x.event = e.id JOIN accounts a ON a.id = x.account WHERE e.title LIKE 'Orion%'"), [{"name": "Orion Chemicals"}])


class Pages(Doors):
    def test_every_page_is_there_and_safe(self):
        for path in ("/", "/team", "/drafts", "/signals", "/admin"):
            with self.subTest(path=path):
                c = http.client.HTTPConnection("127.0.0.1", self.house.port, timeout=10)
                c.request("GET", path)
                r = c.getresponse()
                body = r.read().decode()
                self.assertEqual(r.status, 200)
                self.assertTrue(r.headers["Content-Type"].startswith("text/html"))
                self.assertIn("default-src 'none'", r.headers["Content-Security-Policy"])
                self.assertEqual(r.headers["X-Content-Type-Options"], "nosniff")
                self.assertNotIn("<script>", body)
                for asset in re.findall(r'(?:src|href)="(/assets/[^"]+)"', body):
                    self.assertEqual(self.house.get(asset)[0], 200, asset)
        self.assertEqual(self.house.get("/nowhere")[0], 404)
        self.assertEqual(self.house.request("POST", "/team", b"")[0], 405)
        for path in ("/assets/../whynow.toml", "/assets/%2e%2e%2fwhynow.toml", "/../etc/passwd"):
            self.assertIn(self.house.get(path)[0], (400, 404))
        self.assertEqual(self.house.get("/-/healthy")[0], 200)

    def test_an_admin_decides_about_what_ended_unsent(self):
        with contextlib.closing(sqlite3.connect(self.house.db, timeout=20)) as db:
            rows = []
            for n, state in enumerate(("dead", "dead", "sent")):
                rows.append(db.execute("INSERT INTO outbox (channel, order_key, unique_key, purpose, payload, state, tries, due, first_tried, problem, created_at)"
                                       " VALUES ('slack', ?, ?, 'notice', '{}', ?, 3, 0, 0, 'channel_not_found', 0)", (f"k{n}", f"letter{n}", state)).lastrowid)
            db.commit()
        again, drop, sent = rows
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        self.assertIn(f"/admin/letters/{again}/again", self.house.get("/admin")[1].decode())
        for elsewhere in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
            self.assertEqual(self.house.request("POST", f"/admin/letters/{drop}/drop", b"", {**form, **elsewhere})[0], 403)
        for path, status in ((f"/admin/letters/{again}/again", 200), (f"/admin/letters/{drop}/drop", 200), (f"/admin/letters/{sent}/again", 200),
                             (f"/admin/letters/{drop}/burn", 404), ("/admin/letters/x/drop", 404)):
            self.assertEqual(self.house.request("POST", path, b"", {**form, "Sec-Fetch-Site": "same-origin"})[0], status, path)  # 303 is followed to the page
        self.house.settle()
        states = {r["id"]: r["state"] for r in self.house.rows("SELECT id, state FROM outbox")}
        self.assertEqual(states[drop], "dropped")
        self.assertEqual(states[sent], "sent")
        self.assertNotEqual(states[again], "dead")
        self.assertNotIn(f"/admin/letters/{drop}/", self.house.get("/admin")[1].decode())

    def test_metrics_name_nobody(self):
        self.house.get("/unsubscribe/nobody@example.com")
        self.house.get("/wp-login.php?user=Jerry")
        status, body = self.house.get("/metrics")
        text = body.decode()
        self.assertEqual(status, 200)
        self.assertIn("whynow_outbox_rows", text)
        for name in ("Dana", "Bernd", "Jerry", "Northwind", "acme.example", "nobody", "wp-login", DANA, BERND, "Harbor", "@"):
            self.assertNotIn(name, text)
        for line in text.splitlines():
            self.assertRegex(line, r'^(# (HELP|TYPE) |[a-zA-Z_:][a-zA-Z0-9_:]*(\{("[^"]*"|[^"}])*\})? -?[0-9+.eInfNa-]+$)')
        self.assertEqual(len({l for l in text.splitlines() if l.startswith("# TYPE")}), len([l for l in text.splitlines() if l.startswith("# TYPE")]))

    def test_the_console_takes_json_only(self):
        body = json.dumps({"user": "yuki@acme.example", "kind": "message", "text": "spoke with Kenji, no fit", "id": "x1"}).encode()
        before = self.marks()
        for type in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data"):
            self.assertEqual(self.house.request("POST", "/console/events", body, {"Content-Type": type})[0], 415)
        for broken in (b"{", b"[]", b'{"user":""}', b'{"user":7}'):
            self.assertEqual(self.house.request("POST", "/console/events", broken, {"Content-Type": "application/json"})[0], 400)
        self.assertEqual(self.marks(), before)


class Unsubscribe(Doors):
    def test_one_post_no_login(self):
        dana = self.team.dana
        dana.says("spoke with Jerry, talk to Ann Lee in ops, ann.lee@northwind.example", about=dana.briefs()[-1].id)
        draft = self.house.rows("SELECT * FROM drafts WHERE kind = 'referral'")[0]
        self.assertEqual(draft["recipient"], "ann.lee@northwind.example")
        dana.taps("approve", dana.last("Understood"), f"draft:{draft['id']}:{draft['revision']}")
        mail = self.team.mail.to("ann.lee@northwind.example")[0]
        self.assertEqual(mail["List-Unsubscribe-Post"], "List-Unsubscribe=One-Click")
        url = re.fullmatch(r"<(https://whynow\.acme\.example/unsubscribe/[0-9a-f-]+)>", mail["List-Unsubscribe"]).group(1)
        self.assertIn(url, "".join(mail.get_content().split()))
        path = urllib.parse.urlparse(url).path
        gone = lambda: self.house.rows("SELECT email FROM suppressions")
        status, page = self.house.get(path)
        self.assertEqual((status, gone()), (200, []), "looking changes nothing")
        self.assertNotIn(b"ann.lee", page)
        token = path.rsplit("/", 1)[1]
        for forged in (token[:-1] + ("0" if token[-1] != "0" else "1"), token.split("-")[0] + "-", "x", "jerry@northwind.example".encode().hex() + "-" + token.split("-")[1], "0" * 3000):
            for method in ("GET", "POST"):
                self.assertIn(self.house.request(method, "/unsubscribe/" + forged, b"List-Unsubscribe=One-Click")[0], (404, 414, 431))
        self.assertEqual(gone(), [])
        for _ in range(2):
            status, _ = self.house.request("POST", path, b"List-Unsubscribe=One-Click", {"Content-Type": "application/x-www-form-urlencoded"})
            self.assertEqual(status, 200)
        self.assertEqual(gone(), [{"email": "ann.lee@northwind.example"}])


class LifeCycle(unittest.TestCase):
    def setUp(self):
        self.team = Team("2026-03-02T05:00:00Z")
        self.house = self.team.house
        self.addCleanup(self.team.close)

    def log(self):
        with open(self.house.log.name, errors="replace") as f:
            return f.read()

    def wait_for(self, words, times=1):
        until = time.time() + 10
        while self.log().count(words) < times:
            self.assertLess(time.time(), until, self.log()[-2000:])
            time.sleep(0.02)

    def test_sigterm_finishes_what_is_under_way(self):
        self.team.news([t for t, _, _ in FIRST_NEWS], "Sun, 01 Mar 2026 18:00:00 GMT")
        self.house.start()
        self.house.clock("2026-03-02T13:00:00Z")
        c = http.client.HTTPConnection("127.0.0.1", self.house.port, timeout=10)
        c.request("GET", "/-/healthy")  # a kept-alive connection must not hold the end up
        c.getresponse().read()
        for n in range(5):
            self.house.slack_text(DANA, f"spoke with Jerry, no fit {n}", thread=self.team.dana.briefs()[-1].id)
        before = time.time()
        self.house.process.send_signal(signal.SIGTERM)
        self.assertEqual(self.house.process.wait(15), 0)
        self.assertLess(time.time() - before, 10)
        self.assertEqual(self.house.rows("SELECT * FROM outbox WHERE state = 'sending'"), [])
        self.assertIn('"stopped"', self.log())
        self.house.start()
        self.house.settle()
        self.assertEqual(self.house.rows("SELECT * FROM inbox WHERE state = 'new'"), [])
        self.assertEqual(len(self.house.rows("SELECT * FROM outcomes WHERE undone = 0")), 1)
        self.house.stop()

    def test_a_bad_file_leaves_the_old_configuration(self):
        self.team.news([t for t, _, _ in FIRST_NEWS], "Sun, 01 Mar 2026 18:00:00 GMT")
        self.house.start()
        good = open(self.house.file).read()
        for n, bad in enumerate([good.replace('zone = "Europe/Berlin"', 'zone = "Europe/Nowhere"'), good + "\n[[", good + '\n[tema]\nzone = "UTC"\n', "", good.replace("clock = true", "clock = 7")]):
            if not bad:
                continue
            with open(self.house.file, "w") as f:
                f.write(bad)
            before = self.log().count("reload_refused")
            self.house.process.send_signal(signal.SIGHUP)
            self.wait_for("reload_refused", before + 1)
            self.assertEqual(self.house.get("/-/ready")[0], 200)
        self.assertRegex(self.log(), r"whynow\.toml:\d+:\d+: .*Europe/Nowhere")
        self.house.clock("2026-03-02T13:00:00Z")
        self.assertEqual(len(self.team.dana.briefs()), 1)
        # A good one takes effect: briefs at nine from now on.
        with open(self.house.file, "w") as f:
            f.write(good.replace('company = "Acme Tools"', 'company = "Acme Tools"\nbrief_at = "09:00"'))
        self.house.process.send_signal(signal.SIGHUP)
        self.wait_for('"reloaded"')
        self.house.clock("2026-03-03T13:59:00Z")
        self.assertEqual(len(self.team.dana.briefs()), 1)
        self.house.clock("2026-03-03T14:00:00Z")
        self.assertEqual(len(self.team.dana.briefs()), 2)
        self.house.stop()

    def test_it_does_not_start_with_mistakes(self):
        good = open(self.house.file).read()
        with open(self.house.file, "w") as f:
            f.write(good.replace('signing_secret = "', 'signing_secrt = "'))
        r = subprocess.run([BINARY, "serve", "--config", self.house.file], capture_output=True, text=True, timeout=20)
        self.assertEqual(r.returncode, 2)
        self.assertIn("did you mean signing_secret?", r.stderr)
        self.assertNotIn(FakeSlack.TOKEN, r.stderr)
        with open(self.house.file, "w") as f:
            f.write(good)

    def test_secrets_stay_out_of_the_log(self):
        self.house.start()
        self.team.bernd.installs()
        self.house.slack("/slack/events", b"{}", secret="0" * 32)
        self.house.clock("2026-03-02T13:00:00Z")
        self.house.stop()
        for secret in (FakeSlack.TOKEN, FakeSlack.SECRET, "teams-secret", "connector-token", "a-long-random-word"):
            self.assertNotIn(secret, self.log())


if __name__ == "__main__":
    unittest.main()
