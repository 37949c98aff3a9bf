"""Teams as it behaves on a bad day: lost answers, refreshes, other people's words, people who come and go."""
import base64
import hashlib
import hmac
import json
import os
import re
import struct
import time
import unittest
import zipfile
import zlib

import jsonschema

from support.house import instant
from support.platforms import FakeTeams, Server, j
from support.team import BERND, FIRST_NEWS, Team


class Base(unittest.TestCase):
    more = ""

    def setUp(self):
        self.team = Team("2026-03-02T05:00:00Z", self.more)
        self.addCleanup(self.team.close)
        self.house, self.fake, self.bernd = self.team.house, self.team.teams, self.team.bernd
        self.team.news([t for t, _, _ in FIRST_NEWS], "Sun, 01 Mar 2026 18:00:00 GMT")

    def tearDown(self):
        self.assertEqual(self.fake.problems, [])

    def morning(self, installed=True):
        self.house.start()
        if installed:
            self.bernd.installs()
        self.house.clock("2026-03-02T13:00:00Z")

    def posted_briefs(self):
        return [p for p in self.fake.posts if re.search("worth making today|Nothing compelling", p[2].get("summary", ""))]

    def outcomes(self):
        return self.house.rows("SELECT * FROM outcomes WHERE undone = 0")

    def activity(self, **more):
        return self.house.teams(self.fake, self.fake.activity(BERND, **more))[0]

    def metric(self, name):
        lines = [x for x in self.house.get("/metrics")[1].decode().splitlines() if x.startswith(name)]
        return sum(float(x.rsplit(" ", 1)[1]) for x in lines)


class Cards(Base):
    def refreshed(self, about, trigger="automatic", verb="refresh"):
        answer = self.bernd.invoke("adaptiveCard/action", {"action": {"type": "Action.Execute", "verb": verb, "data": {}}, "trigger": trigger}, about)
        self.assertEqual(answer["statusCode"], 200)
        return answer

    def test_a_card_is_shown_as_it_stands(self):
        self.morning()
        brief = self.bernd.briefs()[-1]
        card = self.fake.activities[("a:" + BERND, brief.id)]["attachments"][0]["content"]
        self.assertEqual(card["refresh"]["userIds"], ["29:" + BERND])
        self.assertEqual(card["refresh"]["action"]["type"], "Action.Execute")
        rows = len(self.house.rows("SELECT * FROM inbox"))
        fresh = self.refreshed(brief.id)
        self.assertEqual(fresh["type"], "application/vnd.microsoft.card.adaptive")
        self.assertEqual(json.dumps(fresh["value"]["body"]), json.dumps(card["body"]))
        self.assertEqual(len(self.house.rows("SELECT * FROM inbox")), rows, "looking leaves nothing behind")
        # Another device answers; this one sees it at its next look.
        self.bernd.taps("no_answer", brief)
        self.assertIn("No answer", json.dumps(self.refreshed(brief.id, "manual")["value"]))
        for about in ("never-seen", ""):
            self.assertEqual(self.refreshed(about, verb="whatever")["type"], "application/vnd.microsoft.activity.message")
        # Somebody else's card is no card of theirs.
        stranger = self.fake.activity("aaaaaaaa-0000-0000-0000-000000000bad", type="invoke", name="adaptiveCard/action", replyToId=brief.id,
                                      value={"action": {"type": "Action.Execute", "verb": "refresh", "data": {}}, "trigger": "automatic"})
        status, body = self.house.teams(self.fake, stranger)
        self.assertEqual((status, json.loads(body)["type"]), (200, "application/vnd.microsoft.activity.message"))
        self.assertNotIn(b"Tom", body)

    def test_the_same_invoke_again_shows_the_card_again(self):
        self.morning()
        brief = self.bernd.briefs()[-1]
        value = {"action": {"type": "Action.Execute", "verb": "no_answer", "data": {"value": brief.value("no_answer")}}, "trigger": "manual"}
        before = time.monotonic()
        first = self.bernd.invoke("adaptiveCard/action", value, brief.id, id="f:1")
        self.assertLess(time.monotonic() - before, 5, "an invoke is answered long before the client gives up")
        again = self.bernd.invoke("adaptiveCard/action", value, brief.id, id="f:1")
        later = self.bernd.invoke("adaptiveCard/action", value, brief.id, id="f:2")
        for answer in (again, later):
            self.assertEqual(answer["type"], "application/vnd.microsoft.card.adaptive")
            self.assertEqual(answer["value"]["body"], first["value"]["body"])
        self.house.settle()
        self.assertEqual(len(self.outcomes()), 1)
        # And everybody who looks at it sees it: the message itself was changed.
        self.assertIn("No answer", self.bernd.by_id(brief.id).words)


class Lost(Base):
    def test_a_lost_answer_is_repeated_once_and_counted(self):
        self.house.start()
        self.bernd.installs()
        self.fake.fail = ["drop_after", "drop_after"]
        self.house.clock("2026-03-02T13:00:00Z")
        for now in ("13:01", "13:05", "13:30", "15:00", "23:00"):
            self.house.clock(f"2026-03-02T{now}:00Z")
        self.assertEqual(len(self.posted_briefs()), 2)
        self.assertEqual(self.metric("whynow_ambiguous_sends_total"), 2)

    def test_a_brief_that_was_used_is_there(self):
        self.house.start()
        self.bernd.installs()
        self.fake.fail = ["drop_after"]
        self.house.clock("2026-03-02T13:00:00Z")
        (_, id, activity), = self.posted_briefs()
        brief = self.bernd.by_id(id)
        self.bernd.taps("no_answer", brief)
        for now in ("13:01", "13:05", "13:30", "15:00"):
            self.house.clock(f"2026-03-02T{now}:00Z")
        self.assertEqual(len(self.posted_briefs()), 1)
        self.assertIn("No answer", self.bernd.by_id(id).words)
        self.assertEqual(len(self.outcomes()), 1)

    def test_refusals_for_haste_and_for_size(self):
        self.house.start()
        self.bernd.installs()
        self.fake.fail = [j(429, {"error": {"code": "Throttled"}}, **{"Retry-After": "40"}), j(412, {"error": {"code": "PreconditionFailed"}}),
                          j(413, {"error": {"code": "MessageSizeTooBig"}})]
        self.house.clock("2026-03-02T13:00:00Z")
        self.assertEqual(self.posted_briefs(), [])
        self.house.clock("2026-03-02T13:00:39Z")
        self.assertEqual(len(self.fake.fail), 2, "not before the time it was told")
        self.house.clock("2026-03-02T13:00:41Z")
        self.house.clock("2026-03-02T13:00:50Z")
        self.assertEqual(len(self.posted_briefs()), 1)
        self.assertEqual(self.fake.fail, [])

    def test_a_server_that_fails_is_asked_twice(self):
        self.house.start()
        self.bernd.installs()
        self.fake.fail = [j(502, {}), j(504, {}), j(500, {})]
        for now in ("13:00", "13:05", "13:30", "15:00", "23:00"):
            self.house.clock(f"2026-03-02T{now}:00Z")
        self.assertEqual(len(self.fake.fail), 1)
        self.assertEqual(self.posted_briefs(), [])


class Words(Base):
    def test_only_what_is_said_to_us(self):
        self.morning()
        group = {"conversation": {"id": "19:sales@thread.tacv2;messageid=17", "conversationType": "channel", "tenantId": self.fake.TENANT}}
        named = {"type": "mention", "mentioned": {"id": "28:" + self.fake.APP}, "text": "<at>Helper</at>"}
        other = {"type": "mention", "mentioned": {"id": "29:tom"}, "text": "<at>whynow</at>"}
        for name, activity in {
            "a channel, not to us": dict(type="message", text="spoke with Tom, no fit", **group),
            "somebody who is called like us": dict(type="message", text="<at>whynow</at> spoke with Tom, no fit", entities=[other], **group),
            "an echo": dict(type="message", text="spoke with Tom, no fit", **{"from": {"id": "28:" + self.fake.APP, "aadObjectId": BERND}}),
            "a reaction": dict(type="messageReaction", reactionsAdded=[{"type": "like"}]),
            "typing": dict(type="typing"),
            "something new": dict(type="somethingNew", text="spoke with Tom, no fit"),
            "a file consent": dict(type="event", name="x"),
        }.items():
            with self.subTest(case=name):
                self.assertEqual(self.activity(**activity), 200)
        self.house.settle()
        self.assertEqual(self.outcomes(), [])
        self.assertEqual(self.activity(type="message", text="<at>Helper</at> log spoke with Tom, no fit", entities=[named], **group), 200)
        self.house.settle()
        self.assertEqual(len(self.outcomes()), 1)
        self.assertTrue(self.bernd.holding("Understood"), "what is said in a channel is answered in private")

    def test_edited_deleted_and_back(self):
        self.morning()
        brief = self.bernd.briefs()[-1]
        self.bernd.says("spoke with Tom, call back in 2 weeks", about=brief.id, id="m1")
        tenant = {"tenant": {"id": self.fake.TENANT}}
        first = self.outcomes()
        for n, (kind, event, text) in enumerate((("messageDelete", "softDeleteMessage", ""), ("messageUpdate", "undeleteMessage", "spoke with Tom, call back in 2 weeks"))):
            self.assertEqual(self.activity(type=kind, id="m1", text=text, timestamp=f"2026-03-02T13:0{n}:00Z", channelData={**tenant, "eventType": event}), 200)
            self.house.settle()
        self.assertEqual(self.outcomes(), first)
        for _ in range(2):
            self.assertEqual(self.activity(type="messageUpdate", id="m1", text="spoke with Tom, call back in 3 weeks", timestamp="2026-03-02T13:05:00Z",
                                           channelData={**tenant, "eventType": "editMessage"}), 200)
            self.house.settle()
        self.assertEqual([o["follow_up_date"] for o in self.outcomes()], ["2026-03-23"])

    def test_a_flood_of_forged_keys_costs_one_fetch(self):
        self.house.start()
        self.bernd.installs()
        before = self.fake.asked.count(("GET", "/keys"))
        forged = self.fake.token(instant(self.house.now)).split(".")
        for n in range(300):
            head = base64.urlsafe_b64encode(json.dumps({"alg": "RS256", "kid": f"forged{n}"}).encode()).rstrip(b"=").decode()
            status, _ = self.house.teams(self.fake, self.fake.activity(BERND, type="message", text="x"), token=".".join([head, *forged[1:]]))
            self.assertEqual(status, 401)
        self.assertLessEqual(self.fake.asked.count(("GET", "/keys")) - before, 1)


class People(Base):
    def days(self, *days):
        for day in days:
            self.team.news([f"Harbor Foods opens new plant in Kiel {day}", f"Orion Chemicals acquires Delta Paints {day}"], f"{day} Mar 2026 04:00:00 GMT")
            self.house.clock(f"2026-03-{day:02}T13:00:00Z")

    def test_upgrades_keep_the_way_to_a_person(self):
        self.morning()
        for action in ("remove-upgrade", "add-upgrade"):
            self.assertEqual(self.activity(type="installationUpdate", action=action), 200)
        self.house.settle()
        self.assertEqual(self.house.rows("SELECT gone FROM identities WHERE platform = 'teams'"), [{"gone": 0}])

    def test_who_removes_the_app_hears_nothing_until_it_is_back(self):
        self.morning()
        self.assertEqual(self.activity(type="installationUpdate", action="remove"), 200)
        self.house.settle()
        before = len(self.fake.posts)
        self.days(3, 4)
        self.assertEqual(len(self.fake.posts), before)
        self.bernd.installs()
        self.days(5)
        self.assertGreater(len(self.fake.posts), before)

    def test_the_service_address_follows_what_comes_in(self):
        self.morning()
        moved = {"serviceUrl": self.fake.service_url.replace("/emea/", "/amer/")}
        status, _ = self.house.teams(self.fake, {**self.fake.activity(BERND, type="message", text="help"), **moved},
                                     token=self.fake.token(instant(self.house.now), serviceurl=moved["serviceUrl"]))
        self.assertEqual(status, 200)
        self.house.settle()
        self.assertTrue([p for _, p in self.fake.asked if p.startswith("/amer/")])


class Missing(Base):
    """Bernd's app is not there when his brief is due."""
    console = True

    def mails(self):
        return self.team.mail.to("bernd@acme.example")

    def log(self):
        with open(self.house.log.name, errors="replace") as f:
            return f.read()

    def next_day(self, day, *titles):
        self.team.news(titles, f"{day:02} Mar 2026 04:00:00 GMT")
        self.house.clock(f"2026-03-{day:02}T13:00:00Z")

    def test_the_brief_goes_by_mail_and_the_admin_is_told_once(self):
        self.morning(installed=False)
        mail, = self.mails()
        self.assertIn("1 call worth making today", mail["Subject"])
        words = mail.get_content()
        for part in ("Hello Bernd,", "Tom Reyes", "Why now, for Tom.", "https://news.example/", "Open with", "Ask", "At the end", "not installed for you in Microsoft Teams"):
            self.assertIn(part, words)
        for button in ("[Log the call]", "[No answer]", "Not a reason]", "Just answer here"):
            self.assertNotIn(button, words)
        self.assertEqual(self.fake.posts, [])
        self.next_day(3, "Orion Chemicals acquires Delta Paints")
        self.assertEqual(len(self.mails()), 2)
        self.assertEqual(self.log().count('"person_unreached"'), 1)
        self.assertEqual(self.metric('whynow_people_unreached{platform="teams"}'), 1)
        page = self.house.get("/admin")[1].decode()
        self.assertIn("Whom no chat reaches", page)
        self.assertIn("bernd@acme.example", page.split("Whom no chat reaches")[1].split("</section>")[0])
        # Installed later: no second brief that day, the next one comes to Teams and no mail any more.
        self.bernd.installs()
        self.house.clock("2026-03-03T14:00:00Z")
        self.assertEqual(self.posted_briefs(), [])
        self.assertEqual(self.metric('whynow_people_unreached{platform="teams"}'), 0)
        self.next_day(4, "Harbor Foods opens new plant in Kiel")
        self.assertEqual(len(self.posted_briefs()), 1)
        self.assertEqual(len(self.mails()), 2)
        # Removed again: told again.
        self.assertEqual(self.activity(type="installationUpdate", action="remove"), 200)
        self.next_day(5, "Orion Chemicals names Ute Kern chief executive officer")
        self.assertEqual(self.log().count('"person_unreached"'), 2)
        self.assertEqual(len(self.mails()), 3)

    def test_who_is_turned_away_gets_the_same_brief_by_mail(self):
        self.house.start()
        self.bernd.installs()
        self.fake.fail = [j(403, {"error": {"code": "ConversationBlockedByUser"}})]
        self.house.clock("2026-03-02T13:00:00Z")
        self.assertEqual(len(self.mails()), 1)
        self.assertIn("Tom Reyes", self.mails()[0].get_content())
        self.assertEqual(self.posted_briefs(), [])
        self.assertEqual(self.house.rows("SELECT gone FROM identities WHERE platform = 'teams'"), [{"gone": 1}])
        before = len(self.fake.asked)
        self.next_day(3, "Orion Chemicals acquires Delta Paints")
        self.assertEqual(len(self.mails()), 2)
        self.assertEqual(len(self.fake.asked), before, "nobody knocks at a closed door every morning")
        self.assertEqual(self.activity(type="message", text="help"), 200)  # they write to us: open again
        self.next_day(4, "Harbor Foods opens new plant in Kiel")
        self.assertEqual(len(self.posted_briefs()), 1)

    def test_the_console_takes_the_answer_meanwhile(self):
        self.morning(installed=False)
        self.assertEqual(self.house.console("bernd@acme.example", kind="message", text="spoke with Tom, no fit")[0], 200)
        self.house.settle()
        self.assertEqual(len(self.outcomes()), 1)
        self.assertEqual(len(self.mails()), 1)


class Twice(Base):
    def setUp(self):
        super().setUp()
        with open(self.house.file) as f:
            config = f.read()
        with open(self.house.file, "w") as f:
            f.write(config.replace('app_secret = "teams-secret"', 'app_secret = "teams-secret"\nbrief_on_install = true'))

    def test_a_team_may_want_it_in_both_places(self):
        self.morning(installed=False)
        self.assertEqual(len(self.team.mail.to("bernd@acme.example")), 1)
        self.bernd.installs()
        self.assertEqual(len(self.posted_briefs()), 1)
        brief = self.bernd.briefs()[-1]
        self.bernd.taps("no_answer", brief)
        self.assertIn("No answer", self.bernd.by_id(brief.id).words)
        self.bernd.installs()
        self.assertEqual(len(self.posted_briefs()), 1)


class NoMail(Base):
    def setUp(self):
        super().setUp()
        with open(self.house.file) as f:
            config = f.read()
        with open(self.house.file, "w") as f:
            f.write(re.sub(r"\[mail\]\nsmtp.*\nfrom.*\n", "", config).replace("[console]\non = true", "[console]\non = false"))

    def test_without_mail_the_admin_is_told_and_nothing_waits(self):
        self.morning(installed=False)
        self.assertEqual(self.team.mail.mails, [])
        with open(self.house.log.name, errors="replace") as f:
            self.assertEqual(f.read().count('"person_unreached"'), 1)
        self.assertEqual(self.house.rows("SELECT * FROM outbox WHERE channel = 'mail'"), [])
        # Nobody has told Bernd yet: his brief comes as soon as he can be reached.
        self.bernd.installs()
        self.assertEqual(len(self.posted_briefs()), 1)
        self.bernd.taps("no_answer", self.bernd.briefs()[-1])
        self.assertEqual(len(self.outcomes()), 1)


class OutgoingWebhook(Base):
    """The poor man's way in: no bot at all, a mention in a channel, one answer."""
    KEY = bytes(range(32))

    def setUp(self):
        super().setUp()
        with open(self.house.file) as f:
            config = f.read()
        with open(self.house.file, "w") as f:
            f.write(re.sub(r"\[teams\]\n(.*\n)*?(?=\[mail\])", f'[teams]\noutgoing_secret = "{base64.b64encode(self.KEY).decode()}"\ntenants = ["{self.fake.TENANT}"]\n', config))
        self.house.start()
        self.house.clock("2026-03-02T13:00:00Z")

    def body(self, text, id="w1", at="2026-03-02T13:00:00Z", user=BERND, tenant=None):
        tenant = tenant or self.fake.TENANT
        return json.dumps({"type": "message", "id": id, "timestamp": at, "serviceUrl": "https://smba.trafficmanager.net/emea/", "channelId": "msteams",
                           "from": {"id": "29:x", "name": "Bernd", "aadObjectId": user}, "text": f"<at>whynow</at> {text}",
                           "conversation": {"isGroup": True, "id": "19:x@thread.tacv2;messageid=1", "conversationType": "channel", "tenantId": tenant},
                           "channelData": {"tenant": {"id": tenant}}}).encode()

    def sign(self, body, key=None):
        return base64.b64encode(hmac.new(self.KEY if key is None else key, body, hashlib.sha256).digest()).decode()

    def post(self, body, authorization):
        h = {"Content-Type": "application/json"}
        if authorization is not None:
            h["Authorization"] = authorization
        return self.house.request("POST", "/teams/outgoing", body, h)

    def said(self, text, **more):
        body = self.body(text, **more)
        before = time.monotonic()
        status, answer = self.post(body, "HMAC " + self.sign(body))
        self.assertLess(time.monotonic() - before, 5, "Teams waits five seconds")
        self.assertEqual(status, 200)
        answer = json.loads(answer)
        self.assertEqual(answer["type"], "message")
        return answer["text"]

    def test_signatures(self):
        body = self.body("log spoke with Tom, no fit")
        good = self.sign(body)
        cases = {
            "none": None, "empty": "", "only the scheme": "HMAC", "scheme and nothing": "HMAC ", "bearer": "Bearer " + good, "no scheme": good,
            "another key": "HMAC " + self.sign(body, b"another"), "the key as shown, not decoded": "HMAC " + self.sign(body, base64.b64encode(self.KEY)),
            "an empty key": "HMAC " + self.sign(body, b""), "hex": "HMAC " + base64.b64decode(good).hex(), "another body": "HMAC " + self.sign(body + b" "),
            "body written anew": "HMAC " + self.sign(json.dumps(json.loads(body), indent=1).encode()), "cut short": "HMAC " + good[:-4], "longer": "HMAC " + good + "AAAA",
            "SHA-1": "HMAC " + base64.b64encode(hmac.new(self.KEY, body, hashlib.sha1).digest()).decode(), "rubbish": "HMAC !!!!",
            "the alphabet of URLs": "HMAC " + self.sign(self.body("x" * 40), self.KEY).replace("+", "-").replace("/", "_") + "-",
        }
        for name, authorization in cases.items():
            with self.subTest(case=name):
                self.assertEqual(self.post(body, authorization)[0], 401)
        for name, other in {"old": self.body("x", at="2026-03-02T12:54:59Z"), "from the future": self.body("x", at="2026-03-02T13:05:01Z"),
                            "another tenant": self.body("x", tenant="77777777-0000-0000-0000-000000000000"), "no activity": b"[]", "no JSON": b"{"}.items():
            with self.subTest(case=name):
                self.assertEqual(self.post(other, "HMAC " + self.sign(other))[0], 403)
        self.house.settle()
        self.assertEqual(self.outcomes(), [])
        self.assertEqual(self.post(body, "HMAC " + good)[0], 200)
        self.house.settle()
        self.assertEqual(len(self.outcomes()), 1)

    def test_the_answer_says_it_all(self):
        self.assertIn("Harbor Foods", self.said("why now Harbor Foods", id="w1"))
        self.assertIn("Understood", self.said("log spoke with Tom, call back in 2 weeks", id="w2"))
        self.assertEqual(len(self.outcomes()), 1)
        self.said("log spoke with Tom, call back in 2 weeks", id="w2")  # the same again
        self.assertEqual(len(self.outcomes()), 1)
        self.assertTrue(self.said("help", id="w3"))
        self.assertTrue(self.said("why now Harbor Foods", id="w4", user="aaaaaaaa-0000-0000-0000-000000000bad"))
        self.assertEqual(self.house.request("POST", "/teams/messages", b"{}", {"Authorization": "Bearer a.b.c"})[0], 401, "without a bot its door is shut")


class Workflow(Base):
    SECRET = "sig=v3ry-s3cret"

    def setUp(self):
        super().setUp()
        self.got, self.answers = [], []
        self.flow = Server(self.take)
        self.addCleanup(self.flow.close)
        with open(self.house.file) as f:
            config = f.read()
        with open(self.house.file, "w") as f:
            f.write(config.replace("[teams]\n", f'[teams]\nworkflow_url = "{self.flow.url}/workflows/x/triggers/manual/paths/invoke?api-version=1&{self.SECRET}"\n'))

    def take(self, method, path, headers, body):
        self.got.append((path, body))
        return self.answers.pop(0) if self.answers else (202, {}, b"")

    def week(self):
        self.morning()
        self.bernd.taps("no_answer", self.bernd.briefs()[-1])
        self.house.clock("2026-03-09T06:00:00Z")
        self.house.clock("2026-03-09T13:00:00Z")

    def test_a_digest_a_week(self):
        self.week()
        (path, body), = self.got
        self.assertTrue(path.endswith(self.SECRET))
        envelope = json.loads(body)
        self.assertEqual(envelope["type"], "message")
        attachment, = envelope["attachments"]
        self.assertEqual((attachment["contentType"], attachment["contentUrl"]), ("application/vnd.microsoft.card.adaptive", None))
        self.assertEqual(attachment["content"]["version"], "1.5")
        self.assertNotIn("Action.Execute", json.dumps(attachment))
        self.assertLessEqual(len(body), 12 * 1024)
        self.house.clock("2026-03-10T13:00:00Z")
        self.assertEqual(len(self.got), 1)
        self.house.stop()
        with open(self.house.log.name, errors="replace") as f:
            self.assertNotIn("s3cret", f.read())
        self.assertEqual([r for r in self.house.rows("SELECT * FROM outbox") if "s3cret" in str(r)], [])

    def test_haste_size_and_a_flow_that_is_gone(self):
        self.answers = [j(429, {}, **{"Retry-After": "30"}), j(413, {}), (202, {}, b"")]
        self.week()
        self.house.clock("2026-03-09T13:01:00Z")
        self.assertEqual(len(self.got), 3)
        self.assertLess(len(self.got[2][1]), 6 * 1024 + 1)
        self.answers = [j(404, {})]
        self.bernd.says("help")
        self.house.clock("2026-03-16T13:00:00Z")
        self.house.clock("2026-03-16T14:00:00Z")
        page = self.house.get("/admin")[1].decode()
        self.assertNotIn("s3cret", page)
        with open(self.house.log.name, errors="replace") as f:
            self.assertNotIn("s3cret", f.read())


class Package(unittest.TestCase):
    """The zip against the rules of Microsoft's manifest schema 1.22, as far as we use it, and those of the icons."""
    GUID = re.compile(r"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$")
    ALLOWED = {"$schema", "manifestVersion", "version", "id", "developer", "name", "description", "icons", "accentColor", "bots", "validDomains"}

    def setUp(self):
        self.team = Team("2026-03-02T05:00:00Z")
        self.addCleanup(self.team.close)
        self.house = self.team.house

    def png(self, data):
        self.assertEqual(data[:8], b"\x89PNG\r\n\x1a\n")
        width, height, depth, kind = struct.unpack(">IIBB", data[16:26])
        at, pixels = 8, b""
        while at < len(data):
            size, name = struct.unpack(">I4s", data[at:at + 8])
            if name == b"IDAT":
                pixels += data[at + 8:at + 8 + size]
            at += size + 12
        self.assertEqual(depth, 8)
        channels = {2: 3, 6: 4}[kind]
        raw, rows, before = zlib.decompress(pixels), [], bytes(width * channels)
        for y in range(height):
            line = bytearray(raw[y * (width * channels + 1):(y + 1) * (width * channels + 1)])
            filter = line.pop(0)
            for x in range(len(line)):
                a = line[x - channels] if x >= channels else 0
                b, c = before[x], before[x - channels] if x >= channels else 0
                p = a + b - c
                paeth = min((abs(p - a), 0, a), (abs(p - b), 1, b), (abs(p - c), 2, c))[2]
                line[x] = (line[x] + (0, a, b, (a + b) // 2, paeth)[filter]) & 255
            rows.append(bytes(line))
            before = rows[-1]
        return width, height, [[tuple(r[x:x + channels]) for x in range(0, len(r), channels)] for r in rows]

    def test_the_package(self):
        zip = os.path.join(self.house.folder, "app.zip")
        self.house.run("teams", "package", "--config", self.house.file, "--url", "https://whynow.acme.example/", "-o", zip)
        with zipfile.ZipFile(zip) as z:
            self.assertIsNone(z.testzip())
            self.assertEqual(sorted(z.namelist()), ["color.png", "manifest.json", "outline.png"])
            manifest, color, outline = json.loads(z.read("manifest.json")), z.read("color.png"), z.read("outline.png")
        self.assertLessEqual(set(manifest), self.ALLOWED)
        self.assertEqual((manifest["manifestVersion"], manifest["$schema"]),
                         ("1.22", "https://developer.microsoft.com/json-schemas/teams/v1.22/MicrosoftTeams.schema.json"))
        self.assertRegex(manifest["version"], r"^\d+\.\d+\.\d+$")
        self.assertRegex(manifest["id"], self.GUID)
        self.assertRegex(manifest["accentColor"], r"^#[0-9a-fA-F]{6}$")
        self.assertEqual(set(manifest["developer"]), {"name", "websiteUrl", "privacyUrl", "termsOfUseUrl"})
        self.assertLessEqual(len(manifest["developer"]["name"]), 32)
        for key in ("websiteUrl", "privacyUrl", "termsOfUseUrl"):
            self.assertTrue(manifest["developer"][key].startswith("https://whynow.acme.example/"))
            self.assertNotIn("//", manifest["developer"][key][8:])
        self.assertLessEqual(len(manifest["name"]["short"]), 30)
        self.assertLessEqual(len(manifest["name"]["full"]), 100)
        self.assertLessEqual(len(manifest["description"]["short"]), 80)
        self.assertLessEqual(len(manifest["description"]["full"]), 4000)
        self.assertEqual(manifest["icons"], {"color": "color.png", "outline": "outline.png"})
        self.assertEqual(manifest["validDomains"], ["whynow.acme.example"])
        bot, = manifest["bots"]
        self.assertEqual(bot["botId"], FakeTeams.APP)
        self.assertEqual(bot["scopes"], ["personal", "team", "groupChat"])
        self.assertLessEqual(set(bot), {"botId", "scopes", "supportsFiles", "isNotificationOnly", "commandLists"})
        self.assertLessEqual(len(bot["commandLists"]), 3)
        self.assertEqual(sorted(s for l in bot["commandLists"] for s in l["scopes"]), ["groupChat", "personal", "team"])
        for l in bot["commandLists"]:
            self.assertLessEqual(len(l["commands"]), 10)
            for c in l["commands"]:
                self.assertEqual(set(c), {"title", "description"})
                self.assertLessEqual(len(c["title"]), 32)
                self.assertLessEqual(len(c["description"]), 128)
        width, height, rows = self.png(color)
        self.assertEqual((width, height), (192, 192))
        self.assertEqual({rows[y][x] for y in (0, 191) for x in (0, 191)}, {rows[0][0]}, "one colour to the corners")
        width, height, rows = self.png(outline)
        self.assertEqual((width, height), (32, 32))
        self.assertEqual(rows[0][0][3], 0, "transparent")
        self.assertTrue(all(p[:3] == (255, 255, 255) for r in rows for p in r if p[3]), "white and nothing else")
        again = os.path.join(self.house.folder, "again.zip")
        self.house.run("teams", "package", "--app-id", FakeTeams.APP, "--url", "https://whynow.acme.example/", "-o", again)
        with open(zip, "rb") as a, open(again, "rb") as b:
            self.assertEqual(a.read(), b.read(), "the same facts make the same bytes")

    def test_the_published_schema_holds(self):
        """Microsoft's own schema of the version that the manifest names; ./run fetches it from npm."""
        manifest = json.loads(self.house.run("teams", "package", "--manifest", "--app-id", FakeTeams.APP, "--url", "https://whynow.acme.example").stdout)
        tree = os.path.join(os.path.dirname(__file__), "..", "..", "node_modules", "@microsoft", "app-manifest", "build", "json-schemas", "teams")
        if not os.path.isdir(tree):
            self.skipTest("the published schemas are not here: npm ci fetches them")
        with open(os.path.join(tree, "v" + manifest["manifestVersion"], "MicrosoftTeams.schema.json"), encoding="utf-8-sig") as f:
            rules = jsonschema.Draft4Validator(json.load(f))
        self.assertEqual([f"{list(e.path)}: {e.message}" for e in rules.iter_errors(manifest)], [])
        for broken in ({"name": {"short": "x" * 31, "full": "x"}}, {"icons": {"color": "color.png"}}, {"bots": [{"botId": FakeTeams.APP, "scopes": ["everywhere"]}]}):
            self.assertNotEqual(list(rules.iter_errors(manifest | broken)), [], broken)

    def test_what_the_package_names_is_there(self):
        self.house.start()
        for path in ("/privacy", "/terms"):
            status, page = self.house.get(path)
            self.assertEqual(status, 200)
            self.assertIn(b"Acme Tools", page)

    def test_what_is_no_package(self):
        for args in (["--url", "http://whynow.acme.example", "--app-id", FakeTeams.APP], ["--url", "https://localhost", "--app-id", FakeTeams.APP],
                     ["--url", "https://whynow.acme.example", "--app-id", "whynow"], ["--app-id", FakeTeams.APP]):
            r = self.house.run("teams", "package", "-o", os.path.join(self.house.folder, "no.zip"), *args, check=False)
            self.assertEqual(r.returncode, 2, args)
            self.assertFalse(os.path.exists(os.path.join(self.house.folder, "no.zip")))
        printed = self.house.run("teams", "package", "--manifest", "--app-id", FakeTeams.APP, "--url", "https://whynow.acme.example", "--package-version", "1.4.2").stdout
        self.assertEqual(json.loads(printed)["version"], "1.4.2")


class Trial(Base):
    def tried(self, *more):
        return self.house.run("teams", "test", "--config", self.house.file, "--url", self.house.url, *more, check=False)

    def test_every_step_is_ok(self):
        self.house.start()
        self.bernd.installs()
        r = self.tried("--to", "bernd@acme.example")
        self.assertEqual(r.returncode, 0, r.stdout + r.stderr)
        self.assertEqual([l.split(":")[0] for l in r.stdout.splitlines()], ["ok token", "ok tenant", "ok keys", "ok door", "ok message", "ok change"])
        (_, id, _), = self.fake.posts
        self.assertIn("changed afterwards", self.bernd.by_id(id).words)
        self.assertNotIn("teams-secret", r.stdout + r.stderr)

    def test_what_to_do(self):
        r = self.tried("--to", "bernd@acme.example")  # no daemon runs, and Bernd has no app
        self.assertEqual(r.returncode, 4)
        self.assertIn("cannot be reached", r.stdout)
        self.assertIn("install the app for them", r.stdout)
        self.fake.refuse_token = j(401, {"error": "invalid_client", "error_description": "AADSTS7000222: The provided client secret keys for app are expired."})
        self.assertIn("make a new one", self.tried().stdout)
        self.house.start()
        self.bernd.installs()
        self.fake.refuse_token = None
        self.fake.fail = [j(403, {"error": {"code": "ConversationBlockedByUser"}})]
        self.assertIn("blocked it", self.tried("--to", "bernd@acme.example").stdout)
        self.assertEqual(self.tried("--to", "nobody@acme.example").returncode, 2)


if __name__ == "__main__":
    unittest.main()
