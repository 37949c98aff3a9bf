"""Installing by a link: state, codes, several workspaces, tokens that rotate, die and come back."""
import http.client
import json
import re
import unittest
import urllib.parse

from support.house import instant
from support.platforms import FakeSlack, j
from support.team import DANA, FIRST_NEWS, MAX, Team

KEYS = f'''signing_secret = "{FakeSlack.SECRET}"
client_id = "{FakeSlack.CLIENT}"
client_secret = "{FakeSlack.CLIENT_SECRET}"'''


class Browser:
    """Follows nothing and keeps its cookies, as one browser does."""

    def __init__(self, house):
        self.house, self.cookies = house, {}

    def get(self, path):
        c = http.client.HTTPConnection("127.0.0.1", self.house.port, timeout=20)
        c.request("GET", path, headers={"Cookie": "other=1; " + "; ".join(f"{k}={v}" for k, v in self.cookies.items())} if self.cookies else {})
        r = c.getresponse()
        body = r.read().decode()
        for k, v in r.getheaders():
            if k.lower() == "set-cookie":
                name, value = v.split(";")[0].split("=", 1)
                self.attributes = v
                self.cookies[name] = value
        return r.status, dict(r.getheaders()), body

    def state(self):
        status, headers, _ = self.get("/slack/install")
        assert status == 302, status
        self.location = headers["Location"]
        return urllib.parse.parse_qs(urllib.parse.urlparse(self.location).query)["state"][0]

    def installs(self, code):
        return self.get(f"/slack/oauth?code={code}&state={urllib.parse.quote(self.state())}")


class Install(unittest.TestCase):
    def setUp(self):
        self.team = Team("2026-03-02T05:00:00Z", slack_keys=lambda fake: KEYS, server='public_url = "https://whynow.acme.example"')
        self.addCleanup(self.team.close)
        self.house, self.slack = self.team.house, self.team.slack
        self.slack.tokens.clear()
        self.team.news([t for t, _, _ in FIRST_NEWS], "Sun, 01 Mar 2026 18:00:00 GMT")
        self.house.start()

    def grants(self, code, token, team="T1", refresh=None, **more):
        g = {"access_token": token, "team": {"id": team, "name": "Acme <b>& Co"}, "enterprise": None, "is_enterprise_install": False, **more}
        if refresh:
            g.update(refresh_token=refresh, expires_in=43200)
        self.slack.codes[code] = g
        return g

    def rows(self):
        return {r["tenant"]: r for r in self.house.rows("SELECT * FROM slack_installations")}

    def event(self, type, at, event_id, team="T1", **inner):
        return self.house.slack("/slack/events", json.dumps({
            "type": "event_callback", "team_id": team, "api_app_id": "A1", "event_id": event_id, "event_time": at, "authorizations": [],
            "event": {"type": type, "event_ts": f"{at}.1", **inner}}).encode())[0]

    def no_secrets(self, *pages):
        log = open(self.house.log.name, errors="replace").read()
        for text in (log, *pages):
            for word in ("xoxb-", "xoxe", FakeSlack.CLIENT_SECRET, FakeSlack.SECRET):
                self.assertNotIn(word, text)

    def test_the_link_installs_once_for_its_own_browser(self):
        self.grants("code1", "xoxb-one-canary")
        mine = Browser(self.house)
        state = mine.state()
        self.assertTrue(mine.location.startswith(self.slack.server.url + "/oauth/v2/authorize?client_id=111.222&scope=chat%3Awrite"), mine.location)
        self.assertIn("redirect_uri=https%3A%2F%2Fwhynow.acme.example%2Fslack%2Foauth", mine.location)
        for wanted in ("HttpOnly", "SameSite=Lax", "Secure", "Path=/slack"):
            self.assertIn(wanted, mine.attributes)
        quoted = urllib.parse.quote(state)
        stranger, other = Browser(self.house), Browser(self.house)
        other.state()
        for browser, path in ((stranger, f"/slack/oauth?code=code1&state={quoted}"), (other, f"/slack/oauth?code=code1&state={quoted}"), (mine, "/slack/oauth?code=code1"),
                              (mine, "/slack/oauth?code=code1&state=x"), (mine, f"/slack/oauth?code=code1&state={quoted}x"), (mine, "/slack/oauth")):
            keep = dict(browser.cookies)
            self.assertEqual(browser.get(path)[0], 400, path)
            browser.cookies = keep
        self.assertEqual(self.rows(), {})
        keep = dict(mine.cookies)
        status, headers, page = mine.get(f"/slack/oauth?code=code1&state={quoted}")
        self.assertEqual(status, 200)
        self.assertIn("installed in Acme &lt;b&gt;&amp; Co", page)
        self.assertEqual(headers["Referrer-Policy"], "no-referrer")
        self.assertEqual(self.rows()["T1"]["token"], "xoxb-one-canary")
        self.grants("code1", "xoxb-two-canary")
        mine.cookies = keep
        self.assertEqual(mine.get(f"/slack/oauth?code=code1&state={quoted}")[0], 400, "a state is good once")
        late = Browser(self.house)
        old = late.state()
        self.house.clock("2026-03-02T05:10:01Z")
        self.assertEqual(late.get(f"/slack/oauth?code=code1&state={urllib.parse.quote(old)}")[0], 400, "and for ten minutes")
        no = Browser(self.house)
        status, _, denied = no.get(f"/slack/oauth?error=access_denied&state={urllib.parse.quote(no.state())}")
        self.assertIn("not installed", denied)
        status, _, failed = Browser(self.house).installs("no-such-code")
        self.assertEqual(status, 502)
        self.assertEqual(self.rows()["T1"]["token"], "xoxb-one-canary")
        self.no_secrets(page, denied, failed)
        self.house.stop()

    def test_two_workspaces_each_with_its_own_token(self):
        self.slack.users = {DANA: "T1", MAX: "T2"}
        self.grants("a", "xoxb-one", "T1")
        self.grants("b", "xoxb-two", "T2", enterprise={"id": "E2", "name": "Big"})
        for code in ("a", "b"):
            self.assertEqual(Browser(self.house).installs(code)[0], 200)
        self.assertEqual(self.rows()["T2"]["enterprise"], "E2")
        self.house.clock("2026-03-02T13:00:00Z")
        self.assertEqual(len(self.team.dana.briefs()), 1)
        self.assertIn(("chat.postMessage", "T1"), self.slack.spoken)
        self.assertNotIn(("chat.postMessage", "T2"), self.slack.spoken)
        self.team.dana.says("spoke with Jerry, no fit", about=self.team.dana.briefs()[0].id)
        self.assertTrue(self.team.dana.holding("Understood"))
        # The manager's digest goes out over the other workspace.
        self.house.clock("2026-03-09T08:00:00Z")
        self.assertIn(("chat.postMessage", "T2"), self.slack.spoken)
        self.assertEqual({r["tenant"] for r in self.house.rows("SELECT tenant FROM identities WHERE platform = 'slack'")}, {"T1", "T2"})
        self.house.stop()

    def test_tokens_rotate_early_and_die_when_their_refresh_token_does(self):
        first = self.grants("a", "xoxe.xoxb-1", refresh="xoxe-1")
        self.slack.refreshes["xoxe-1"] = {**first, "access_token": "xoxe.xoxb-2", "refresh_token": "xoxe-2"}
        self.assertEqual(Browser(self.house).installs("a")[0], 200)
        self.house.clock("2026-03-02T13:00:00Z")
        self.assertEqual(self.slack.refreshed, [])
        self.assertEqual(len(self.team.dana.briefs()), 1)
        # After ten of twelve hours: renewed before the next call, once, however many wait.
        self.house.clock("2026-03-02T15:30:00Z")
        for i in range(4):
            self.team.dana.says("help", id=f"EvHelp{i}")
        self.assertEqual(self.slack.refreshed, ["xoxe-1"])
        row = self.rows()["T1"]
        self.assertEqual((row["token"], row["refresh_token"]), ("xoxe.xoxb-2", "xoxe-2"))
        # Slack calls a token expired before its time: renewed and the call repeated, nothing lost.
        self.slack.dead["xoxe.xoxb-2"] = "token_expired"
        self.slack.refreshes["xoxe-2"] = {**first, "access_token": "xoxe.xoxb-3", "refresh_token": "xoxe-3"}
        before = len(self.slack.posted("D0DANA"))
        self.team.dana.says("help", id="EvHelpX")
        self.assertGreater(len(self.slack.posted("D0DANA")), before)
        self.assertEqual(self.slack.refreshed, ["xoxe-1", "xoxe-2"])
        # The refresh token was used by somebody else: still good until it ends, then the installation is over, and what waits waits.
        self.house.clock("2026-03-03T02:00:00Z")
        before = len(self.slack.posted("D0DANA"))
        self.team.dana.says("help", id="EvHelpY")
        self.assertGreater(len(self.slack.posted("D0DANA")), before)
        self.house.clock("2026-03-03T13:00:00Z")
        self.assertEqual(self.rows()["T1"]["gone"], "refresh_refused")
        self.assertEqual([r["state"] for r in self.house.rows("SELECT state FROM outbox WHERE purpose = 'brief' AND channel = 'slack' ORDER BY id")][-1], "parked")
        # Installed again, what was parked goes out.
        self.grants("again", "xoxb-fresh")
        self.assertEqual(Browser(self.house).installs("again")[0], 200)
        self.house.settle()
        self.assertEqual(len(self.team.dana.briefs()), 2)
        self.no_secrets()
        self.house.stop()

    def test_the_end_of_an_installation_in_any_order_and_late(self):
        self.grants("a", "xoxb-one")
        self.assertEqual(Browser(self.house).installs("a")[0], 200)
        self.house.clock("2026-03-02T13:00:00Z")
        at = instant(self.house.now)
        # tokens_revoked may come first, or after; tokens of users are none of ours.
        self.assertEqual(self.event("tokens_revoked", at, "Ev0", tokens={"oauth": ["U1"], "bot": []}), 200)
        self.house.settle()
        self.assertEqual(self.rows()["T1"]["gone"], "")
        self.assertEqual(self.event("tokens_revoked", at, "Ev1", tokens={"oauth": [], "bot": ["UBOT"]}), 200)
        self.assertEqual(self.event("app_uninstalled", at, "Ev2"), 200)
        self.house.settle()
        self.assertNotEqual(self.rows()["T1"]["gone"], "")
        self.assertEqual(self.rows()["T1"]["token"], "", "dead tokens are not kept")
        self.assertEqual([r["gone"] for r in self.house.rows("SELECT gone FROM identities WHERE tenant = 'T1' AND platform = 'slack'")], [1])
        # Installed again; then the first events' retries arrive, and one that was never seen but is older.
        self.house.clock("2026-03-02T13:05:00Z")
        self.grants("b", "xoxb-two")
        self.assertEqual(Browser(self.house).installs("b")[0], 200)
        self.assertEqual(self.event("app_uninstalled", at, "Ev2"), 200)
        self.assertEqual(self.event("app_uninstalled", at + 1, "Ev3"), 200)
        self.assertEqual(self.event("tokens_revoked", at + 2, "Ev4", tokens={"bot": ["UBOT"]}), 200)
        self.house.settle()
        self.assertEqual((self.rows()["T1"]["gone"], self.rows()["T1"]["token"]), ("", "xoxb-two"))
        self.assertEqual([r["gone"] for r in self.house.rows("SELECT gone FROM identities WHERE tenant = 'T1' AND platform = 'slack'")], [0])
        self.team.dana.says("help")
        self.assertIn(("chat.postMessage", "T1"), self.slack.spoken)
        self.house.stop()

    def test_a_token_refused_in_passing(self):
        self.grants("a", "xoxb-one")
        self.assertEqual(Browser(self.house).installs("a")[0], 200)
        self.slack.dead["xoxb-one"] = "token_revoked"
        self.house.clock("2026-03-02T13:00:00Z")
        self.assertEqual(self.team.dana.briefs(), [])
        self.assertIn("token_revoked", self.rows()["T1"]["gone"])
        self.assertEqual([r["state"] for r in self.house.rows("SELECT state FROM outbox WHERE purpose = 'brief' AND channel = 'slack'")], ["parked"])
        self.grants("b", "xoxb-two")
        self.assertEqual(Browser(self.house).installs("b")[0], 200)
        self.house.settle()
        self.assertEqual(len(self.team.dana.briefs()), 1)
        self.no_secrets()
        self.house.stop()
