"""What a rep and a manager see besides messages: the Home tab, and charts; and `whynow slack test`."""
import json
import unittest
import urllib.parse

from support.house import instant
from support.platforms import FakeSlack, j
from support.team import DANA, FIRST_NEWS, MAX, Team


class Home(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.team = Team("2026-03-02T05:00:00Z")
        cls.house, cls.slack = cls.team.house, cls.team.slack
        cls.team.news([t for t, _, _ in FIRST_NEWS], "Sun, 01 Mar 2026 18:00:00 GMT")
        cls.house.start()

    @classmethod
    def tearDownClass(cls):
        cls.team.close()

    def opens(self, user, event_id, tab="home"):
        self.assertEqual(self.house.slack("/slack/events", json.dumps({
            "type": "event_callback", "team_id": "T1", "api_app_id": "A1", "event_id": event_id, "event_time": instant(self.house.now),
            "authorizations": [{"team_id": "T1", "user_id": "UBOT", "is_bot": True}],
            "event": {"type": "app_home_opened", "user": user, "channel": "D" + user[1:], "tab": tab, "event_ts": "1.1"}}).encode())[0], 200)
        self.house.settle()

    def pages(self, user=DANA):
        return [a for name, a in self.slack.calls if name == "views.publish" and a["user_id"] == user]

    def words(self, page):
        return json.dumps(page["view"], ensure_ascii=False)

    def test_the_home_tab_follows_the_day(self):
        self.house.clock("2026-03-02T12:00:00Z")
        self.opens(DANA, "EvMessages", tab="messages")
        self.assertEqual(self.pages(), [], "the Messages tab is no page")
        self.opens(DANA, "EvHome1")
        self.assertIn("No brief today", self.words(self.pages()[-1]))
        self.house.clock("2026-03-02T13:00:00Z")
        page = self.pages()[-1]
        self.assertIn("1 call worth making today", self.words(page))
        self.assertIn("Jerry Smith", self.words(page))
        self.assertIn("Nothing is open", self.words(page))
        self.assertEqual(page["hash"], "hash-" + DANA, "in the place of the one before")
        self.assertLessEqual(len(page["view"]["blocks"]), 100)
        # The dialog opens from the page, and what is sent in it changes the page.
        log = next(e for b in page["view"]["blocks"] if b["type"] == "actions" for e in b["elements"] if e["action_id"].startswith("form:log"))
        payload = {"type": "block_actions", "team": {"id": "T1"}, "user": {"id": DANA}, "api_app_id": "A1", "trigger_id": "tr.home", "container": {"type": "view", "view_id": "V1"},
                   "view": {"id": "V1", "type": "home", "state": {"values": {}}}, "actions": [{"type": "button", "block_id": "b", "action_id": log["action_id"], "value": log["value"], "action_ts": "1772456500.1"}]}
        before = len(self.slack.views)
        self.assertEqual(self.house.slack("/slack/interactivity", urllib.parse.urlencode({"payload": json.dumps(payload)}).encode(), type="application/x-www-form-urlencoded")[0], 200)
        self.house.settle()
        self.assertGreater(len(self.slack.views), before)
        self.team.dana.says("spoke with Jerry, working on it in 6 months, talk to Ann Lee in ops", about=self.team.dana.briefs()[-1].id)
        words = self.words(self.pages()[-1])
        self.assertIn("Ann Lee", words)
        self.assertIn("Drafts that wait for your word", words)
        self.assertNotIn("form:log", words, "an answered call has no buttons")
        # A newer page of somebody else: made anew and tried again, not overwritten blindly.
        self.slack.fail["views.publish"] = [j(200, {"ok": False, "error": "hash_conflict"})]
        n = len(self.pages())
        self.opens(DANA, "EvHome2")
        self.house.clock("2026-03-02T13:01:00Z")
        self.assertGreaterEqual(len(self.pages()), n + 2)
        self.assertNotIn("hash", self.pages()[-1])
        # Who never opened it has no page.
        self.assertEqual(self.pages(MAX), [])
        self.assertEqual(self.slack.problems, [])
        self.assertEqual(self.house.rows("SELECT * FROM outbox WHERE state NOT IN ('sent')"), [])


class Charts(unittest.TestCase):
    def test_the_digest_draws_where_slack_can(self):
        team = Team("2026-03-02T05:00:00Z")
        self.addCleanup(team.close)
        house, slack = team.house, team.slack
        team.news([t for t, _, _ in FIRST_NEWS], "Sun, 01 Mar 2026 18:00:00 GMT")
        house.start()
        house.clock("2026-03-02T13:00:00Z")
        team.dana.says("spoke with Jerry, working on it in 6 months", about=team.dana.briefs()[-1].id)
        house.clock("2026-03-09T08:00:00Z")

        def charts():
            return [json.dumps(m["blocks"]).count("data_visualization") for _, m in slack.posted("D" + MAX[1:])]
        self.assertEqual(sum(1 for n in charts() if n), 1, "the funnel")
        # A workspace that does not know them yet: told by invalid_blocks, remembered.
        slack.fail["chat.postMessage"] = []
        slack.no_charts = True
        house.clock("2026-03-16T08:00:00Z")
        self.assertEqual(charts()[-1], 0)
        self.assertEqual(len(charts()), 2, "one digest a week, drawn or not")
        refused = slack.refused_charts
        self.assertEqual(refused, 1)
        house.clock("2026-03-23T08:00:00Z")
        self.assertEqual(slack.refused_charts, refused, "not asked again")
        self.assertEqual(len(charts()), 3)
        house.stop()
        house.start()
        house.clock("2026-03-30T08:00:00Z")
        self.assertEqual((len(charts()), slack.refused_charts), (4, refused), "nor after a restart")
        slack.no_charts = False
        house.clock("2026-04-14T13:00:00Z")
        team.dana.says("spoke with Jerry, interested, call back in 3 months")
        house.clock("2026-04-20T08:00:00Z")
        self.assertGreater(charts()[-1], 0, "but a month later, once: the workspace may have learned them")


class Tested(unittest.TestCase):
    def test_each_line_says_ok_or_what_to_do(self):
        team = Team("2026-03-02T05:00:00Z")
        self.addCleanup(team.close)
        house, slack = team.house, team.slack
        slack.people = {"dana@acme.example": DANA}

        def run(*more):
            r = house.run("slack", "test", "--config", house.file, *more, check=False)
            for secret in (FakeSlack.TOKEN, FakeSlack.SECRET):
                self.assertNotIn(secret, r.stdout + r.stderr)
            return r.returncode, r.stdout
        code, out = run("--to", "dana@acme.example")
        self.assertEqual(code, 0, out)
        for line in ("ok    bot token: workspace Acme (T1)", "ok    scopes: all", f"is {DANA}", "ok    direct message: sent", "ok    change of a message: done"):
            self.assertIn(line, out)
        (_, message), = slack.posted("D0DANA")
        self.assertIn("only a test", message["text"])
        code, out = run("--to", "nobody@acme.example")
        self.assertEqual(code, 4)
        self.assertIn("fail  person: users.lookupByEmail: users_not_found — nobody in this workspace", out)
        slack.scopes = "chat:write,commands"
        code, out = run()
        self.assertEqual(code, 4)
        self.assertIn("missing_scope: im:history, im:write, users:read, users:read.email — reinstall", out)
        self.assertIn("add --to", out)
        slack.dead[FakeSlack.TOKEN] = "token_revoked"
        code, out = run()
        self.assertIn("token_revoked — the token is wrong", out)

    def test_the_manifest_is_complete_by_either_way(self):
        team = Team("2026-03-02T05:00:00Z")
        self.addCleanup(team.close)
        sockets = json.loads(team.house.run("slack", "manifest", "--socket-mode").stdout)
        web = json.loads(team.house.run("slack", "manifest", "--url", "https://whynow.example.com/").stdout)
        self.assertTrue(sockets["settings"]["socket_mode_enabled"])
        self.assertNotIn("://", json.dumps(sockets))
        self.assertEqual(web["settings"]["event_subscriptions"]["request_url"], "https://whynow.example.com/slack/events")
        self.assertEqual(web["oauth_config"]["redirect_urls"], ["https://whynow.example.com/slack/oauth"])
        for m in (sockets, web):
            self.assertTrue(m["features"]["app_home"]["home_tab_enabled"])
            self.assertFalse(m["features"]["app_home"]["messages_tab_read_only_enabled"])
            self.assertTrue(m["settings"]["interactivity"]["is_enabled"])
            self.assertFalse(m["settings"]["token_rotation_enabled"])
            self.assertEqual(m["settings"]["event_subscriptions"]["bot_events"], ["app_home_opened", "app_uninstalled", "message.im", "tokens_revoked", "user_change"])
            self.assertEqual(m["oauth_config"]["scopes"]["bot"], ["chat:write", "commands", "im:history", "im:write", "users:read", "users:read.email"])
            command = m["features"]["slash_commands"][0]
            self.assertEqual((command["command"], command["should_escape"]), ("/whynow", True))
            self.assertLessEqual(len(m["display_information"]["description"]), 140)
        self.assertTrue(json.loads(team.house.run("slack", "manifest", "--socket-mode", "--rotate-tokens").stdout)["settings"]["token_rotation_enabled"])
        self.assertEqual(team.house.run("slack", "manifest", check=False).returncode, 2)
        self.assertEqual(team.house.run("slack", "manifest", "--url", "http://x.example", check=False).returncode, 2)
