"""The same conversation on Slack, on Teams and on the console must leave the same state.

Triples of reps with twin books, one of each triple on each platform, live through the same generated working days: taps, words, dialogs, corrections, drafts,
settings and orders, with events that come twice, late and out of order. Every day is one conversation a triple; after it everything that the daemon keeps about the
three, and every message it has for them, is compared. WHYNOW_PARITY=N plays N conversations in a class instead of the usual number.
"""
import datetime
import json
import os
import random
import re
import shutil
import tempfile
import unittest

from support.chats import ConsoleChat, SlackChat, TeamsChat
from support.team import Team

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

PLATFORMS = ("slack", "teams", "console")
TRIPLES = 7
CALLS = 2  # new calls a rep and day
FIRST = ("Jerry", "Paula", "Tom", "Eva", "Kenji", "Aiko", "Lena", "Omar", "Ruth", "Sven", "Nadia", "Hugo", "Clara", "Felix", "Ingrid", "Pavel")
LAST = ("Smith", "Stone", "Reyes", "Lang", "Mori", "Sato", "Voss", "Haddad", "Keller", "Berg", "Rossi", "Blanc", "Novak", "Duarte", "Olsen", "Kovacs")
TITLES = ("EVP Sales", "COO", "CFO", "VP Operations", "CEO", "Head of People", "Chief Information Officer", "Plant Director")
NEWS = ("{a} names {p} chief financial officer", "{a} raises ${n} million in Series B funding", "{a} opens new plant in {c}", "{a} to cut {n} jobs in {c}",
        "{a} acquires {s} for ${n} million", "{a} appoints {p} chief operating officer")
CITIES = ("Osaka", "Leipzig", "Toledo", "Turin", "Lyon", "Gdansk", "Porto", "Leeds")

ANSWERS = (
    "spoke with {f}, interested, call back in 2 weeks", "{f}: no answer", "left a voicemail for {f}", "talked to {f}, working on it in 6 months, talk to Ann Lee in ops",
    "spoke with {f}, not interested", "{f} is not with the company any more", "{f}: wrong number", "got the assistant of {f}, back next tuesday",
    "spoke to {f}, they use Brasco until december, budget about 40k", "{f} hung up on me", "good talk with {f}, meeting on friday at 3pm",
    "{f} wants a brochure by mail", "spoke with {f}, struggles with returns, tried a new carrier", "talked with {f}, he pointed me to Carl Huber, carl.huber@{d}, may use his name",
    "{f} says do not call us again", "did not call {f} yet", "asdf qwer", "1 no answer", "2 left vm", "call back in march", "ann.lee@{d}",
)
CORRECTIONS = ("sorry, it was a voicemail", "make that 3 weeks", "and he wants information", "no, not interested after all", "call him on monday instead")
ORDERS = ("next", "help", "digest", "settings", "why now {a}", "snooze", "snooze 2", "snooze {f}", "resume")
DISPOSITIONS = ("connected", "no_answer", "voicemail", "gatekeeper", "hung_up", "wrong_number", "left_company", "not_called", "")
RESULTS = ("interested_later", "call_back", "needs_info", "referral", "has_vendor", "already_solved", "not_interested", "meeting_booked")


def word(dice):
    return "".join(dice.choice("BDFGKLMNPRSTV" if i == 0 else "bdgklmnprstv") + dice.choice(("a", "e", "i", "o", "u")) for i in range(3)) + dice.choice("lnrsx")


class Books:
    """The twin books of the triples, and what the press writes about them on each day."""

    def __init__(self, dice, days):
        self.reps = ["name,email,zone,slack_user,teams_user,manager_email,role"]
        self.accounts, self.contacts = ["name,domain,owner_email,industry"], ["name,title,account,email,phone,zone,country"]
        self.twins = {p: {} for p in PLATFORMS}  # a name of one platform's book to the name that stands for all three
        self.news = [[] for _ in range(days)]
        self.today = {}
        self.users = {p: [] for p in PLATFORMS}
        used = set()
        for p in PLATFORMS:
            self.twins[p][f"{p}-nobody.example"] = "nobody.example"
        for i in range(TRIPLES):
            for p in PLATFORMS:
                email = f"{p}{i}@acme.example"
                self.users[p].append({"slack": f"U0REP{i}", "teams": f"aaaaaaaa-0000-0000-0000-{i:012d}", "console": email}[p])
                self.twins[p][email] = f"rep{i}"
                self.reps.append(f"Rep {'ABCDEFGHIJ'[i]},{email},Europe/Berlin,{self.users[p][-1] if p == 'slack' else ''},{self.users[p][-1] if p == 'teams' else ''},boss@acme.example,rep")
            for day in range(days):
                for j in range(CALLS):
                    first, last = dice.choice(FIRST), dice.choice(LAST)
                    title, line = dice.choice(TITLES), dice.choice(NEWS)
                    about = {"p": f"{dice.choice(FIRST)} {dice.choice(LAST)}", "n": dice.randrange(20, 900), "c": dice.choice(CITIES), "s": word(dice) + " Labs"}
                    kind = dice.choice(("Freight", "Foods", "Steel", "Robotics", "Chemicals", "Mobile"))
                    for p in PLATFORMS:
                        name = word(dice)
                        while name in used:
                            name = word(dice)
                        used.add(name)
                        account, domain = f"{name} {kind}", f"{name.lower()}.example"
                        self.twins[p][account], self.twins[p][domain] = f"account {i}-{day}-{j}", f"domain-{i}-{day}-{j}"
                        self.accounts.append(f"{account},{domain},{p}{i}@acme.example,logistics")
                        self.contacts.append(f"{first} {last},{title},{account},{first.lower()}.{last.lower()}@{domain},,Europe/Berlin,DE")
                        self.news[day].append(line.format(a=account, **about))
        self.reps.append("Boss,boss@acme.example,Europe/Berlin,,,,manager")


class Conversations:
    seed = 0
    days = 18

    @classmethod
    def setUpClass(cls):
        if "WHYNOW_PARITY" in os.environ:
            cls.days = max(1, -(-int(os.environ["WHYNOW_PARITY"]) // TRIPLES))
        cls.dice = random.Random(cls.seed)
        cls.books = Books(cls.dice, cls.days)
        # Three reps with the same history must get the same calls: nothing is left to lot, nobody's calls count for another's.
        with open(os.path.join(ROOT, "config", "ranking.toml"), encoding="utf-8") as f:
            ranking = re.sub(r"(?m)^(share|noise|crowd_days) = [\d.]+", lambda m: m[1] + " = 0", f.read())
        own = tempfile.mkdtemp(prefix="whynow-parity-")
        cls.addClassCleanup(shutil.rmtree, own, ignore_errors=True)
        os.mkdir(os.path.join(own, "config"))
        with open(os.path.join(own, "config", "ranking.toml"), "w", encoding="utf-8") as f:
            f.write(ranking)
        cls.team = Team("2026-03-02T04:00:00Z", more=f'[paths]\nown = "{own}"\n', books={n: "\n".join(getattr(cls.books, n)) + "\n" for n in ("reps", "accounts", "contacts")})
        cls.house, cls.slack, cls.teams, cls.feeds = cls.team.house, cls.team.slack, cls.team.teams, cls.team.feeds
        cls.house.start()
        users = cls.books.users
        cls.triples = [(SlackChat(cls.house, users["slack"][i], cls.slack), TeamsChat(cls.house, users["teams"][i], cls.teams), ConsoleChat(cls.house, users["console"][i]))
                       for i in range(TRIPLES)]
        for _, teams, _ in cls.triples:
            teams.installs()
        cls.played = 0

    @classmethod
    def tearDownClass(cls):
        cls.team.close()

    # ---- what is kept ----

    def rep(self, chat, i):
        return self.house.rows("SELECT id FROM reps WHERE email = ?", f"{chat.platform}{i}@acme.example")[0]["id"]

    def twin(self, platform, text):
        """A text of one book in the names of all three; numbers of rows do not count."""
        for name, same in self.books.twins[platform].items():
            if name in text:
                text = text.replace(name, same)
        return re.sub(r"news\.example/\d+-\d+", "news.example/item", text)

    def state(self, chat, i):
        rep = self.rep(chat, i)
        of = {
            "rep": "SELECT brief_at, paused_until, most_calls, language FROM reps WHERE id = ?",
            "cards": "SELECT b.day, c.number, k.name, c.kind, c.state, c.content FROM cards c JOIN briefs b ON b.id = c.brief JOIN contacts k ON k.id = c.contact WHERE b.rep = ? ORDER BY b.day, c.number",
            "outcomes": "SELECT o.day, k.name, o.source, o.said, o.disposition, o.results, o.action, o.follow_up_from, o.follow_up_to, o.follow_up_date, o.unsure, o.revision, o.undone "
                        "FROM outcomes o JOIN contacts k ON k.id = o.contact WHERE o.rep = ? ORDER BY o.id",
            "facts": "SELECT k.name, f.kind, f.value FROM facts f LEFT JOIN contacts k ON k.id = f.contact WHERE f.learned_by = ? ORDER BY f.id",
            "referrals": "SELECT k.name AS referrer, r.name, r.title, r.contact, r.words, r.generation, r.named_on FROM referrals r JOIN contacts k ON k.id = r.referrer WHERE r.rep = ? ORDER BY r.id",
            "returns": "SELECT k.name, n.due, n.promised, n.words, n.state FROM nurture n JOIN contacts k ON k.id = n.contact WHERE n.rep = ? ORDER BY n.id",
            "drafts": "SELECT kind, recipient, subject, body, revision, state FROM drafts WHERE rep = ? ORDER BY id",
            "closed": "SELECT k.name FROM contacts k JOIN accounts a ON a.id = k.account WHERE a.owner = ? AND k.do_not_contact = 1 ORDER BY k.name",
            "book": "SELECT k.name, k.title, k.email FROM contacts k JOIN accounts a ON a.id = k.account WHERE a.owner = ? ORDER BY k.name, k.title, k.email",
        }
        out = {}
        for name, sql in of.items():
            text = self.twin(chat.platform, json.dumps(self.house.rows(sql, rep), ensure_ascii=False, sort_keys=True))
            out[name] = sorted(json.loads(text), key=lambda r: json.dumps(r, sort_keys=True)) if name in ("closed", "book") else json.loads(text)
        return out

    def messages(self, chat):
        """The cards this rep has now, by what can be done with them. A line without a button is a toast on one platform and a message on another; the calls of a
        brief are folded each platform's own way, and their state is compared above."""
        kinds = [sorted({(a, re.sub(r"\d+", "#", v)) for a, v, _ in m.buttons if not v.startswith("card:")}) for m in chat.shown()]
        return [k for k in kinds if k]

    # ---- one step of a conversation, played on one platform; the dice fell before ----

    def cards(self, rep, day):
        return self.house.rows("SELECT c.id, c.number, k.name, k.email, a.name AS account FROM cards c JOIN briefs b ON b.id = c.brief JOIN contacts k ON k.id = c.contact "
                               "JOIN accounts a ON a.id = c.account WHERE b.rep = ? AND b.day = ? ORDER BY c.number", rep, day)

    def step(self, chat, i, s, day):
        rep = self.rep(chat, i)
        cards = self.cards(rep, day)
        briefs = [m for m in chat.shown() if "worth making today" in m.words]
        if not cards or not briefs:
            return chat.says("help")
        brief = briefs[-1]
        card = cards[s["card"] % len(cards)]
        first = card["name"].split()[0]
        if s["what"] == "words":
            id = chat.fresh()
            words = s["text"].format(f=first, a=card["account"], d=card["email"].split("@")[-1] or f"{chat.platform}-nobody.example")
            for _ in range(s["times"]):
                chat.says(words, about=brief.id if s["thread"] else "", id=id)
        elif s["what"] == "tap":
            for _ in range(s["times"]):
                chat.click(s["action"], f"card:{card['id']}", brief.id)
        elif s["what"] == "log":
            chat.submit(chat.dialog("log", f"card:{card['id']}", brief.id), s["fields"])
        elif s["what"] == "late":  # a card of an earlier brief
            old = self.house.rows("SELECT c.id FROM cards c JOIN briefs b ON b.id = c.brief WHERE b.rep = ? AND b.day < ? ORDER BY c.id DESC LIMIT 1", rep, day)
            if old:
                chat.click(s["action"], f"card:{old[0]['id']}", brief.id)
        elif s["what"] == "settings":
            chat.says("settings")
            shown = next((m for m in reversed(chat.shown()) if m.has("settings")), None)
            self.assertIsNotNone(shown, chat.platform)
            chat.submit(chat.dialog("settings", shown.value("settings"), shown.id), s["fields"])
        else:
            self.on_outcome(chat, rep, s)
        self.house.settle()

    def on_outcome(self, chat, rep, s):
        last = self.house.rows("SELECT id FROM outcomes WHERE rep = ? ORDER BY id DESC LIMIT 1", rep)
        if not last:
            return
        value = f"outcome:{last[0]['id']}"
        shown = next((m for m in reversed(chat.shown()) if any(v == value for _, v, _ in m.buttons)), None)
        if s["what"] == "correct_words":
            if shown:
                chat.says(s["text"], about=shown.id)
        elif s["what"] == "correct":
            if shown and shown.has("correct"):
                chat.submit(chat.dialog("correct", value, shown.id), s["fields"])
        elif s["what"] == "undo":
            if shown:
                for _ in range(s["times"]):
                    chat.click("undo", value, shown.id)
        elif s["what"] == "permission":
            if shown and shown.has("may_name"):
                chat.click(s["action"], shown.value("may_name"), shown.id)
        elif s["what"] == "draft":
            drafts = self.house.rows("SELECT id, revision, state, recipient FROM drafts WHERE rep = ? ORDER BY id DESC LIMIT 2", rep)
            if not drafts:
                return
            d = drafts[s["card"] % len(drafts)]
            value = f"draft:{d['id']}:{max(1, d['revision'] - s['stale'])}"
            m = next((m for m in reversed(chat.shown()) if any(v.startswith(f"draft:{d['id']}:") for _, v, _ in m.buttons)), None)
            if not m:
                return
            if s["action"] == "edit":
                if m.has("edit"):
                    fields = {k: v.format(d=d["recipient"].split("@")[-1] or f"{chat.platform}-nobody.example") for k, v in s["fields"].items()}
                    chat.submit(chat.dialog("edit", next(v for a, v, _ in m.buttons if a == "edit" and v.startswith(f"draft:{d['id']}:")), m.id), fields)
            else:
                for _ in range(s["times"]):
                    chat.click(s["action"], value, m.id)

    def thrown(self):
        """One step, by the dice."""
        dice = self.dice
        s = {"card": dice.randrange(4), "times": dice.choice((1, 1, 1, 2, 3)), "thread": dice.random() < 0.5, "stale": int(dice.random() < 0.2)}
        s["what"] = dice.choices(("words", "tap", "log", "late", "settings", "correct_words", "correct", "undo", "permission", "draft", "order"),
                                 (30, 14, 12, 4, 4, 10, 8, 8, 4, 16, 8))[0]
        if s["what"] == "words":
            s["text"] = dice.choice(ANSWERS)
        elif s["what"] == "order":
            s["what"], s["text"] = "words", dice.choice(ORDERS)
        elif s["what"] in ("tap", "late"):
            s["action"] = dice.choice(("no_answer", "snooze", "not_a_reason", "open"))
        elif s["what"] in ("log", "correct"):
            s["fields"] = {"disposition": dice.choice(DISPOSITIONS), "results": ",".join(sorted(dice.sample(RESULTS, dice.randrange(3)))),
                           "follow_up": dice.choice(("", "", "2026-06-15", "2026-09-01", "2020-01-01")), "follow_up_time": dice.choice(("", "14:30")),
                           "referral_name": dice.choice(("", "", "Ann Lee")), "vendor": dice.choice(("", "Brasco <b>&amp;")), "note": dice.choice(("", "nice *talk* _really_ ~yes~"))}
        elif s["what"] == "settings":
            s["fields"] = {"most_calls": dice.choice(("0", "2", "5")), "brief_at": dice.choice(("07:30", "08:00", "09:15"))}
        elif s["what"] == "correct_words":
            s["text"] = dice.choice(CORRECTIONS)
        elif s["what"] == "permission":
            s["action"] = dice.choice(("may_name", "may_not_name"))
        elif s["what"] == "draft":
            s["action"] = dice.choice(("approve", "edit", "discard"))
            s["fields"] = dice.choice(({"body": "Hello,\n\nthank you for your time today.\n\nBest,\nme"}, {"subject": ""}, {"to": "no address"}, {"to": "somebody@{d}"}))
        return s

    def test_every_conversation_leaves_the_same_state(self):
        day = datetime.date(2026, 3, 2)
        for n in range(self.days):
            while day.weekday() > 4:
                day += datetime.timedelta(days=1)
            self.feeds.rss("/news.xml", [{"title": t, "url": f"https://news.example/{n}-{k}", "date": f"{day}T03:00:00Z"} for k, t in enumerate(self.books.news[n])])
            self.house.clock(f"{day}T05:00:00Z")
            self.house.clock(f"{day}T09:00:00Z")
            for i, chats in enumerate(self.triples):
                script = [self.thrown() for _ in range(self.dice.randrange(1, 6))]
                order = list(chats)
                self.dice.shuffle(order)
                for s in script:
                    for chat in order:
                        self.step(chat, i, s, str(day))
                states = {chat.platform: self.state(chat, i) for chat in chats}
                shown = {chat.platform: self.messages(chat) for chat in chats}
                for other in ("slack", "teams"):
                    for part, rows in states["console"].items():
                        self.assertEqual(states[other][part], rows, f"day {n}, triple {i}: {part} on {other} and on the console differ after {json.dumps(script)}")
                    self.assertEqual(shown[other], shown["console"], f"day {n}, triple {i}: messages on {other} and on the console differ after {json.dumps(script)}")
                self.__class__.played += 1
            day += datetime.timedelta(days=1)
        briefs = self.house.rows("SELECT count(*) n FROM cards")[0]["n"]
        self.assertGreater(briefs, self.days * TRIPLES * 3)  # there was something to talk about
        self.assertGreater(self.house.rows("SELECT count(*) n FROM outcomes")[0]["n"], self.days * TRIPLES)
        self.assertEqual(self.slack.problems + self.teams.problems, [])
        print(f"{self.played} conversations on three platforms, {briefs} cards", flush=True)


class First(Conversations, unittest.TestCase):
    seed = 1


class Second(Conversations, unittest.TestCase):
    seed = 2


class Third(Conversations, unittest.TestCase):
    seed = 3


class Fourth(Conversations, unittest.TestCase):
    seed = 4


if __name__ == "__main__":
    unittest.main()
