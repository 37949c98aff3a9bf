"""Socket Mode, with a house that has no public address: everything a rep does, repeats, refreshes, breaks, restarts."""
import json
import os
import time
import unittest

from support.house import instant
from support.platforms import FakeSlack, j
from support.sockets import Sockets
from support.team import DANA, FIRST_NEWS, Team


def until(true, seconds=20):
    end = time.time() + seconds
    while not true():
        assert time.time() < end, "waited too long"
        time.sleep(0.005)


class SocketMode(unittest.TestCase):
    def setUp(self):
        self.sockets = Sockets()
        self.addCleanup(self.sockets.close)

        def keys(fake):
            fake.sockets = self.sockets
            return f'bot_token = "{FakeSlack.TOKEN}"\napp_token = "{FakeSlack.APP_TOKEN}"'
        self.team = Team("2026-03-02T05:00:00Z", slack_keys=keys)
        self.addCleanup(self.team.close)
        self.house = self.team.house
        self.team.news([t for t, _, _ in FIRST_NEWS], "Sun, 01 Mar 2026 18:00:00 GMT")
        self.house.start()
        self.first, self.second = self.sockets.next(), self.sockets.next()
        self.turn = 0
        self.house.slack_socket = self.any
        self.house.clock("2026-03-02T13:00:00Z")

    def any(self):
        self.turn += 1
        standing = self.sockets.standing()
        return standing[self.turn % len(standing)]

    def event(self, text, event_id, ts):
        return {"type": "event_callback", "team_id": "T1", "api_app_id": "A1", "event_id": event_id, "event_time": instant(self.house.now),
                "authorizations": [{"team_id": "T1", "user_id": "UBOT", "is_bot": True}],
                "event": {"type": "message", "channel": "D" + DANA[1:], "channel_type": "im", "user": DANA, "text": text, "ts": ts, "event_ts": ts}}

    def metric(self, name):
        text = self.house.get("/metrics")[1].decode()
        return sum(float(line.split()[-1]) for line in text.splitlines() if line.startswith(name))

    def test_a_working_day_without_a_public_address(self):
        house, dana = self.house, self.team.dana
        self.assertEqual(house.request("POST", "/slack/events", b"{}")[0], 404, "no door without a signing secret")
        brief = dana.briefs()[-1]
        # Words, a tap that opens a dialog, a dialog refused and then taken, a command: all over sockets, over whichever.
        dana.says("spoke with Jerry, working on it in 6 months", about=brief.id)
        card = dana.last("Understood")
        self.assertEqual(len(house.rows("SELECT * FROM outcomes")), 1)
        self.assertTrue(dana.fills("edit", card, {"to": "not an address"}), "refused in the acknowledgement")
        self.assertFalse(dana.fills("edit", card, {"to": "jerry@northwind.example"}))
        status, _ = house.slack("/slack/commands", b"command=%2Fwhynow&text=Northwind&team_id=T1&user_id=" + DANA.encode() + b"&channel_id=D0DANA&trigger_id=t.1&response_url=")
        self.assertEqual(status, 200)
        house.settle()
        self.assertEqual(house.rows("SELECT * FROM inbox WHERE state <> 'done'"), [])
        self.assertEqual(self.metric("whynow_slack_socket_connections"), 2)
        self.assertEqual(self.sockets.problems + self.team.slack.problems, [])
        house.stop()
        for c in self.sockets.all:
            self.assertTrue(c.goodbye.wait(5), "the daemon says goodbye when it stops")

    def test_one_effect_however_often_and_over_whichever_connection_it_comes(self):
        body = self.event("spoke with Jerry, working on it in 6 months", "EvTwice", "1772456500.000100")
        for c, envelope, attempt in ((self.first, "e1", 0), (self.second, "e1", 0), (self.first, "e2", 1), (self.second, "e3", 2)):
            c.send({"envelope_id": envelope, "type": "events_api", "payload": body, "accepts_response_payload": False, "retry_attempt": attempt, "retry_reason": ""})
        for c, envelope in ((self.first, "e1"), (self.second, "e1"), (self.first, "e2"), (self.second, "e3")):
            self.assertEqual(c.acknowledgement(envelope), {"envelope_id": envelope})
        self.house.settle()
        self.assertEqual(len(self.house.rows("SELECT * FROM outcomes")), 1)
        self.assertEqual(len(self.team.dana.holding("Understood")), 1)
        self.assertEqual(self.metric("whynow_slack_socket_envelopes_total"), 4)
        # Rubbish is counted and hurts nobody.
        for rubbish in (b"{", b"[]", b'{"type":"events_api"}', b'{"payload":{}}'):
            self.first.send(rubbish)
        self.assertTrue(self.first.deliver("events_api", {"type": "event_callback"}, "e4"), "an unreadable payload is acknowledged: it would only come again")
        self.assertTrue(self.first.deliver("a_new_thing", {"type": "x"}, "e5"))
        self.assertGreaterEqual(self.metric("whynow_slack_socket_frames_refused_total"), 3)
        self.house.stop()

    def test_acknowledged_is_kept_over_a_crash(self):
        self.house.kill()
        self.house.start(fault="inbox.committed")
        a = self.sockets.next()
        said = a.deliver("events_api", self.event("spoke with Jerry, no fit", "EvCrash", "1772456500.000200"), "e1")
        self.assertIsNone(said, "it died between the commit and the acknowledgement")
        self.house.died()
        self.house.start()
        b = self.sockets.next()
        self.assertTrue(b.deliver("events_api", self.event("spoke with Jerry, no fit", "EvCrash", "1772456500.000200"), "e1", attempt=1))
        self.house.settle()
        self.assertEqual(len(self.house.rows("SELECT * FROM outcomes")), 1)
        self.house.kill()
        self.house.start(fault="inbox.accepted")
        c = self.sockets.next()
        self.assertIsNone(c.deliver("events_api", self.event("spoke with Paula, no answer", "EvEarly", "1772456500.000300"), "e2"), "nothing kept, nothing acknowledged")
        self.house.died()
        self.house.start()
        self.assertEqual(self.house.rows("SELECT * FROM inbox WHERE event_id = 'EvEarly'"), [])
        self.house.stop()

    def test_a_refresh_leaves_no_gap(self):
        for reason in ("warning", "refresh_requested"):
            old = self.sockets.standing()[0]
            old.send({"type": "disconnect", "reason": reason, "debug_info": {"host": "x"}})
            fresh = self.sockets.next()
            self.assertTrue(old.goodbye.wait(20), "the old one is closed by us")
            self.assertTrue(fresh.deliver("events_api", self.event("hello", "Ev" + reason, "1772456500.1"), "e" + reason))
        self.assertEqual(len(self.sockets.standing()), 2)
        # Something that came over the old one while the new one is being opened is acknowledged there.
        old = self.sockets.standing()[0]
        gate = []
        self.sockets.greeting = lambda n: gate.append(n)  # no hello yet
        old.send({"type": "disconnect", "reason": "warning"})
        fresh = self.sockets.next()
        self.assertTrue(old.deliver("events_api", self.event("hi", "EvStill", "1772456500.2"), "still"))
        self.assertFalse(old.gone.is_set())
        fresh.send({"type": "hello", "debug_info": {"approximate_connection_time": 18060}})
        self.assertTrue(old.goodbye.wait(20))
        self.house.stop()

    def test_broken_connections_and_a_slack_that_is_away(self):
        self.team.slack.fail["apps.connections.open"] = [j(200, {"ok": False, "error": "internal_error"}), "drop_before", j(500, {}), j(200, {"ok": False, "error": "link_disabled"})]
        self.first.cut()
        self.second.cut()
        a, b = self.sockets.next(), self.sockets.next()
        self.assertTrue(a.deliver("events_api", self.event("hello", "EvAfter", "1772456501.1"), "after"))
        a.send({"type": "disconnect", "reason": "link_disabled"})
        c = self.sockets.next()  # slowly, in real life: the tests' pace shortens the pause
        self.assertTrue(c.deliver("events_api", self.event("hello", "EvAgain", "1772456501.2"), "again"))
        b.send({"type": "disconnect", "reason": "too_many_websockets"})
        self.assertTrue(self.sockets.next().deliver("events_api", self.event("hello", "EvMore", "1772456501.3"), "more"))
        self.house.stop()
        log = open(self.house.log.name, errors="replace").read()
        self.assertIn("slack_socket_disabled", log)
        for secret in (FakeSlack.TOKEN, FakeSlack.APP_TOKEN, "ticket="):
            self.assertNotIn(secret, log)
