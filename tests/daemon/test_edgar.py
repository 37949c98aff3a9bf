"""Genuine filings and feeds of the SEC (tests/data/edgar), served on loopback, become briefs about what really happened."""
import json
import os
import unittest

from support.house import House
from support.platforms import FakeSlack, Feeds

DATA = os.path.join(os.path.dirname(__file__), "..", "data", "edgar")
REPS = "name,email,zone,slack_user,role\nDana Fox,dana@acme.example,Europe/Berlin,U0DANA,rep\n"


def genuine(name):
    with open(os.path.join(DATA, name), "rb") as f:
        return f.read()


def words(message):
    return json.dumps(message["blocks"], ensure_ascii=False)


class Base(unittest.TestCase):
    def house(self, start, sources, accounts, contacts):
        self.slack = FakeSlack()
        h = House(start, f'''
[team]
zone = "Europe/Berlin"
company = "Acme Tools"
[slack]
bot_token = "{self.slack.TOKEN}"
signing_secret = "{self.slack.SECRET}"
api_base_url = "{self.slack.url}"
''' + "".join(f'[[source]]\nkind = "{kind}"\nurl = "{url}"\n' for kind, url in sources))
        self.addCleanup(h.kill)
        h.imported("reps.csv", REPS)
        h.imported("accounts.csv", "name,ticker,cik,domain,owner_email\n" + "".join(f"{a},dana@acme.example\n" for a in accounts))
        h.imported("contacts.csv", "name,title,account,email,country,zone\n" + contacts)
        return h

    def brief(self, h, at):
        h.start()
        h.clock(at)
        posts = [m for _, m in self.slack.posted("D0DANA")]
        self.assertEqual(len(posts), 1, "one brief, one message")
        self.assertEqual(self.slack.problems, [])
        return posts[0]


class Filings(Base):
    def test_the_brief_is_about_the_real_filing(self):
        feeds = Feeds()
        feeds.set("/submissions/CIK0000320193.json", genuine("submission.json"), "application/json")
        h = self.house("2025-01-07T06:00:00Z", [("edgar", feeds.url + "/submissions/CIK0000320193.json")],
                       ["Apple,AAPL,0000320193,apple.com"], "Tina Park,VP Sales,Apple,tina@apple.example,US,America/Los_Angeles\n")
        text = words(self.brief(h, "2025-01-07T07:05:00Z"))
        self.assertIn("Tina Park", text)
        self.assertIn("30 December", text)  # the day it happened, not the day it was filed
        self.assertIn("change among its directors or senior officers", text)
        self.assertIn("https://www.sec.gov/Archives/edgar/data/320193/000114036125000228/ef20040370_8k.htm", text)
        self.assertIn("8-K", text)
        self.assertIn("people changed", text)
        events = h.rows("select * from events")
        kinds = {e["kind"] for e in events}
        self.assertIn("leadership", kinds)
        agents = [headers.get("User-Agent", "") for path, headers in feeds.requests if path.endswith(".json")]
        self.assertTrue(agents and all("Acme Tools" in a for a in agents), agents)
        h.stop()

    def test_old_filings_are_no_reason(self):
        feeds = Feeds()
        feeds.set("/a.json", genuine("submission.json"), "application/json")
        h = self.house("2026-06-02T05:00:00Z", [("edgar", feeds.url + "/a.json")], ["Apple,AAPL,0000320193,apple.com"],
                       "Tina Park,VP Sales,Apple,tina@apple.example,US,America/Los_Angeles\n")
        text = words(self.brief(h, "2026-06-02T06:05:00Z"))
        self.assertIn("Nothing compelling", text)
        h.stop()

    def keen(self, *sources):
        feeds = Feeds()
        feeds.set("/keen.atom", genuine("atom1.xml"), "application/atom+xml")
        feeds.set("/keen.json", genuine("submission1.json"), "application/json")
        h = self.house("2024-12-30T06:00:00Z", [("edgar", feeds.url + s) for s in sources],
                       ["Keen Vision Acquisition,,0001889983,keenvision.example"], "Kenneth Wong,CFO,Keen Vision Acquisition,k@keenvision.example,US,America/New_York\n")
        text = words(self.brief(h, "2024-12-30T07:05:00Z"))
        self.assertIn("Kenneth Wong", text)
        self.assertIn("took on a new financial obligation", text)
        self.assertIn("https://www.sec.gov/Archives/edgar/data/1889983/000121390024112698/", text)
        return h, text

    def test_a_companys_submissions_know_the_day_it_happened(self):
        h, text = self.keen("/keen.json")
        self.assertIn("23 December", text)
        h.stop()

    def test_a_companys_atom_feed_knows_the_day_it_was_filed(self):
        h, text = self.keen("/keen.atom")
        self.assertIn("26 December", text)
        h.stop()

    def test_one_filing_from_two_sources_is_one_event(self):
        h, text = self.keen("/keen.atom", "/keen.json")
        self.assertEqual(text.count("took on a new financial obligation (<https://www.sec.gov/Archives/edgar/data/1889983/000121390024112698/"), 1)
        self.assertFalse("23 December" in text and "26 December" in text, "the same filing twice")
        h.stop()

    def test_two_polls_store_each_filing_once(self):
        feeds = Feeds()
        feeds.set("/a.json", genuine("submission.json"), "application/json")
        h = self.house("2025-01-07T06:00:00Z", [("edgar", feeds.url + "/a.json")], ["Apple,AAPL,0000320193,apple.com"],
                       "Tina Park,VP Sales,Apple,tina@apple.example,US,America/Los_Angeles\n")
        h.start()
        h.clock("2025-01-07T06:20:00Z")
        before = h.rows("select count(*) n from signals")[0]["n"]
        self.assertGreater(before, 0)
        feeds.set("/a.json", genuine("submission.json") + b"\n", "application/json")  # another ETag, the same filings
        h.clock("2025-01-07T06:50:00Z")
        self.assertEqual(h.rows("select count(*) n from signals")[0]["n"], before)
        h.stop()


class PressReleases(Base):
    def test_the_brief_is_about_the_real_release(self):
        feeds = Feeds()
        feeds.set("/pressreleases.rss", genuine("pressreleases.rss"))
        feeds.set("/testimony.rss", genuine("testimony.rss"))
        h = self.house("2025-01-28T06:00:00Z", [("rss", feeds.url + "/pressreleases.rss"), ("rss", feeds.url + "/testimony.rss")],
                       ["GrubMarket,,,grubmarket.example", "LPL Financial,LPLA,,lpl.example", "Northwind,,,northwind.example"],
                       "Gina Hall,General Counsel,GrubMarket,gina@grubmarket.example,US,America/Los_Angeles\n"
                       "Louis Pratt,COO,LPL Financial,louis@lpl.example,US,America/New_York\n"
                       "Jerry Smith,EVP Sales,Northwind,jerry@northwind.example,US,America/New_York\n")
        text = words(self.brief(h, "2025-01-28T07:05:00Z"))
        self.assertIn("SEC Charges GrubMarket with Overstating Revenue", text)
        self.assertIn("https://www.sec.gov/newsroom/press-releases/", text)
        self.assertIn("Gina Hall", text)
        self.assertNotIn("Jerry Smith", text)  # nothing happened there: no filler
        signals = h.rows("select title from signals")
        self.assertGreaterEqual(len(signals), 20)
        h.stop()


if __name__ == "__main__":
    unittest.main()
