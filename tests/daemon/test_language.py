"""What people judge and correct becomes examples, and a report that says which rule to mend."""
import json
import os
import unittest

from support.team import Team

NEWS = ["Northwind raises $30 million in Series B funding", "Harbor Foods raises $40 million in Series C funding", "Kansai Robotics raises $50 million in Series D funding"]


class Report(unittest.TestCase):
    def setUp(self):
        self.team = Team("2026-03-02T04:00:00Z")
        self.addCleanup(self.team.close)
        self.house = self.team.house

    def report(self, *more):
        return self.house.run("language", "report", "--config", self.house.file, "--now", self.house.now, *more).stdout

    def test_nothing_judged_nothing_to_mend(self):
        out = json.loads(self.report("--format", "json"))
        self.assertEqual(out["reasons"], {"judged": 0, "wrong": 0, "rules": []})
        self.assertIsNone(out["mend"])
        self.assertEqual(out["answers"], {"read": 0, "corrected": 0, "confusions": []})
        self.assertIn("Reasons judged: 0", self.report())

    def test_judgements_and_corrections_are_counted_by_rule_and_by_mistake(self):
        house, team = self.house, self.team
        team.news(NEWS, "Sun, 01 Mar 2026 18:00:00 GMT")
        house.start()
        team.bernd.installs()
        house.clock("2026-03-02T14:30:00Z")
        for chat in (team.yuki, team.bernd):
            chat.taps("not_a_reason", chat.briefs()[-1])
        brief = team.dana.briefs()[-1]
        team.dana.says("spoke with Jerry, working on it in 6 months", about=brief.id)
        understood = team.dana.shown()[-1]
        team.dana.says("sorry, it was a voicemail", about=understood.id)
        out = json.loads(self.report("--format", "json"))
        rule, = out["reasons"]["rules"]
        self.assertEqual((rule["kind"], rule["judged"], rule["wrong"]), ("funding", 3, 2))
        self.assertTrue(rule["rule"])
        self.assertEqual(out["mend"], {"kind": "funding", "rule": rule["rule"]})
        self.assertEqual(sorted(t.split(" raises")[0] for t in rule["not_a_reason"]), ["Harbor Foods", "Kansai Robotics"])
        self.assertEqual((out["answers"]["read"], out["answers"]["corrected"]), (1, 1))
        how = [c for c in out["answers"]["confusions"] if c["field"] == "disposition"]
        self.assertEqual([(c["read"], c["meant"], c["times"]) for c in how], [("connected", "voicemail", 1)])
        words = self.report()
        mend = words[words.index("Mend first"):]
        self.assertIn("[kinds.funding]", mend)
        self.assertIn(rule["rule"], mend)
        self.assertIn("disposition: connected was read, voicemail was meant, 1×", words)
        # The examples, for whoever mends the rule: the original words, not the correction.
        file = os.path.join(house.folder, "examples.jsonl")
        self.report("--examples", file)
        with open(file, encoding="utf-8") as f:
            examples = [json.loads(line) for line in f]
        self.assertEqual(sorted(e["meant"] for e in examples if e["reader"] == "signals"), ["funding", "none", "none"])
        self.assertIn("spoke with Jerry, working on it in 6 months", [e["text"] for e in examples if e["reader"] == "outcome"])
        # New words of the rep's own are no mistake of ours; and what is old is out of the report.
        self.assertEqual(json.loads(self.report("--format", "json", "--days", "1"))["answers"]["corrected"], 1)
        house.now = "2026-07-02T14:30:00Z"
        self.assertEqual(json.loads(self.report("--format", "json"))["reasons"]["judged"], 0)
