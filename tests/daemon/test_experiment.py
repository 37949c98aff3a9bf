"""The experiment, from the configuration to the report, over weeks of a clock that stands still."""
import json
import unittest

from support.team import Team

PLAN = '''
[experiment]
name = "half the calls"
stage = "rep"
reps = ["dana@acme.example", "bernd@acme.example", "yuki@acme.example"]
weeks = 4
seed = 4
'''


class Weeks(unittest.TestCase):
    def setUp(self):
        self.team = Team("2026-03-04T04:00:00Z", more=PLAN)  # a Wednesday
        self.addCleanup(self.team.close)
        self.house = self.team.house

    def report(self, *more):
        return self.house.run("report", "experiment", "--config", self.house.file, "--now", self.house.now, *more).stdout

    def facts(self):
        return json.loads(self.report("--json"))

    def arm(self, email, week):
        row, = self.house.rows("SELECT w.arm FROM experiment_weeks w JOIN reps r ON r.id = w.rep WHERE r.email = ? AND w.week = ?", email, week)
        return row["arm"]

    def test_written_down_kept_in_the_mornings_and_reported(self):
        house, team = self.house, self.team
        self.assertEqual(self.facts()["verdict"], "not_written")
        team.news(["Northwind names Maria Voss chief financial officer"], "Wed, 04 Mar 2026 02:00:00 GMT")
        house.start()
        house.settle()
        # Written down on the Wednesday, for the Monday after; until then all is as always.
        facts = self.facts()
        self.assertEqual((facts["verdict"], facts["written_on"], facts["first_monday"], facts["week"]), ("waiting", "2026-03-04", "2026-03-09", 0))
        self.assertIn("It begins on 9 March", self.report())
        drawn = house.rows("SELECT rep, week, arm FROM experiment_weeks ORDER BY rep, week")
        self.assertEqual(len(drawn), 3 * 4)
        self.assertEqual(self.arm("dana@acme.example", 0), "usual")  # with this seed
        for rep in {d["rep"] for d in drawn}:
            arms = [d["arm"] for d in drawn if d["rep"] == rep]
            self.assertEqual([sorted(arms[:2]), sorted(arms[2:])], [["brief", "usual"]] * 2)
        house.clock("2026-03-04T14:30:00Z")
        self.assertTrue(team.dana.holding("worth making today"))

        for week in range(4):
            monday = 9 + 7 * week
            team.news([f"Lakeside Bank raises ${40 + week} million in Series B funding"], f"Mon, {monday:02} Mar 2026 02:00:00 GMT")
            house.clock(f"2026-03-{monday:02}T14:30:00Z")
            row, = house.rows("SELECT b.id, count(c.id) AS n FROM briefs b JOIN reps r ON r.id = b.rep LEFT JOIN cards c ON c.brief = b.id"
                              " WHERE r.email = 'dana@acme.example' AND b.day = ? GROUP BY b.id", f"2026-03-{monday:02}")
            message = team.dana.shown()[-1]
            if self.arm("dana@acme.example", week) == "usual":
                self.assertEqual(row["n"], 0)
                self.assertIn("This week: your own list", message.words)
                if week == 0:
                    explained = house.run("explain", "--rep", "dana@acme.example", "--config", house.file).stdout
                    self.assertIn("Lakeside Bank · Paula Stone: usual_week", explained)
            team.dana.says("spoke with Paula Stone, send her information")
        facts = self.facts()
        self.assertEqual((facts["verdict"], facts["week"]), ("too_early", 4))
        hits = facts["hits_per_conversation"]
        # The calls of the usual weeks count as those of the others do.
        self.assertEqual(hits["brief"]["conversations"], 2)
        self.assertEqual(hits["usual"]["conversations"], 2)
        self.assertFalse(hits["enough"])
        self.assertIsNone(hits["low"])
        words = self.report()
        self.assertIn("Not enough data yet: 2 conversations with the brief and 2 with the usual list", words)
        self.assertIn("Noch zu wenig: 2 Gespräche", self.report("--lang", "de"))
        digest = house.run("digest", "--manager", "max@acme.example", "--config", house.file, "--now", house.now).stdout
        self.assertIn("Experiment: half the calls", digest)

        # Over: mornings are as always, and what was not shown is said to be not shown.
        team.news(["Northwind wins contract with the city"], "Mon, 06 Apr 2026 02:00:00 GMT")
        house.clock("2026-04-06T14:30:00Z")
        self.assertEqual(self.facts()["verdict"], "not_shown")
        self.assertNotIn("your own list", team.dana.shown()[-1].words)

    def test_what_was_written_down_holds_against_the_configuration(self):
        house = self.house
        house.start()
        house.settle()
        house.stop()
        with open(house.file, encoding="utf-8") as f:
            config = f.read()
        with open(house.file, "w", encoding="utf-8") as f:
            f.write(config.replace("weeks = 4", "weeks = 8"))
        facts = self.facts()
        self.assertEqual((facts["weeks"], facts["changed_since"]), (4, True))
        self.assertIn("What was written down on 4 March holds", self.report())

    def test_an_address_that_is_nobodys_is_named(self):
        house = self.house
        with open(house.file, encoding="utf-8") as f:
            config = f.read()
        with open(house.file, "w", encoding="utf-8") as f:
            f.write(config.replace("yuki@acme.example\"]", "nobody@acme.example\"]"))
        house.start()
        house.settle()
        self.assertEqual(house.rows("SELECT count(*) AS n FROM experiments")[0]["n"], 0)
        self.assertIn("nobody@acme.example", self.report())
        self.assertEqual(self.facts()["unknown_reps"], ["nobody@acme.example"])

    def test_bad_keys_are_named_with_their_line_and_cure(self):
        house = self.house
        with open(house.file, "a", encoding="utf-8") as f:
            f.write('desing = "parallel"\n')
        said = house.run("report", "experiment", "--config", house.file, check=False)
        self.assertEqual(said.returncode, 2)
        line = sum(1 for _ in open(house.file, encoding="utf-8"))
        self.assertIn(f"{house.file}:{line}:", said.stderr)
        self.assertIn("[experiment] desing: there is no such key — did you mean design?", said.stderr)
